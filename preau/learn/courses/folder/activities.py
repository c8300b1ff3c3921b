"""A section folder → ``SectionDocument``."""

from typing import Any

from preau.learn.courses.folder.document import ActivityDocument, SectionDocument
from preau.learn.courses.folder.files import join
from preau.learn.courses.folder.reader import Reader
from preau.learn.courses.folder.schema import section_schema
from preau.learn.courses.folder.yaml_lines import Path
from preau.learn.courses.kinds import Kind, MaterialError, kind_of

_COMMON = {"key", "kind", "title", "minutes", "completion"}


def read_section(reader: Reader, key: str) -> SectionDocument:
    """Read ``<key>/section.yaml`` and all its activities; problems are noted in the reader."""
    name = f"{key}/section.yaml"
    data = reader.yaml(name, section_schema())
    if not data:
        return SectionDocument(key, {}, {}, {}, ())
    summary = data.get("summary")
    return SectionDocument(
        key=key,
        title=reader.text(data["title"], name, ("title",)),
        summary=reader.text(summary, name, ("summary",)) if summary else {},
        release=dict(data.get("release") or {}),
        activities=tuple(
            _activity(reader, key, index, entry) for index, entry in enumerate(data["activities"])
        ),
    )


def _activity(reader: Reader, section: str, index: int, entry: dict[str, Any]) -> ActivityDocument:
    kind = kind_of(entry["kind"])
    where = ("activities", index)
    name = f"{section}/section.yaml"
    content = {field: value for field, value in entry.items() if field not in _COMMON}
    content = kind.expand(content, lambda folder: _files_below(reader, section, folder, where))
    if kind.body != "none":
        body = reader.body(section, entry["key"], required=kind.body == "required")
        content = {**content, "body": body} if body else content
    for file in kind.files(content):
        reader.file(section, file, name, where)
    _derive(reader, kind, section, content)
    completion = _completion(reader, kind, entry, name, (*where, "completion"))
    return ActivityDocument(
        key=entry["key"],
        kind=kind.key,
        title=reader.text(entry["title"], name, (*where, "title")),
        minutes=entry.get("minutes"),
        completion=completion,
        content=content,
    )


def _files_below(reader: Reader, section: str, folder: str, where: Path) -> list[str]:
    full = join(section, folder)
    found = reader.files.below(full) if full else []
    if not found:
        said = "leads out of its folder" if full is None else "is not a folder with files in it"
        reader.problem_at(f"{section}/section.yaml", where, f"“{folder}” {said}")
    return [name.removeprefix(f"{section}/") for name in found]


def _derive(reader: Reader, kind: Kind, section: str, content: dict[str, Any]) -> None:
    """Try what the import will do, so that a bad subtitle file is a problem with its line."""

    def read(file: str) -> bytes:
        return reader.files.read(join(section, file) or "")

    for language in reader.languages:
        try:
            kind.derive(content, language, read)
        except MaterialError as trouble:
            reader.problem(f"{section}/{trouble.file}", trouble.line, trouble.message)
        except FileNotFoundError:
            return  # noted already, where the file is named


def _completion(
    reader: Reader, kind: Kind, entry: dict[str, Any], name: str, where: Path
) -> dict[str, Any]:
    value = entry.get("completion")
    if value is None:
        return dict(kind.completion)
    rule, share = (value, None) if isinstance(value, str) else next(iter(value.items()))
    if rule not in kind.completions:
        known = ", ".join(sorted(kind.completions))
        reader.problem_at(
            name, where, f"a {kind.key} can't be completed by “{rule}”; it can by {known}"
        )
    return {"rule": rule} if share is None else {"rule": rule, "share": share}

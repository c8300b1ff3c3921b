"""``CourseDocument`` → course folder."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from preau.kit.errors import PreauError
from preau.learn.courses.folder.document import (
    ActivityDocument,
    CourseDocument,
    RunDocument,
    SectionDocument,
)
from preau.learn.courses.folder.schema import FORMAT
from preau.learn.courses.folder.yaml_lines import FLOAT, INTEGER
from preau.learn.courses.kinds import kind_of


def write_course(course: CourseDocument, folder: Path, content_of: Callable[[str], Path]) -> None:
    """Write the course into ``folder``, which must be empty or not exist.

    ``content_of`` gives the place of a file's content by its hash. The folder appears whole
    or not at all.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise PreauError(f"{folder} is not an empty folder; name a new one, or empty it first.")
    whole = folder.resolve()
    part = whole.with_name(f".{whole.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir(parents=True)
        _write_parts(course, part, content_of)
        if whole.exists():
            whole.rmdir()
        part.rename(whole)
    except OSError as error:
        shutil.rmtree(part, ignore_errors=True)
        raise PreauError(
            f"{folder} can't be written ({error.strerror or error}: {error.filename}); "
            "nothing was exported."
        ) from error


def _write_parts(course: CourseDocument, part: Path, content_of: Callable[[str], Path]) -> None:
    _write_yaml(part / "course.yaml", _course(course))
    if course.runs:
        _write_yaml(part / "runs.yaml", {"runs": [_run(run) for run in course.runs]})
    _write_body(part, "about", course.about)
    for section in course.sections:
        _write_section(part / section.key, section)
    for file in course.files.values():
        target = part / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(content_of(file.digest), target)


def _write_section(folder: Path, section: SectionDocument) -> None:
    folder.mkdir()
    data = {
        "title": _text(section.title),
        "summary": _text(section.summary),
        "release": section.release,
        "activities": [_activity(activity) for activity in section.activities],
    }
    _write_yaml(folder / "section.yaml", _without_empty(data, keep={"activities"}))
    for activity in section.activities:
        _write_body(folder, activity.key, activity.content.get("body", {}))


def _write_body(folder: Path, key: str, body: dict[str, str]) -> None:
    for language, text in body.items():
        (folder / f"{key}.{language}.md").write_bytes(text.encode())


def _course(course: CourseDocument) -> dict[str, Any]:
    data = {
        "format": FORMAT,
        "key": course.key,
        "languages": list(course.languages),
        "title": _text(course.title),
        "summary": _text(course.summary),
        "subject": course.subject,
        "teachers": [_teacher(teacher) for teacher in course.teachers],
        "hours_per_week": course.hours_per_week,
        "weeks": course.weeks,
        "cover": course.cover,
        "share_image": course.share_image,
        "licence": course.licence,
        "sections": [section.key for section in course.sections],
    }
    return _without_empty(data, keep={"teachers"})


def _teacher(teacher: dict[str, Any]) -> dict[str, Any]:
    order = ("name", "role", "photo")
    return {
        name: _text(teacher[name]) if name == "role" else teacher[name]
        for name in order
        if name in teacher
    }


def _run(run: RunDocument) -> dict[str, Any]:
    enrolment = {
        "by": run.enrolment_by if run.enrolment_by != "open" else "",
        "opens": run.enrolment_opens,
        "closes": run.enrolment_closes,
    }
    return _without_empty(
        {
            "key": run.key,
            "title": _text(run.title),
            "pace": run.pace,
            "starts": run.starts,
            "ends": run.ends,
            "time_zone": run.time_zone if run.time_zone != "Europe/Paris" else "",
            "enrolment": _without_empty(enrolment),
            "release": run.release,
            "dates": run.dates,
        }
    )


def _activity(activity: ActivityDocument) -> dict[str, Any]:
    kind = kind_of(activity.kind)
    completion: object = activity.completion["rule"]
    if activity.completion == kind.completion:
        completion = None
    elif "share" in activity.completion:
        completion = {completion: activity.completion["share"]}
    content = kind.collapse(activity.content)
    own = {name: content[name] for name in kind.schema if name in content}
    common = {
        "key": activity.key,
        "kind": activity.kind,
        "title": _text(activity.title),
        "minutes": activity.minutes,
        "completion": completion,
    }
    return {k: v for k, v in common.items() if v is not None} | own


def _text(text: dict[str, str]) -> str | dict[str, str]:
    return next(iter(text.values())) if len(text) == 1 else dict(text)


def _without_empty(data: dict[str, Any], keep: set[str] | None = None) -> dict[str, Any]:
    return {
        name: value
        for name, value in data.items()
        if (value is not None and value not in ("", {}, [])) or name in (keep or ())
    }


class _Dumper(yaml.SafeDumper):
    """Indents lists below their name, and quotes only what would be read otherwise."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        return super().increase_indent(flow, False)

    def ignore_aliases(self, data: object) -> bool:
        return True


# Dates stay unquoted: our reader takes them as text.
_Dumper.yaml_implicit_resolvers = {
    first: [(tag, regex) for tag, regex in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
}

for _tag, _pattern in (("int", INTEGER), ("float", FLOAT)):
    _Dumper.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern.pattern})$"), list("-+.0123456789")
    )


# The library reads these as line breaks, which YAML 1.2 does not, unless they are escaped.
_LINE_BREAKS = re.compile("[\x85\u2028\u2029]")


def _string(dumper: _Dumper, value: str) -> yaml.ScalarNode:
    style = '"' if _LINE_BREAKS.search(value) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _string)


def _write_yaml(path: Path, data: dict[str, Any]) -> None:
    text = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)
    path.write_text(text, encoding="utf-8")

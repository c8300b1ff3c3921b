"""Essays: a text, and files beside it."""

import mimetypes
from collections.abc import Callable, Sequence

from preau.kit.questions.formats.plain import as_html
from preau.kit.questions.formats.qti.reading import Asked, Reading
from preau.kit.questions.types import Body
from preau.kit.questions.types.essay import FORMATS, Essay

THEIRS = {"rich": "xhtml", "plain": "plain", "code": "preFormatted"}
_OURS = {"xhtml": "rich", "plain": "plain", "preformatted": "code"}
_LINES = 15


def essay(item: Reading, every: Sequence[Asked], stem: Callable[[], str]) -> tuple[Body, str]:
    """extendedTextInteraction and uploadInteraction, one of each at most."""
    texts = [it for it in every if it.node.element.tag == "extendedTextInteraction"]
    files = [it for it in every if it.node.element.tag == "uploadInteraction"]
    if len(texts) > 1:
        item.dropped.append("There is one field for a text, not several.")
    attachments, required, types = _files(files)
    if texts:
        found = _text(texts[0], attachments, required, types, item.notes)
    else:
        found = _files_only(files[0], attachments, required, types, item.notes)
    item.notes = ""
    answers = {it.response.identifier: ("x",) for it in every}
    probes = [item.scoring.outcomes(answers), item.scoring.outcomes({})]
    item.sayings.settle(probes, [1.0, 0.0], 0)
    for response in item.declared.responses.values():
        if response.correct or response.mapping:
            item.dropped.append("The right answer to a text that a person marks has no place here.")
    text = stem()
    for it in every:
        it.node.first("prompt")
        for prompt in it.node.all("prompt"):
            prompt.take_all()
        item.dropped += it.node.left()
    return found, text


def _files_only(
    it: Asked, attachments: int, required: int, types: tuple[str, ...], notes: str
) -> Essay:
    must, lines, least, most = (it.own("settings") or f"false {_LINES} 0 0").split()
    return Essay(
        "none", must == "true", int(lines), (int(least), int(most)), attachments, required, types,
        notes=notes,
    )  # fmt: skip


def _text(it: Asked, attachments: int, required: int, types: tuple[str, ...], notes: str) -> Essay:
    node = it.node
    node.ignore("base", "expectedLength", "maxStrings", "placeholderText", "stringIdentifier")
    for name, said in (
        ("patternMask", "The pattern that answers must have has no place here."),
        ("maxStrings", "There is one field for a text, not several."),
    ):
        node.ignore(name)
        if node.element.get(name, "1") != "1":
            it.tell(said)
    least, most = (it.own("words") or "0 0").split()
    format_ = it.own("format") or _OURS.get(node.attribute("format", "plain").lower(), "plain")
    default = it.response.default[0] if it.response.default else ""
    template = default if it.own("template") == "html" else as_html(default)
    return Essay(
        format_ if format_ in FORMATS else "plain",
        node.whole("minStrings") > 0,
        node.whole("expectedLines") or _LINES,
        (int(least), int(most)),
        attachments,
        required,
        types,
        template,
        notes,
    )


def _files(every: Sequence[Asked]) -> tuple[int, int, tuple[str, ...]]:
    count, required = len(every), 0
    types: list[str] = []
    for it in every:
        own = it.own("attachments")
        if own:
            count, required = (int(number) for number in own.split())
        if own:
            types += [ending for ending in it.own("file-types").split(",") if ending]
            it.node.ignore("type")
            continue
        for kind in it.node.attribute("type").replace(",", " ").split():
            ending = mimetypes.guess_extension(kind)
            if ending is None:
                it.tell(f"Files of type “{kind[:40]}” have no name here: any may be handed in.")
            else:
                types.append(ending)
    return count, required, tuple(types)

"""Writing Moodle XML."""

import re
from base64 import b64encode
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from preau.kit.questions.fidelity import Fidelity, Item
from preau.kit.questions.formats.moodle_xml.bodies import FORMATS, GRADINGS, OF_MARK
from preau.kit.questions.formats.moodle_xml.node import PLUGIN_FILE
from preau.kit.questions.formats.moodle_xml.read import KEY, category_from
from preau.kit.questions.question import FILES, Question
from preau.kit.questions.types import Body
from preau.kit.questions.types.choice import Choice
from preau.kit.questions.types.description import Description
from preau.kit.questions.types.essay import Essay
from preau.kit.questions.types.gaps import Gaps
from preau.kit.questions.types.matching import Matching
from preau.kit.questions.types.numerical import Numerical
from preau.kit.questions.types.ordering import Ordering
from preau.kit.questions.types.short_answer import ShortAnswer
from preau.kit.questions.types.true_false import TrueFalse

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OWN_FILE = re.compile(re.escape(FILES) + r"([^\"'\s<>?#]+)")
_MOODLE_GRADINGS = {ours: theirs for theirs, ours in GRADINGS.items()}
_MOODLE_FORMATS = {ours: theirs for theirs, ours in FORMATS.items()}


class Writing:
    """One question being written."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.element = Element("question")
        self.dropped: list[str] = []
        self.missing: list[str] = []
        self._left = dict(question.files)
        self._placed: set[tuple[Element, str]] = set()

    def plain(self, tag: str, value: object, parent: Element | None = None) -> Element:
        """A child with a value."""
        child = SubElement(self.element if parent is None else parent, tag)
        child.text = self._clean(str(value))
        return child

    def text(self, tag: str, value: str, parent: Element | None = None) -> Element:
        """A child with a ``<text>``."""
        child = SubElement(self.element if parent is None else parent, tag)
        self.plain("text", value, child)
        return child

    def html(self, tag: str, value: str, parent: Element | None = None) -> Element:
        """A child with a ``<text>`` in HTML, and the files that it names for the first time."""
        child = SubElement(self.element if parent is None else parent, tag, {"format": "html"})
        self.fill(child, value)
        return child

    def fill(self, child: Element, value: str) -> None:
        """Put the text and its files into an element."""
        if PLUGIN_FILE in value:
            self.dropped.append(f"Moodle takes “{PLUGIN_FILE}” in a text for a file's place.")
        self.plain("text", _OWN_FILE.sub(lambda it: PLUGIN_FILE + it[1], value), child)
        for found in _OWN_FILE.findall(value):
            name = unquote(found)
            content = self.question.files.get(name)
            if content is None:
                self.missing.append(name)
                continue
            self._left.pop(name, None)
            self._file(child, name, content)

    def finish(self) -> None:
        """Files that no text names go with the question's own text."""
        stem = self.element.find("questiontext")
        for name, content in self._left.items():
            if stem is not None:
                self._file(stem, name, content)

    def _file(self, parent: Element, name: str, content: bytes) -> None:
        if (parent, name) in self._placed:
            return
        self._placed.add((parent, name))
        named = {"name": name, "path": "/", "encoding": "base64"}
        SubElement(parent, "file", named).text = b64encode(content).decode()

    def _clean(self, text: str) -> str:
        text = text.replace("\r\n", "\n").replace("\r", "\n")  # as every XML parser does
        clean = _NO_XML.sub("", text)
        if clean != text:
            self.dropped.append("A character that XML cannot have was left out.")
        return clean


def write(questions: Sequence[Question]) -> tuple[bytes, Fidelity]:
    """All questions, each below its category."""
    root = Element("quiz")
    items: list[Item] = []
    category: tuple[str, ...] = ()
    for question in questions:
        names = _WRITERS.get(type(question.body))
        if names is None:
            sentence = f"Questions of type “{question.type}” are not written to Moodle XML yet."
            items.append(Item(question.name, question.type, None, (sentence,), question))
            continue
        writing = _written(question, names[1])
        if question.category != category:
            category = question.category
            root.append(_category(category))
        if category_from(_path(category)) != category:
            writing.dropped.append("Moodle cannot name this category as it is.")
        kind = names[0](question.body)
        writing.element.set("type", kind)
        root.append(writing.element)
        items.append(
            Item(
                question.name, question.type, kind, tuple(dict.fromkeys(writing.dropped)),
                question, images=len(question.files),
                missing=tuple(dict.fromkeys(writing.missing)),
            )
        )  # fmt: skip
    indent(root)
    data = tostring(root, encoding="utf-8", xml_declaration=True)
    return data + b"\n", Fidelity(KEY, tuple(items))


def _category(names: tuple[str, ...]) -> Element:
    element = Element("question", {"type": "category"})
    SubElement(SubElement(element, "category"), "text").text = _path(names)
    return element


def _path(names: tuple[str, ...]) -> str:
    path = "/".join(["$course$", "top", *(name.replace("/", "//") for name in names)])
    return _NO_XML.sub("", path)


def _written(question: Question, body: Callable[[Writing, Any], None]) -> Writing:
    it = Writing(question)
    it.text("name", question.name)
    stem = question.stem
    if isinstance(question.body, Gaps):
        if stem:
            it.dropped.append("The question's text and the text with its gaps become one.")
        stem += question.body.text
    it.html("questiontext", stem)
    it.html("generalfeedback", question.feedback.general)
    it.plain("defaultgrade", _number(question.mark))
    it.plain("penalty", repr(question.penalty))
    it.plain("hidden", 0)
    it.plain("idnumber", question.number)
    body(it, question.body)
    for tag, text in (
        ("correctfeedback", question.feedback.right),
        ("partiallycorrectfeedback", question.feedback.partly),
        ("incorrectfeedback", question.feedback.wrong),
    ):
        it.html(tag, text)
    for hint in question.hints:
        child = it.html("hint", hint.text)
        if hint.show_right_parts:
            SubElement(child, "shownumcorrect")
        if hint.clear_wrong_parts:
            SubElement(child, "clearwrong")
    if question.tags:
        tags = SubElement(it.element, "tags")
        for tag in question.tags:
            it.text("tag", tag, tags)
    it.finish()
    return it


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


def _per_cent(share: float) -> str:
    """Exactly the share, as a per cent: 0.25 is 25."""
    exact = Decimal(repr(share)).scaleb(2)
    return f"{int(exact)}" if exact == int(exact) else f"{exact:f}"


def _answer(it: Writing, share: float, text: str, feedback: str, kind: str) -> Element:
    named = {"fraction": _per_cent(share), "format": kind}
    child = SubElement(it.element, "answer", named)
    if kind == "html":
        it.fill(child, text)
    else:
        it.plain("text", text, child)
    it.html("feedback", feedback, child)
    return child


def _choice(it: Writing, body: Choice) -> None:
    it.plain("single", str(not body.several).lower())
    it.plain("shuffleanswers", str(body.shuffle).lower())
    it.plain("answernumbering", body.numbering)
    it.plain("showstandardinstruction", int(body.instruction))
    for option in body.options:
        _answer(it, option.share, option.text, option.feedback, "html")


def _true_false(it: Writing, body: TrueFalse) -> None:
    _answer(it, float(body.right), "true", body.if_true, "moodle_auto_format")
    _answer(it, float(not body.right), "false", body.if_false, "moodle_auto_format")


def _short_answer(it: Writing, body: ShortAnswer) -> None:
    it.plain("usecase", int(body.heed_case))
    if not body.heed_accents:
        it.dropped.append("Moodle heeds accents.")
    for pattern in body.patterns:
        _answer(it, pattern.share, pattern.text, pattern.feedback, "moodle_auto_format")


def _numerical(it: Writing, body: Numerical) -> None:
    for value in body.values:
        text = "*" if value.value is None else repr(value.value)
        child = _answer(it, value.share, text, value.feedback, "moodle_auto_format")
        room = value.tolerance
        if value.relative and value.value is not None:
            room *= abs(value.value)
            it.dropped.append("A relative tolerance becomes an absolute one.")
        it.plain("tolerance", repr(room), child)
    if body.units:
        units = SubElement(it.element, "units")
        for unit in body.units:
            child = SubElement(units, "unit")
            it.plain("multiplier", repr(unit.factor), child)
            it.plain("unit_name", unit.name, child)
    elif body.unit_penalty:
        it.dropped.append("Without units there is nothing to be taken off for them.")
    it.plain("unitgradingtype", OF_MARK if body.units and body.unit_penalty > 0 else 0)
    it.plain("unitpenalty", repr(body.unit_penalty))
    it.plain("showunits", 0 if body.units else 3)
    it.plain("unitsleft", 0)


def _matching(it: Writing, body: Matching) -> None:
    it.plain("shuffleanswers", str(body.shuffle).lower())
    for pair in body.pairs:
        it.text("answer", pair.answer, it.html("subquestion", pair.phrase))


def _ordering(it: Writing, body: Ordering) -> None:
    it.plain("layouttype", "VERTICAL")
    it.plain("selecttype", "ALL")
    it.plain("selectcount", 0)
    it.plain("gradingtype", _MOODLE_GRADINGS[body.grading])
    for place, item in enumerate(body.items, 1):
        child = SubElement(it.element, "answer", {"fraction": f"{place}.0000000", "format": "html"})
        it.fill(child, item)


def _gaps(it: Writing, body: Gaps) -> None:
    it.plain("shuffleanswers", int(body.shuffle))
    for word in body.words:
        child = it.text("dragbox" if body.drag else "selectoption", word.text)
        it.plain("group", word.group, child)
        if body.drag and word.unlimited:
            SubElement(child, "infinite")


def _essay(it: Writing, body: Essay) -> None:
    least, most = body.words
    it.plain("responseformat", _MOODLE_FORMATS[body.format])
    it.plain("responserequired", int(body.required))
    it.plain("responsefieldlines", body.lines)
    it.plain("minwordlimit", least or "")
    it.plain("maxwordlimit", most or "")
    it.plain("attachments", body.attachments)
    it.plain("attachmentsrequired", body.attachments_required)
    it.plain("filetypeslist", ",".join(body.file_types))
    it.html("graderinfo", body.notes)
    it.html("responsetemplate", body.template)


def _description(_it: Writing, _body: Body) -> None:
    """Nothing is asked."""


def _named(name: str) -> Callable[[Body], str]:
    return lambda _body: name


def _gaps_name(body: Gaps) -> str:
    return "ddwtos" if body.drag else "gapselect"


_WRITERS: dict[type[Body], tuple[Callable[[Any], str], Callable[[Writing, Any], None]]] = {
    Choice: (_named("multichoice"), _choice),
    TrueFalse: (_named("truefalse"), _true_false),
    ShortAnswer: (_named("shortanswer"), _short_answer),
    Numerical: (_named("numerical"), _numerical),
    Matching: (_named("matching"), _matching),
    Ordering: (_named("ordering"), _ordering),
    Gaps: (_gaps_name, _gaps),
    Essay: (_named("essay"), _essay),
    Description: (_named("description"), _description),
}  # fmt: skip

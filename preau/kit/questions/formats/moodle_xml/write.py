"""Writing Moodle XML."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from preau.kit.questions.fidelity import Fidelity, Item
from preau.kit.questions.formats.moodle_xml.kinds import WRITERS, Writer
from preau.kit.questions.formats.moodle_xml.read import KEY, category_from
from preau.kit.questions.formats.moodle_xml.writing import NO_XML, Writing, number_text
from preau.kit.questions.question import Question


def write(questions: Sequence[Question]) -> tuple[bytes, Fidelity]:
    """All questions, each below its category."""
    root = Element("quiz")
    items: list[Item] = []
    category: tuple[str, ...] = ()
    for question in questions:
        writer = WRITERS[type(question.body)]
        writing = _written(question, writer)
        if question.category != category:
            category = question.category
            root.append(_category(category))
        if category_from(_path(category)) != category:
            writing.dropped.append("Moodle cannot name this category as it is.")
        kind = writer.name(question.body)
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
    return NO_XML.sub("", path)


def _written(question: Question, writer: Writer) -> Writing:
    it = Writing(question)
    it.text("name", question.name)
    own = writer.text(it, question.body)
    if own and question.stem:
        it.dropped.append("The question's text and the text that is answered in become one.")
    it.html("questiontext", question.stem + own)
    it.html("generalfeedback", question.feedback.general)
    it.plain("defaultgrade", number_text(question.mark))
    it.plain("penalty", repr(question.penalty))
    it.plain("hidden", 0)
    it.plain("idnumber", question.number)
    writer.write(it, question.body)
    _feedback(it, writer)
    if question.tags:
        tags = SubElement(it.element, "tags")
        for tag in question.tags:
            it.text("tag", tag, tags)
    it.finish()
    return it


def _feedback(it: Writing, writer: Writer) -> None:
    """What Moodle does not show of it is written all the same, so that it comes back."""
    said = it.question.feedback
    if not writer.combined and (said.right or said.partly or said.wrong):
        it.dropped.append("Moodle has no feedback to right or wrong answers for this type.")
    for tag, text in (
        ("correctfeedback", said.right),
        ("partiallycorrectfeedback", said.partly),
        ("incorrectfeedback", said.wrong),
    ):
        it.html(tag, text)
    if writer.several(it.question.body):
        SubElement(it.element, "shownumcorrect")  # which parts are right is told here too
    if it.question.hints and not writer.hints:
        it.dropped.append("Moodle has no hints for this type.")
    of_parts = any(one.show_right_parts or one.clear_wrong_parts for one in it.question.hints)
    if of_parts and writer.hints and not writer.parts:
        it.dropped.append("In Moodle no hint tells of the parts of an answer for this type.")
    for hint in it.question.hints:
        child = it.html("hint", hint.text)
        if hint.show_right_parts:
            SubElement(child, "shownumcorrect")
        if hint.clear_wrong_parts:
            SubElement(child, "clearwrong")

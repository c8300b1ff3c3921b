"""Words for gaps: Moodle's “select missing words” and “drag and drop into text”."""

from xml.etree.ElementTree import SubElement

from preau.kit.questions.formats.moodle_xml.node import Node
from preau.kit.questions.formats.moodle_xml.reading import Reading
from preau.kit.questions.formats.moodle_xml.words import as_word, lost_format, plain_word
from preau.kit.questions.formats.moodle_xml.writing import Writing
from preau.kit.questions.types import Body
from preau.kit.questions.types.gaps import Gaps, Word


def read(it: Reading) -> Body:
    """gapselect, ddwtos"""
    drag = it.node.first("dragbox") is not None
    rows = it.node.all("dragbox" if drag else "selectoption")
    words = tuple(_word(it, row, drag=drag) for row in rows)
    it.stem = ""
    return Gaps(it.own_text(), words, drag, it.node.flag("shuffleanswers", default=True))


def _word(it: Reading, row: Node, *, drag: bool) -> Word:
    word, whole = plain_word(row.text("text"))
    if not whole:
        it.dropped.append(lost_format(word))
    return Word(word, row.whole("group", 1), drag and row.first("infinite") is not None)


def name(body: Gaps) -> str:
    """Moodle has a type for each of the two."""
    return "ddwtos" if body.drag else "gapselect"


def write(it: Writing, body: Gaps) -> None:
    """The words; the text with the gaps is the question's own."""
    it.plain("shuffleanswers", int(body.shuffle))
    for word in body.words:
        child = it.text("dragbox" if body.drag else "selectoption", as_word(word.text))
        it.plain("group", word.group, child)
        if body.drag and word.unlimited:
            SubElement(child, "infinite")
        elif word.unlimited:
            it.dropped.append("In a list every word may be chosen again: none is unlimited.")

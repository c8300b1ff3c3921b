"""One question being written."""

import re
from base64 import b64encode
from collections.abc import Sequence
from decimal import Decimal
from urllib.parse import unquote
from xml.etree.ElementTree import Element, SubElement

from preau.kit.questions.formats.moodle_xml.node import PLUGIN_FILE
from preau.kit.questions.formats.moodle_xml.reading import OF_MARK
from preau.kit.questions.question import FILES, Question
from preau.kit.questions.types.numerical import Unit

NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
OWN_FILE = re.compile(re.escape(FILES) + r"([^\"'\s<>?#]+)")


class Writing:
    """Its element, and what of it Moodle has no place for."""

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
        self.plain("text", OWN_FILE.sub(lambda it: PLUGIN_FILE + it[1], value), child)
        for found in OWN_FILE.findall(value):
            self.file(child, unquote(found))

    def answer(self, share: float, text: str, feedback: str, kind: str) -> Element:
        """An answer with its share; ``kind`` is the format of its text."""
        named = {"fraction": per_cent(share), "format": kind}
        child = SubElement(self.element, "answer", named)
        if kind == "html":
            self.fill(child, text)
        else:
            self.plain("text", text, child)
        self.html("feedback", feedback, child)
        return child

    def units(self, units: Sequence[Unit], penalty: float) -> None:
        """The units of numbers, and what a wrong one costs."""
        if units:
            rows = SubElement(self.element, "units")
            for unit in units:
                child = SubElement(rows, "unit")
                self.plain("multiplier", repr(unit.factor), child)
                self.plain("unit_name", unit.name, child)
        elif penalty:
            self.dropped.append("Without units there is nothing to be taken off for them.")
        self.plain("unitgradingtype", OF_MARK if units and penalty > 0 else 0)
        self.plain("unitpenalty", repr(penalty))
        self.plain("showunits", 0 if units else 3)
        self.plain("unitsleft", 0)

    def finish(self) -> None:
        """Files that no text names go with the question's own text."""
        stem = self.element.find("questiontext")
        for name in list(self._left):
            if stem is not None:
                self.file(stem, name)

    def file(self, parent: Element, name: str) -> None:
        """Put a file of the question into an element, or say that there is none."""
        content = self.question.files.get(name)
        if content is None:
            self.missing.append(name)
            return
        self._left.pop(name, None)
        if (parent, name) in self._placed:
            return
        self._placed.add((parent, name))
        named = {"name": name, "path": "/", "encoding": "base64"}
        SubElement(parent, "file", named).text = b64encode(content).decode()

    def _clean(self, text: str) -> str:
        text = text.replace("\r\n", "\n").replace("\r", "\n")  # as every XML parser does
        clean = NO_XML.sub("", text)
        if clean != text:
            self.dropped.append("A character that XML cannot have was left out.")
        return clean


def number_text(value: float) -> str:
    """The number, without a point where it is whole."""
    return str(int(value)) if abs(value) < 1e15 and value == int(value) else repr(value)


def per_cent(share: float) -> str:
    """Exactly the share, as a per cent: 0.25 is 25."""
    exact = Decimal(repr(share)).scaleb(2)
    return f"{int(exact)}" if exact == int(exact) else f"{exact:f}"

"""The file as XML: its questions one after the other, or one clear refusal."""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder

from preau.kit.errors import PreauError
from preau.kit.questions.formats.xml_file import pieces

DEEPEST = 50  # elements inside each other; Moodle writes 6


def elements(data: bytes) -> Iterator[tuple[Element, int]]:
    """Each child of ``<quiz>`` and the line where it begins; only one is held at a time.

    Raises ``PreauError`` for what is no quiz, with line and column where they are known.
    """
    children = _Children()
    for _piece in pieces(data, children):
        yield from children.taken()


class _Children:
    """Builds each child of the root apart, so that the file is never held as one tree."""

    def __init__(self) -> None:
        self.position: Any = None
        self._depth = 0
        self._line = 0
        self._loose = False  # whether text beside the questions was told of
        self._tree = TreeBuilder()
        self._done: list[tuple[Element, int]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._loose = False
        if self._depth > DEEPEST:
            line = self.position.CurrentLineNumber
            raise PreauError(f"line {line}: more than {DEEPEST} elements are inside each other.")
        if self._depth == 1:
            if tag != "quiz":
                raise PreauError(f"The file is XML, but begins with <{tag}> instead of <quiz>.")
            return
        if self._depth == 2:
            self._tree, self._line = TreeBuilder(), self.position.CurrentLineNumber
        self._tree.start(tag, attributes)

    def end(self, tag: str) -> None:
        self._depth -= 1
        if self._depth:
            self._tree.end(tag)
        if self._depth == 1:
            self._done.append((self._tree.close(), self._line))

    def data(self, text: str) -> None:
        if self._depth > 1:
            self._tree.data(text)
        elif text.strip() and not self._loose:
            self._loose = True
            self._done.append((Element("text"), self.position.CurrentLineNumber))

    def close(self) -> None:
        """The parser's end; there is no tree to give."""

    def taken(self) -> list[tuple[Element, int]]:
        done, self._done = self._done, []
        return done

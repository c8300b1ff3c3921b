"""A file as XML, with QTI's names made the same: one tree, or one clear refusal."""

from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder

from preau.kit.errors import PreauError
from preau.kit.questions.formats.qti.names import attributes_of, element_name
from preau.kit.questions.formats.xml_file import pieces

MOST_BYTES = 20 << 20  # of one XML file; images are beside it
DEEPEST = 100  # elements inside each other
_MOST_ELEMENTS = 500_000


class Placed(Element):
    """An element that knows the line where it begins, from 1."""

    line = 0


def tree(data: bytes) -> Placed:
    """The root. Raises ``PreauError`` with line and column where they are known."""
    if len(data) > MOST_BYTES:
        raise PreauError(f"The XML is larger than {MOST_BYTES >> 20} MB, which no item is.")
    target = _Target()
    for _piece in pieces(data, target):
        pass
    return target.root


class _Target:
    """Builds the tree with the names of 2.x; comments and instructions are left out."""

    def __init__(self) -> None:
        self.position: Any = None
        self._depth = 0
        self._count = 0
        self._tree = TreeBuilder(element_factory=Placed)
        self.root = Placed("")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._count += 1
        line = self.position.CurrentLineNumber
        if self._depth > DEEPEST:
            raise PreauError(f"line {line}: more than {DEEPEST} elements are inside each other.")
        if self._count > _MOST_ELEMENTS:
            raise PreauError(f"line {line}: there are more than {_MOST_ELEMENTS:,} elements.")
        element = self._tree.start(element_name(tag), attributes_of(tag, attributes))
        element.line = line  # type: ignore[attr-defined]

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._tree.end(element_name(tag))

    def data(self, text: str) -> None:
        self._tree.data(text)

    def close(self) -> None:
        """The parser's end: the tree is whole."""
        self.root = self._tree.close()  # type: ignore[assignment]

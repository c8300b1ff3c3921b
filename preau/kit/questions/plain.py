"""The words of HTML, for reports, tables and formats that have no formatting.

No function here raises, and each takes time in proportion to the text.
"""

from collections.abc import Iterable

from preau.kit.questions.markup import Piece, Tag, pieces

_WITHIN_WORDS = frozenset(
    {
        "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "em", "font", "i", "ins", "kbd",
        "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u", "var",
    }
)  # fmt: skip
_LINES = frozenset(
    {
        "address", "article", "aside", "blockquote", "br", "caption", "center", "dd", "details",
        "div", "dl", "dt", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
        "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table",
        "tr", "ul",
    }
)  # fmt: skip


def plain_text(text: str) -> str:
    """The words of some HTML in one line; an image is its ``alt``."""
    return words_of(pieces(text))


def plain_lines(text: str) -> str:
    """The words of some HTML, a line for each block and each line of ``pre``; none is empty."""
    written = []
    as_it_is = False
    for piece in pieces(text):
        if isinstance(piece, str):
            written.append(piece if as_it_is else piece.replace("\n", " "))
            continue
        if piece.name == "pre":
            as_it_is = not piece.closes
        written.append("\n" if piece.name in _LINES else _instead_of(piece))
    lines = (" ".join(line.split()) for line in "".join(written).split("\n"))
    return "\n".join(line for line in lines if line)


def label_of(text: str) -> str:
    """The words of some HTML, or the HTML itself where it has none, as an image without alt."""
    return plain_text(text) or " ".join(text.split())


def words_of(given: Iterable[Piece]) -> str:
    """The words of pieces of HTML in one line."""
    seen = (it if isinstance(it, str) else _instead_of(it) for it in given)
    return " ".join("".join(seen).split())


def _instead_of(tag: Tag) -> str:
    if tag.name == "img":
        return f" {' '.join(tag.attribute('alt').split())} "
    return "" if tag.name in _WITHIN_WORDS else " "

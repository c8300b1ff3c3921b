"""HTML in pieces: the texts and tags of whatever was pasted.

Not with ``html.parser``: it raises for ``<![x[`` and for a number of thousands of digits, and
takes the square of the time for many ``<a``. What a teacher pasted years ago must not stop a
report, nor a file an import.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

# Possessive throughout: what was passed once is not gone over again, however the tag ends.
_TAG = re.compile(
    r"(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:_-]*+)"
    r"(?P<rest>(?:[^=<>]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')|=)*+)>"
)
_FURTHER = 3  # so many ``<`` may stand in the quotes of a tag
_ATTRIBUTE = re.compile(r"([^\s\"'/=]++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"']++)))?")
_UNSEEN = frozenset({"script", "style"})  # what is between their tags is no text
_LONG_NUMBER = re.compile(r"&#(?:[0-9]{9,}|[xX][0-9a-fA-F]{9,});?")  # no character has it


@dataclass(frozen=True)
class Tag:
    """A tag, its name in small letters and its attributes as they are written."""

    name: str
    closes: bool = False
    attributes: str = ""

    def attribute(self, name: str) -> str:
        """The value of the first attribute of that name; empty where there is none."""
        for found in _ATTRIBUTE.finditer(self.attributes):
            if found[1].lower() == name:
                return _decoded(found[2] or found[3] or found[4] or "")
        return ""


Piece = str | Tag


def pieces(source: str) -> Iterator[Piece]:
    """The texts of some HTML, their entities decoded, and its tags, in their order.

    Never raises; takes time in proportion to the text. A tag that is not closed is text;
    comments, scripts and styles are not.
    """
    split = source.split("<")
    yield _decoded(split[0])
    inside = ""  # what has to end before there is text again: a comment, a script
    at = 1
    while at < len(split):
        piece, found = split[at], _tag(split, at)
        at += 1
        if inside == "comment" or (not inside and piece.startswith("!--")):
            _comment, end, after = (piece if inside else piece[1:]).partition("-->")
            inside = "" if end else "comment"
            yield _decoded(after)
        elif found is None:
            yield "" if inside else _decoded(_no_tag(piece))
        elif not inside or (found["close"] and found["name"].lower() == inside):
            at += found[0].count("<")
            tag = Tag(found["name"].lower(), bool(found["close"]), found["rest"])
            inside = tag.name if tag.name in _UNSEEN and not tag.closes else ""
            yield tag
            yield "" if inside else _decoded(found.string[found.end() :].partition("<")[0])


def _tag(split: list[str], at: int) -> re.Match[str] | None:
    found = _TAG.match(split[at])
    if found is None and split[at][:1].isalpha() and "=" in split[at]:
        found = _TAG.match("<".join(split[at : at + 1 + _FURTHER]))
    return found


def _no_tag(piece: str) -> str:
    if piece[:1] in ("!", "?", "/") and ">" in piece:  # <!DOCTYPE>, <?xml?>, </ >
        return " " + piece.partition(">")[2]
    return "<" + piece


def _decoded(text: str) -> str:
    return html.unescape(_LONG_NUMBER.sub("\ufffd", text))

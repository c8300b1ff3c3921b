"""The file as XML: its questions one after the other, or one clear refusal."""

import codecs
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from preau.kit.errors import PreauError

DEEPEST = 50  # elements inside each other; Moodle writes 6
_PIECE = 1 << 20  # bytes parsed at once
_DECLARED = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")


def elements(data: bytes) -> Iterator[tuple[Element, int]]:
    """Each child of ``<quiz>`` and the line where it begins; only one is held at a time.

    Raises ``PreauError`` for what is no quiz, with line and column where they are known.
    """
    with _refusals(data):
        _check_encoding(data)
        children = _Children()
        parser: Any = DefusedXMLParser(target=children, forbid_dtd=True)
        children.position = parser.parser
        for start in range(0, len(data), _PIECE):
            parser.feed(data[start : start + _PIECE])
            yield from children.taken()
        parser.close()


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


@contextmanager
def _refusals(data: bytes) -> Iterator[None]:
    try:
        yield
    except DefusedXmlException:
        raise PreauError(
            "The file declares entities or a document type; a question file needs none, so it "
            "is not read."
        ) from None
    except ParseError as error:
        line, column = error.position
        why = str(error).partition(":")[0]
        if "invalid token" in why and not _is_utf8(data) and not _DECLARED.match(data, 0, 400):
            why = "this is not UTF-8, and the file names no other encoding"
        raise PreauError(f"line {line}, column {column + 1}: {why}.") from None
    except (LookupError, ValueError):
        raise PreauError(
            "The encoding that the file names is not known, or is not its own."
        ) from None


def _check_encoding(data: bytes) -> None:
    """Refuse a western encoding that is none: the parser would take any byte for a letter."""
    marked = data.startswith(codecs.BOM_UTF8)
    named = _DECLARED.match(data, len(codecs.BOM_UTF8) if marked else 0, 400)
    if named is None:
        return
    name = codecs.lookup(named[1].decode("ascii")).name
    if name.startswith("utf") or name == "ascii" or data.isascii():
        return
    if marked or _is_utf8(data):
        raise PreauError(f"The file says that it is {name}, but it is UTF-8; correct line 1.")
    if name.startswith("iso8859") and re.search(rb"[\x80-\x9f]", data):
        raise PreauError(
            f"The file says that it is {name}, but has signs that only Windows' encodings have; "
            "correct line 1, or save it as UTF-8."
        )


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True

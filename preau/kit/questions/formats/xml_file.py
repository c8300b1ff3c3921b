"""A file as XML, piece by piece, or one clear refusal: no entities, no guessed letters."""

import codecs
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from preau.kit.errors import PreauError

_PIECE = 1 << 20  # bytes parsed at once
_DECLARED = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")


class Target(Protocol):
    """What takes the parser's events; ``position.CurrentLineNumber`` is the line, from 1."""

    position: Any

    def start(self, tag: str, attributes: dict[str, str]) -> Any: ...  # noqa: D102
    def end(self, tag: str) -> Any: ...  # noqa: D102
    def data(self, text: str) -> Any: ...  # noqa: D102
    def close(self) -> Any: ...  # noqa: D102


def pieces(data: bytes, target: Target) -> Iterator[None]:
    """Parse into ``target``; yields after each piece, so that who wants may take what is there.

    Raises ``PreauError`` for what is no XML or would not be read as it was meant, with line and
    column where they are known; what ``target`` raises goes through.
    """
    with _refusals(data):
        _check_encoding(data)
        parser: Any = DefusedXMLParser(target=target, forbid_dtd=True)
        target.position = parser.parser
        for start in range(0, len(data), _PIECE):
            parser.feed(data[start : start + _PIECE])
            yield
        parser.close()


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
    if named is None or data.isascii():
        return
    name = codecs.lookup(named[1].decode("ascii")).name
    if name.startswith("utf") or name == "ascii":
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

"""Text files from elsewhere: their encoding is recognised, or the file is refused."""

import codecs
import re

from preau.kit.errors import PreauError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
# What Windows' text files in western languages hold beyond ASCII. Other bytes of cp1252 are
# signs that nobody types in a quiz; a file full of them is of another encoding.
_FOREIGN = re.compile("[À-ÿ]{3}")  # a Cyrillic or Greek word looks so; no western one does
_APART = ("õö", "øí", "øì")  # together only where Hungarian or Czech was misread
_REFUSED = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff]")  # no text file has these
_WESTERN = set(
    "àâäáãåæçéèêëíìîïñóòôöõøœúùûüÿßÀÂÄÁÃÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØŒÚÙÛÜŸ’‘“”«»…–—€°²³µ·×±§¿¡\xa0"
)


def decoded(data: bytes) -> str:
    """The text of a file; see ``recognised``."""
    return recognised(data)[0]


def recognised(data: bytes) -> tuple[str, str]:
    """The text of a file, and the name of its encoding.

    It is UTF-8, UTF-16 or UTF-32 with its mark, or a western Windows text. Line ends become
    ``\\n``. Raises ``PreauError`` for anything that would only be guessed.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = _strictly(data, "utf-8-sig" if encoding == "utf-8" else encoding)
            return _clean(text), encoding
    try:
        return _clean(data.decode("utf-8")), "utf-8"
    except UnicodeDecodeError as error:
        text = data.decode("cp1252", errors="replace")
        if _western(text):
            return _clean(text), "cp1252"
        line = data.count(b"\n", 0, error.start) + 1
        raise PreauError(
            f"line {line}: this is neither UTF-8 nor a western Windows text; save it as UTF-8."
        ) from None


def encodable(text: str) -> str:
    """The text without the characters that no text file has; line ends become ``\\n``."""
    return _REFUSED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _western(text: str) -> bool:
    letters = {letter for letter in text if ord(letter) > 127}
    small = set(text.lower())
    together = any(set(pair) <= small for pair in _APART)
    return letters <= _WESTERN and not together and not _FOREIGN.search(text)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise PreauError(f"The file begins as {encoding} but is not; save it as UTF-8.") from None


def _clean(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := _REFUSED.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise PreauError(f"line {line}: a character that no text has; is it a text file?")
    return text

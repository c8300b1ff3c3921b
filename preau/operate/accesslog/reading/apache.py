"""Apache's LogFormat strings.

Source: Apache HTTP Server 2.4, mod_log_config, “Custom Log Formats” and “Modifiers”.
"""

import re
from collections.abc import Iterator

from preau.kit.errors import PreauError
from preau.operate.accesslog.reading import fields
from preau.operate.accesslog.reading.fields import Field

NAMES = {
    "common": '%h %l %u %t "%r" %>s %b',
    "combined": '%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i"',
    "vhost_combined": '%v:%p %h %l %u %t "%r" %>s %O "%{Referer}i" "%{User-Agent}i"',
}

_LETTERS = {
    "h": fields.HOST, "a": fields.HOST, "l": fields.IDENT, "u": fields.USER, "v": fields.VHOST,
    "V": fields.VHOST, "p": fields.PORT, "r": fields.REQUEST, "m": fields.METHOD,
    "U": fields.PATH, "q": fields.QUERY, "H": fields.PROTOCOL, "s": fields.STATUS,
    "b": fields.BYTES, "B": fields.BYTES, "O": fields.BYTES, "T": fields.took("s"),
    "D": fields.took("us"),
}  # fmt: skip
_HEADERS = {
    "referer": fields.REFERRER, "user-agent": fields.AGENT, "x-forwarded-for": fields.FORWARDED,
}  # fmt: skip
_DIRECTIVE = re.compile(
    r"%(?P<when>!?[0-9,]+)?[<>]?(?:\{(?P<what>[^}]*)\})?(?P<letter>\^?[A-Za-z%])"
)
_FORGOTTEN = Field("")
_FORGOTTEN_QUOTED = Field("", fields.QUOTED)


def parts_of(text: str) -> Iterator[Field | str]:
    """The fields of a LogFormat, and what stands between them.

    Raises ``PreauError`` for a ``%`` that is no directive.
    """
    text = text.replace('\\"', '"').replace("\\t", "\t").replace("\\\\", "\\")
    place = 0
    for match in _DIRECTIVE.finditer(text):
        yield from _between(text, place, match.start())
        place = match.end()
        letter, what = match["letter"], match["what"]
        yield "%" if letter == "%" else _field(letter, what or "")
    yield from _between(text, place, len(text))


def _between(text: str, begin: int, end: int) -> Iterator[str]:
    if "%" in text[begin:end]:
        raise PreauError(f"“{text[begin:end].strip()}” is no part of a LogFormat of Apache.")
    if begin < end:
        yield text[begin:end]


def _field(letter: str, what: str) -> Field:
    if letter == "t":
        return fields.TIME if not what else Field("time", fields.WORD, what)
    if letter == "T" and what:
        return fields.took(what)
    if letter == "i":
        return _HEADERS.get(what.lower(), _FORGOTTEN_QUOTED)
    if letter in {"o", "e", "C", "n", "x", "^"}:
        return _FORGOTTEN_QUOTED
    return _LETTERS.get(letter, _FORGOTTEN)

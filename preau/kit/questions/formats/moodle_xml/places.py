"""The places of an embedded-answers text, ``{weight:TYPE:answers}``: found in one pass, no more.

Source: Moodle's documentation of “Embedded answers (Cloze)”, and which texts Moodle 4 takes.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

_START = re.compile(r"\{([0-9]*):([A-Z_]{1,20}):")
_ANSWER_ENDS, _FEEDBACK_ENDS = re.compile("[~#}]"), re.compile("[~}]")
# What before such a sign makes it a letter: a backslash, or the & of an entity.
_NO_END, _NO_FEEDBACK_END = ("\\", "&", "&amp;"), ("\\",)
_SHARE = re.compile(r"=|%(-?[0-9]{1,20}(?:[.,][0-9]{0,400})?)%")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
# & has no entity of its own name here: Moodle takes what follows “&amp;” for a part of it.
_SIGNS = str.maketrans({sign: f"&#{ord(sign)};" for sign in "~#{}\\&"} | {"<": "&lt;", ">": "&gt;"})


@dataclass(frozen=True)
class Alternative:
    """An answer as it is written, and the text that is said to it.

    ``share`` is ``=`` for the right one, a per cent, or empty.
    """

    share: str
    answer: str
    feedback: str


@dataclass(frozen=True)
class Place:
    """A question inside the text: what is written before its colons, and its answers."""

    weight: str
    type: str
    alternatives: tuple[Alternative, ...]


def pieces(text: str, types: frozenset[str]) -> Iterator[str | Place]:
    """The text between the places, and the places of those types, in their order.

    A place without an end, and everything behind it, is text.
    """
    at = 0
    for found in _START.finditer(text):
        if found.start() < at or found[2] not in types:
            continue
        alternatives, end = _alternatives(text, found.end())
        if end < 0:
            break
        yield text[at : found.start()]
        yield Place(found[1], found[2], alternatives)
        at = end
    yield text[at:]


def unread(text: str) -> list[str]:
    """The beginnings of what looks like a place in a text between places."""
    return list(dict.fromkeys(found[0][:40] for found in _START.finditer(text)))


def unplaced(text: str) -> str:
    """A text in which nothing is taken for a place."""
    return _START.sub(lambda found: f"&#123;{found[0][1:]}", text)


def read_words(raw: str) -> str:
    """An answer or a feedback as it is meant: Moodle decodes it once."""
    decoded = _ENTITY.sub(lambda it: html.unescape(it[0]), raw.replace("\\~", "~"))
    return re.sub(r"\\([#}])", r"\1", decoded).strip()


def as_words(text: str) -> str:
    """A text as an answer or a feedback that ``read_words``, and Moodle, take for it."""
    written = re.sub(r"\\(?=[#}])", r"\\\\", text).translate(_SIGNS)
    return f"&#{ord(written[0])};{written[1:]}" if written[:1] in ("=", "%") else written


def _alternatives(text: str, at: int) -> tuple[tuple[Alternative, ...], int]:
    """The answers from there on, and where their place ends; -1 if it does not."""
    found: list[Alternative] = []
    while True:
        end = _end(text, at, _ANSWER_ENDS, _NO_END)
        answer, feedback = text[at:end].lstrip(), ""
        if end >= 0 and text[end] == "#":
            at, end = end + 1, _end(text, end + 1, _FEEDBACK_ENDS, _NO_FEEDBACK_END)
            feedback = text[at:end]
        if end < 0:
            return (), -1
        share = _SHARE.match(answer)
        written = answer[share.end() :] if share else answer
        if share or written or feedback:
            given = (share[1] or "=") if share else ""
            found.append(Alternative(given.replace(",", "."), written.strip(), feedback))
        if text[end] == "}":
            return tuple(found), end + 1
        at = end + 1


def _end(text: str, at: int, ends: re.Pattern[str], escapes: tuple[str, ...]) -> int:
    for found in ends.finditer(text, at):
        if not text.endswith(escapes, at, found.start()):
            return found.start()
    return -1

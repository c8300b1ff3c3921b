"""HTML in pieces, however it is written, in time that grows with its length.

The standard library's parser takes the square of it for what is opened and never closed.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)")
_ATTRIBUTE = re.compile(
    r"\s*([^\s=<>/\"']+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s<>\"']*))?", re.DOTALL
)
_END = re.compile(r"\s*(/?)>")
_HUGE = re.compile(r"&(?=#[xX]?[0-9a-fA-F]{8})")  # no letter has such a number


@dataclass(frozen=True)
class Tag:
    """A start tag, or with ``closing`` an end tag; ``alone`` if it ends itself."""

    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    closing: bool = False
    alone: bool = False


def pieces_of(text: str) -> Iterator[str | Tag]:
    """Its words, with the references to letters resolved, and its tags; comments are left out."""
    last = text.rfind(">")
    comments = text.rfind("-->")
    at = 0
    while at < len(text):
        start = text.find("<", at)
        if start < 0 or start > last:
            break
        if start > at:
            yield unescaped(text[at:start])
        if text.startswith("<!--", start) and start + 4 <= comments:
            at = text.find("-->", start + 4) + 3
        elif text.startswith(("<!", "<?"), start):
            at = text.find(">", start) + 1
        elif (found := _tag(text, start)) is not None:
            tag, at = found
            yield tag
        else:
            yield "<"
            at = start + 1
    if at < len(text):
        yield unescaped(text[at:])


def unescaped(text: str) -> str:
    """The words, with the references to letters resolved."""
    return html.unescape(_HUGE.sub("&amp;", text))


def _tag(text: str, start: int) -> tuple[Tag, int] | None:
    """The tag that begins here, and where it ends."""
    opened = _TAG.match(text, start)
    if opened is None:
        return None
    at = opened.end()
    attributes: list[tuple[str, str]] = []
    while True:
        ended = _END.match(text, at)
        if ended is not None:
            named = Tag(opened[2], tuple(attributes), bool(opened[1]), bool(ended[1]))
            return named, ended.end()
        found = _ATTRIBUTE.match(text, at)
        if found is None and text.startswith("/", at):
            at += 1
        elif found is None:
            return None
        else:
            value = found[2] or ""
            attributes.append((found[1], unescaped(value[1:-1] if value[:1] in "\"'" else value)))
            at = found.end()

"""Pages that everybody shares, but for a few holes.

A course page is the same for all its learners except for a name, some ticks and a token.
It is rendered once with *holes* in those places; a request fills the holes, which costs a
list join instead of a template. A stencil's key names everything its text depends on
(run, course version, language …), so nothing is ever invalidated, only forgotten.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from threading import Lock
from typing import Any, Generic, TypeVar

from django.utils.safestring import SafeString, mark_safe

# Two characters of Unicode's private use area: escaping leaves them alone, no author types them.
_OPEN, _CLOSE = "\ue0f0", "\ue0f1"
_HOLE = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")

Made = TypeVar("Made")
_shelves: "list[Shelf[Any]]" = []


def hole(name: str) -> SafeString:
    """The text that stands for the hole ``name`` in a page being rendered."""
    return mark_safe(f"{_OPEN}{name}{_CLOSE}")  # noqa: S308  (a fixed frame around a name)


Filling = str | bytes  # what goes into a hole; bytes are UTF-8


class Stencil:
    """A rendered page, cut at its holes; encoded once, not for every request."""

    __slots__ = ("_names", "_pieces")

    def __init__(self, html: str) -> None:
        pieces = _HOLE.split(html)
        self._names = pieces[1::2]
        self._pieces = [piece.encode() for piece in pieces]

    @property
    def names(self) -> frozenset[str]:
        """The names of all holes."""
        return frozenset(self._names)

    def fill(self, values: Mapping[str, Filling]) -> bytes:
        """The page with each hole filled, as UTF-8; a hole that has no value is left empty.

        Values go in as they are: whoever fills a hole escapes what people wrote.
        """
        pieces = self._pieces.copy()
        get = values.get
        fillings = [get(name, b"") for name in self._names]
        pieces[1::2] = [it if isinstance(it, bytes) else it.encode() for it in fillings]
        return b"".join(pieces)


class Shelf(Generic[Made]):
    """Keeps what was rendered last, at most ``size`` of it, in this process."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._kept: OrderedDict[Hashable, Made] = OrderedDict()
        self._lock = Lock()
        _shelves.append(self)

    def peek(self, key: Hashable) -> Made | None:
        """What stands under that key, if anything does."""
        return self._kept.get(key)

    def take(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What stands under that key, made now when it is not on the shelf."""
        found = self._kept.get(key)
        if found is not None:
            return found
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self.size:
                self._kept.popitem(last=False)
        return made

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()


def clear_shelves() -> None:
    """Empty every shelf of this process, as a new process would find it (tests)."""
    for shelf in _shelves:
        shelf.clear()


def without_holes(text: str) -> str:
    """Text from outside, without the two characters that frame a hole."""
    return text.replace(_OPEN, "").replace(_CLOSE, "")

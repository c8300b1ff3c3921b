"""An element of the file that remembers what of it was looked at."""

import math
import re
from collections.abc import Iterator
from decimal import Decimal
from xml.etree.ElementTree import Element

PLUGIN_FILE = "@@PLUGINFILE@@/"  # before the name of a file in Moodle's texts
# How a text is written, which is heeded where it matters, and Moodle's own bookkeeping.
_MEANINGLESS_ATTRIBUTES = frozenset({"format", "encoding", "id"})
# What Moodle 1.9 wrote beside every question, mostly with nothing in it.
_OFTEN_EMPTY = frozenset({"image", "image_base64"})
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?")
_LONGEST_NUMBER = 1000  # letters; Python's own time grows with their square
_YES, _NO = frozenset({"1", "true", "yes"}), frozenset({"", "0", "false", "no"})


class Node:
    """Gives the children by name, and at the end names whatever nobody asked for."""

    def __init__(self, element: Element) -> None:
        self.element = element
        self._asked: dict[Element, Node] = {}
        self._attributes: set[str] = set()
        self._ignored: set[str] = set()
        self._own_text = False

    def attribute(self, name: str) -> str:
        """An attribute's text, or nothing."""
        self._attributes.add(name)
        return self.element.get(name, "").strip()

    def all(self, tag: str) -> Iterator["Node"]:
        """The children of that name."""
        for child in self.element.iterfind(tag):
            yield self._node(child)

    def first(self, tag: str) -> "Node | None":
        """The first child of that name; a further one is left over."""
        child = self.element.find(tag)
        return None if child is None else self._node(child)

    def content(self) -> str:
        """What the element says: in its own ``<text>`` where it has one."""
        inner = self.first("text")
        if inner is not None:
            return inner.content()
        self._own_text = True
        return (self.element.text or "").strip()

    def text(self, tag: str, default: str = "") -> str:
        """What a child says."""
        child = self.first(tag)
        return default if child is None else child.content()

    def has(self, tag: str) -> bool:
        """Whether there is such a child, unless it says no."""
        child = self.first(tag)
        return child is not None and (child.content() or "1").lower() not in _NO

    def flag(self, tag: str, *, default: bool = False) -> bool:
        """A child that says yes or no; as for Moodle, nothing is no. Raises ``ValueError``."""
        child = self.first(tag)
        if child is None:
            return default
        said = child.content().lower()
        if said not in _YES and said not in _NO:
            raise ValueError(f"“{said[:40]}” in <{tag}> is neither true nor false")
        return said in _YES

    def number(self, tag: str, default: float) -> float:
        """A child's number. Raises ``ValueError`` for what is none."""
        said = self.text(tag)
        return as_number(said) if said else default

    def whole(self, tag: str, default: int = 0) -> int:
        """A child's whole number. Raises ``ValueError`` for what is none."""
        number = self.number(tag, default)
        if number != int(number) or abs(number) > 1e9:
            raise ValueError(f"{number:g} in <{tag}> is not a whole number")
        return int(number)

    def ignore(self, *tags: str) -> None:
        """These mean nothing here."""
        self._ignored.update(tags)

    def ignore_blank(self, *tags: str) -> None:
        """These mean nothing here where nothing is in them."""
        self.ignore(*(tag for tag in tags if not any(map(_has_more, self.element.iterfind(tag)))))

    def left(self, where: str = "") -> list[str]:
        """What nobody asked for; a sentence each."""
        inside = f" in {where}" if where else ""
        found = [
            f"“{name}” of <{self.element.tag}> has no place here."
            for name in self.element.attrib
            if name not in self._attributes | _MEANINGLESS_ATTRIBUTES
        ]
        known = {child.tag for child in self._asked}
        loose = [] if self._own_text else [self.element.text]
        for child in self.element:
            loose.append(child.tail)
            node = self._asked.get(child)
            if node is not None:
                found += node.left(f"<{child.tag}>")
            elif child.tag not in self._ignored and not _says_nothing(child):
                again = "A further " if child.tag in known else ""
                found.append(f"{again}<{child.tag}>{inside} has no place here.")
        if any((text or "").strip() for text in loose):
            found.append(f"The text beside the elements of <{self.element.tag}> has no place here.")
        return found

    def _node(self, child: Element) -> "Node":
        return self._asked.setdefault(child, Node(child))


def _says_nothing(child: Element) -> bool:
    return child.tag in _OFTEN_EMPTY and not (child.text or "").strip() and not len(child)


def _has_more(child: Element) -> bool:
    """Whether an element holds more than an empty text."""
    return any((it.text or "").strip() or it.tag not in (child.tag, "text") for it in child.iter())


def as_number(text: str) -> float:
    """A finite number; Moodle writes a point. Raises ``ValueError``."""
    if len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        raise ValueError(f"“{text[:40]}” is not a number")
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text[:40]} is not a finite number")
    return number


def as_share(text: str) -> float:
    """A per cent as a share, exactly the one that was written. Raises ``ValueError``."""
    as_number(text)
    return float(Decimal(text).scaleb(-2))

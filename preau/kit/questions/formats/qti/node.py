"""An element of an item that remembers what of it was looked at."""

import math
import re
from collections.abc import Iterator
from decimal import Decimal
from xml.etree.ElementTree import Element

from preau.kit.questions.formats.qti.names import OWN, SOURCE

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?")
_LONGEST = 400  # digits of a number
# Identity and looks: what every player shows in its own way, and what other tools note down.
_MEANINGLESS = frozenset(
    {"id", "identifier", "lang", "label", "dir", "toolName", "toolVersion", "base", SOURCE}
)


class Node:
    """Gives the children by name, and at the end names whatever nobody asked for."""

    def __init__(self, element: Element) -> None:
        self.element = element
        self._asked: dict[Element, Node] = {}
        self._attributes: set[str] = set()
        self._taken: set[Element] = set()

    def attribute(self, name: str, default: str = "") -> str:
        """An attribute's text, or what it is without one."""
        self._attributes.add(name)
        return self.element.get(name, default).strip()

    def own(self, name: str) -> str | None:
        """Exactly what we wrote into ``data-preau-<name>``."""
        self._attributes.add(OWN + name)
        return self.element.get(OWN + name)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """An attribute that is true or false."""
        said = self.attribute(name).lower()
        return said in ("true", "1") if said else default

    def whole(self, name: str, default: int = 0) -> int:
        """A whole number. Raises ``ValueError`` for what is none."""
        said = self.attribute(name)
        number = as_number(said) if said else Decimal(default)
        if number != number.to_integral_value() or abs(number) > 10**9:
            raise ValueError(f"“{said[:40]}” of {name} is not a whole number")
        return int(number)

    def ignore(self, *names: str) -> None:
        """These attributes mean nothing here."""
        self._attributes.update(names)

    def all(self, tag: str) -> Iterator["Node"]:
        """The children of that name."""
        for child in self.element.iterfind(tag):
            yield self._asked.setdefault(child, Node(child))

    def first(self, tag: str) -> "Node | None":
        """The first child of that name; a further one is left over."""
        child = self.element.find(tag)
        return None if child is None else self._asked.setdefault(child, Node(child))

    def take(self, child: Element) -> None:
        """All of that child was seen to."""
        self._taken.add(child)

    def take_all(self) -> None:
        """All children are the text of this element."""
        self._taken.update(self.element)

    def left(self) -> list[str]:
        """What nobody asked for; a sentence each."""
        tag = f"<{self.element.tag}>"
        found = [
            f"“{name}” of {tag} has no place here."
            for name, value in self.element.attrib.items()
            if name not in self._attributes | _MEANINGLESS and value.strip()
        ]
        known = {child.tag for child in self._asked}
        for child in self.element:
            if child in self._taken:
                continue
            if child in self._asked:
                found += self._asked[child].left()
            else:
                again = "A further " if child.tag in known else ""
                found.append(f"{again}<{child.tag}> in {tag} has no place here.")
        return found


def as_number(text: str) -> Decimal:
    """A finite number, exactly as it is written. Raises ``ValueError``."""
    text = text.strip()
    if len(text) > _LONGEST or not _NUMBER.fullmatch(text):
        raise ValueError(f"“{text[:40]}” is not a number")
    if not math.isfinite(float(text)):
        raise ValueError(f"{text[:40]} is not a finite number")
    return Decimal(text)

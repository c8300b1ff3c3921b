"""An element of the file that remembers what of it was looked at."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element


class Node:
    """Gives the children by name, and at the end names those that nobody asked for."""

    def __init__(self, element: Element) -> None:
        self.element = element
        self._seen: set[str] = set()

    def attribute(self, name: str) -> str:
        """An attribute's text, or nothing."""
        return self.element.get(name, "").strip()

    def all(self, tag: str) -> Iterator["Node"]:
        """The children of that name."""
        self._seen.add(tag)
        for child in self.element.iterfind(tag):
            yield Node(child)

    def first(self, tag: str) -> "Node | None":
        """The first child of that name."""
        return next(self.all(tag), None)

    def text(self, tag: str, default: str = "") -> str:
        """What stands in a child: in its own ``<text>`` where it has one."""
        child = self.first(tag)
        if child is None:
            return default
        inner = child.element.find("text")
        return ((inner if inner is not None else child.element).text or "").strip()

    def flag(self, tag: str, *, default: bool = False) -> bool:
        """A child that says yes or no; one that is empty says yes."""
        child = self.first(tag)
        if child is None:
            return default
        return (child.element.text or "1").strip().lower() in ("1", "true", "yes")

    def number(self, tag: str, default: float) -> float:
        """A child's number. Raises ``ValueError`` for what is none."""
        return as_number(self.text(tag) or str(default))

    def whole(self, tag: str, default: int = 0) -> int:
        """A child's whole number. Raises ``ValueError`` for what is none."""
        return int(as_number(self.text(tag) or str(default)))

    def ignore(self, *tags: str) -> None:
        """These mean nothing here."""
        self._seen.update(tags)

    def left(self) -> list[str]:
        """The names of the children that nobody asked for and that say something."""
        return sorted(
            {
                child.tag
                for child in self.element
                if isinstance(child.tag, str)
                and child.tag not in self._seen
                and "".join(child.itertext()).strip()
            }
        )


def as_number(text: str) -> float:
    """A finite number; Moodle writes a point. Raises ``ValueError``."""
    number = float(text)
    if not -1e300 < number < 1e300:
        raise ValueError(f"{text} is not a finite number")
    return number


PLUGIN_FILE = "@@PLUGINFILE@@/"  # before the name of a file in Moodle's texts
__all__ = ["PLUGIN_FILE", "Node", "as_number"]

"""QTI's own elements, made with the names of 2.x and written with those of 3.0."""

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from preau.kit.questions.formats.qti.markup import clean

_UPPER = re.compile(r"(?<=[a-z0-9])[A-Z]")


class Qti(Element):
    """One of QTI's own elements, apart from those of HTML in a text."""


def q(tag: str, attributes: Mapping[str, object] | None = None, *children: Element) -> Qti:
    """An element of QTI with its children; attributes that are None are left out."""
    said = {
        name: clean(str(value).lower() if isinstance(value, bool) else str(value))
        for name, value in (attributes or {}).items()
        if value is not None
    }
    element = Qti(tag, said)
    element.extend(children)
    return element


def value(tag: str, text: str, attributes: Mapping[str, object] | None = None) -> Qti:
    """An element that only has a text."""
    element = q(tag, attributes)
    element.text = clean(text)
    return element


def base(kind: str, text: object) -> Qti:
    """A ``baseValue``."""
    return value("baseValue", str(text), {"baseType": kind})


def variable(name: str) -> Qti:
    """A variable's value."""
    return q("variable", {"identifier": name})


def put(name: str, expression: Element) -> Qti:
    """A rule that sets an outcome."""
    return q("setOutcomeValue", {"identifier": name}, expression)


def renamed(root: Element) -> Element:
    """The tree with the names of 3.0."""
    found = Element(root.tag, root.attrib)
    if isinstance(root, Qti):
        named = {
            name if name.startswith(("data-", "xmlns", "xsi:", "xml:")) else _kebab(name): said
            for name, said in root.attrib.items()
        }
        found = Element(f"qti-{_kebab(root.tag)}", named)
    found.text, found.tail = root.text, root.tail
    found.extend(renamed(child) for child in root)
    return found


def alike(one: Element, other: Element) -> bool:
    """Whether two expressions say the same."""
    return (
        one.tag == other.tag
        and dict(one.attrib) == dict(other.attrib)
        and (one.text or "").strip() == (other.text or "").strip()
        and len(one) == len(other)
        and all(alike(a, b) for a, b in zip(one, other, strict=True))
    )


def _kebab(name: str) -> str:
    return _UPPER.sub(lambda it: f"-{it[0].lower()}", name)

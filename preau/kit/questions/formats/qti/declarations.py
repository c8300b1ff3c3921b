"""The variables that an item declares."""

from dataclasses import dataclass, field
from decimal import Decimal

from preau.kit.questions.formats.qti.node import Node, as_number


@dataclass(frozen=True)
class Entry:
    """What one response earns."""

    key: str
    value: Decimal
    heed_case: bool = True


@dataclass(frozen=True)
class Mapping:
    """What responses earn, and the bounds of their sum."""

    entries: tuple[Entry, ...]
    default: Decimal = Decimal(0)
    lower: Decimal | None = None
    upper: Decimal | None = None

    def bounded(self, value: Decimal) -> Decimal:
        """Not below the lower bound, nor above the upper one."""
        if self.lower is not None:
            value = max(value, self.lower)
        return value if self.upper is None else min(value, self.upper)


@dataclass(frozen=True)
class Area:
    """A part of an image, and what a point in it earns."""

    shape: str
    coordinates: str
    value: Decimal


@dataclass(frozen=True)
class Response:
    """What a candidate answers to one interaction."""

    identifier: str
    cardinality: str
    base_type: str
    correct: tuple[str, ...] = ()
    default: tuple[str, ...] = ()
    mapping: Mapping | None = None
    areas: tuple[Area, ...] = ()


@dataclass
class Declarations:
    """All of an item's. ``outcomes`` have their default values."""

    responses: dict[str, Response] = field(default_factory=dict)
    outcomes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    maximum: Decimal | None = None  # of the score, where one is named

    def cardinality(self, name: str) -> str:
        """That of a response; nothing for what is none."""
        return self.responses[name].cardinality if name in self.responses else ""


def declarations_of(item: Node) -> Declarations:
    """Read them. Raises ``ValueError``."""
    found = Declarations()
    for node in item.all("responseDeclaration"):
        response = _response(node)
        found.responses[response.identifier] = response
    for node in item.all("outcomeDeclaration"):
        name = node.attribute("identifier")
        node.ignore(
            "cardinality", "baseType", "normalMinimum", "masteryValue", "externalScored",
            "view", "interpretation", "longInterpretation",
        )  # fmt: skip
        found.outcomes[name] = _values(node, "defaultValue")
        if name == "SCORE" and (most := node.attribute("normalMaximum")):
            found.maximum = as_number(most)
        node.ignore("normalMaximum")
    if most_of := found.outcomes.get("MAXSCORE"):
        found.maximum = as_number(most_of[0])
    if found.maximum is not None and found.maximum < 0:
        raise ValueError(f"the largest score {found.maximum} is below 0")
    return found


def _response(node: Node) -> Response:
    return Response(
        node.attribute("identifier"),
        node.attribute("cardinality", "single"),
        node.attribute("baseType", "identifier"),
        _values(node, "correctResponse"),
        _values(node, "defaultValue"),
        _mapping(node.first("mapping")),
        _areas(node),
    )


def _values(node: Node, tag: str) -> tuple[str, ...]:
    holder = node.first(tag)
    if holder is None:
        return ()
    holder.ignore("interpretation")
    found = []
    for value in holder.all("value"):
        value.ignore("baseType", "fieldIdentifier")
        found.append("".join(value.element.itertext()).strip())
    return tuple(found)


def _mapping(node: Node | None) -> Mapping | None:
    if node is None:
        return None
    entries = tuple(
        Entry(
            entry.element.get("mapKey", ""),
            as_number(entry.attribute("mappedValue")),
            entry.flag("caseSensitive", default=True),
        )
        for entry in node.all("mapEntry")
    )
    for entry in node.all("mapEntry"):
        entry.ignore("mapKey")
    return Mapping(entries, *_bounds(node))


def _bounds(node: Node) -> tuple[Decimal, Decimal | None, Decimal | None]:
    default, lower, upper = (
        as_number(said) if (said := node.attribute(name)) else None
        for name in ("defaultValue", "lowerBound", "upperBound")
    )
    return default or Decimal(0), lower, upper


def _areas(node: Node) -> tuple[Area, ...]:
    mapping = node.first("areaMapping")
    if mapping is None:
        return ()
    mapping.ignore("lowerBound", "upperBound", "defaultValue")
    return tuple(
        Area(
            entry.attribute("shape"), entry.attribute("coords"),
            as_number(entry.attribute("mappedValue")),
        )
        for entry in mapping.all("areaMapEntry")
    )  # fmt: skip

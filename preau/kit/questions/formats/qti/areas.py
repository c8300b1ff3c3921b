"""Places on an image: what of them can be said with markers and zones."""

from collections.abc import Sequence
from decimal import Decimal
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from preau.kit.questions.formats.qti.declarations import Area
from preau.kit.questions.formats.qti.node import Node, as_number
from preau.kit.questions.formats.qti.pairs import label_of
from preau.kit.questions.formats.qti.reading import Asked
from preau.kit.questions.types.markers import Marker, Markers, Zone

_POINT = "×"  # the marker where the file has none: a candidate points at a place
_SHAPES = {"circle": "circle", "rect": "rectangle", "poly": "polygon"}


def hotspot(it: Asked) -> Markers:
    """hotspotInteraction: the right hot spots are the zones."""
    spots = list(it.node.all("hotspotChoice"))
    for spot in spots:
        spot.ignore(
            "hotspotLabel", "shape", "coords", "matchMax", "fixed", "templateIdentifier", "showHide"
        )
        spot.take_all()
    named = {spot.attribute("identifier"): spot for spot in spots}
    right = [name for name in it.response.correct if name in named]
    right = right or [name for name in named if it.score((name,)) > 0]
    it.scale(it.score(tuple(right)))
    it.whole(tuple(right), ("\x7f",), tuple(right[:1]) if len(right) > 1 else None)
    it.tell("The areas of the image are not shown; a marker is set into the right ones.")
    zones = tuple(_zone(1, *_area(named[name])) for name in right)
    it.node.ignore("minChoices", "maxChoices")
    return Markers(_image(it, it.node), (Marker(_POINT, len(right)),), zones)


def select_point(it: Asked) -> Markers:
    """selectPointInteraction"""
    zones, times = _mapped(it), it.node.whole("maxChoices", 1)
    it.node.ignore("minChoices", "maxChoices")
    return Markers(_image(it, it.node), (Marker(_POINT, times),), zones)


def position_object(it: Asked, stage: Node) -> Markers:
    """positionObjectStage: the object is the marker."""
    objects = [child for child in it.node.element if child.tag in ("object", "img")]
    zones, times = _mapped(it), it.node.whole("maxChoices", 1)
    it.node.ignore("minChoices", "maxChoices", "centerPoint")
    text = _POINT
    for child in objects:
        it.node.take(child)
        text = label_of(child) or _POINT
        it.tell("The object that is put on the image is a word here.")
    return Markers(_image(it, stage), (Marker(text, times),), zones)


def graphic_gap_match(it: Asked) -> Markers:
    """graphicGapMatchInteraction: the gaps are zones, what fills them markers."""
    names, markers = _markers(it)
    spots = {}
    for spot in it.node.all("associableHotspot"):
        spot.ignore("matchMax", "matchMin", "matchGroup", "hotspotLabel", "templateIdentifier")
        spot.ignore("showHide", "shape", "coords")
        spot.take_all()
        spots[spot.attribute("identifier")] = spot
    right: dict[str, str] = {}
    for text in it.response.correct:
        name, _space, place = text.partition(" ")
        if name in names and place.strip() in spots:
            right.setdefault(place.strip(), name)
    if not right:
        raise ValueError("no right pair is named")
    if len(right) < len(it.response.correct):
        it.tell("A place that takes several things takes the first of them.")
    it.scale(it.score(it.response.correct))
    it.whole(it.response.correct, ("\x7f \x7f",), it.response.correct[:1])
    zones = tuple(
        _zone(names[right[place]], *_area(spot)) for place, spot in spots.items() if place in right
    )
    it.node.ignore("minAssociations", "maxAssociations")
    shown = it.own("show-misplaced") == "true"
    return Markers(_image(it, it.node), tuple(markers), zones, shown)


def _markers(it: Asked) -> tuple[dict[str, int], list[Marker]]:
    names, markers = dict[str, int](), list[Marker]()
    for child in it.node.element:
        if child.tag not in ("gapText", "gapImg"):
            continue
        it.node.take(child)
        names[child.get("identifier", "")] = len(markers) + 1
        image = child.tag == "gapImg"
        if image:
            it.tell("An image that is put on another is a word here.")
        text = label_of(child) if image else it.item.texts.plain(child)
        markers.append(Marker(text, int(as_number(child.get("matchMax", "1")))))
    return names, markers


def _mapped(it: Asked) -> tuple[Zone, ...]:
    """The areas that earn something."""
    areas = [area for area in it.response.areas if area.value > 0]
    if not areas:
        raise ValueError("no area of the image earns anything")
    if len({area.value for area in areas}) > 1:
        it.tell("All areas earn the same here.")
    if len(areas) < len(it.response.areas):
        it.tell("An area that takes something off has no place here.")
    it.scale(sum((area.value for area in areas), Decimal(0)))
    return tuple(_zone(1, *_coordinates(area)) for area in areas)


def _coordinates(area: Area) -> tuple[str, Sequence[str]]:
    return area.shape, area.coordinates.replace(",", " ").split()


def _area(node: Node) -> tuple[str, Sequence[str]]:
    return node.attribute("shape"), node.attribute("coords").replace(",", " ").split()


def _zone(marker: int, shape: str, written: Sequence[str]) -> Zone:
    if shape not in _SHAPES:
        raise ValueError(f"an area that is a {shape[:20] or 'nothing'}")
    numbers = [as_number(number) for number in written]
    if shape == "rect":
        if len(numbers) != 4:
            raise ValueError("a rect without four coordinates")
        left, top, right, bottom = numbers
        numbers = [left, top, right - left, bottom - top]
    if shape == "poly" and len(numbers) > 6 and numbers[:2] == numbers[-2:]:
        numbers = numbers[:-2]
    return Zone(marker, _SHAPES[shape], tuple(map(float, numbers)))


def _image(it: Asked, holder: Node) -> str:
    """The name of the image's file."""
    for child in holder.element:
        if child.tag in ("object", "img", "picture"):
            holder.take(child)
            return it.item.texts.file(_unquoted(child))
    raise ValueError("there is no image")


def _unquoted(child: Element) -> str:
    return unquote(child.get("data") or child.get("src") or "")

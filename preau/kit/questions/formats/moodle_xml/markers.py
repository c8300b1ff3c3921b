"""Markers on an image: Moodle's drag and drop markers, and as near as can be words on places."""

import re
from collections import defaultdict
from xml.etree.ElementTree import SubElement

from preau.kit.questions.formats.moodle_xml.node import Node, as_number
from preau.kit.questions.formats.moodle_xml.reading import Reading
from preau.kit.questions.formats.moodle_xml.words import as_word, lost_format, plain_word
from preau.kit.questions.formats.moodle_xml.writing import Writing
from preau.kit.questions.types import Body
from preau.kit.questions.types.markers import Marker, Markers, Zone

_LETTER, _EDGE, _HIGH = 8, 20, 30  # pixels: about what Moodle gives a word


def read(it: Reading) -> Body:
    """ddmarker"""
    markers, places = _markers(it)
    zones = []
    for row in it.node.all("drop"):
        row.ignore("no")
        shape, written = row.text("shape"), row.text("coords")
        coordinates = [as_number(one.strip()) for one in re.split("[;,]", written) if one.strip()]
        if number := _chosen(it, row, places):
            zones.append(Zone(number, shape, tuple(coordinates)))
    return Markers(_image(it), markers, tuple(zones), it.node.has("showmisplaced"))


def read_words(it: Reading) -> Body:
    """ddimageortext: the words are markers, the places on which they are put are zones."""
    markers, places = _markers(it)
    widths: dict[int, int] = defaultdict(int)  # of each group, whose words are all as wide
    groups = [row.whole("draggroup", 1) for row in it.node.all("drag")]
    for group, marker in zip(groups, markers, strict=True):
        widths[group] = max(widths[group], len(marker.text) * _LETTER + _EDGE)
    zones = []
    for row in it.node.all("drop"):
        row.ignore("no")
        row.ignore_blank("text")
        left, top = row.number("xleft", 0.0), row.number("ytop", 0.0)
        if number := _chosen(it, row, places):
            width = float(widths[groups[number - 1]])
            zones.append(Zone(number, "rectangle", (left, top, width, float(_HIGH))))
    it.dropped.append("Its places have no size in the file: they are as large as the words.")
    if len(widths) > 1:
        it.dropped.append("A word can be put on any place, not only on those of its group.")
    return Markers(_image(it), markers, tuple(zones))


def _image(it: Reading) -> str:
    names = list(it.texts.keep(it.node).values())
    if len(names) > 1:
        it.dropped.append("There is one image to be marked; a further one is not shown.")
    return names[0] if names else ""


def _markers(it: Reading) -> tuple[tuple[Marker, ...], dict[int, int]]:
    """The markers, and the place in their row of each number that the file gives them."""
    markers: list[Marker] = []
    places: dict[int, int] = {}
    if it.node.has("shuffleanswers"):
        it.dropped.append("The markers are always in the order of the file.")
    for row in it.node.all("drag"):
        word, whole = plain_word(row.text("text"))
        if not whole:
            it.dropped.append(lost_format(word))
        if row.first("file") is not None:
            row.ignore("file")
            it.dropped.append(f"The picture of “{word[:40]}” is left out: markers are words.")
        times = max(1, row.whole("noofdrags", 1))
        markers.append(Marker(word, 0 if row.has("infinite") else times))
        places.setdefault(row.whole("no", len(markers)), len(markers))
    return tuple(markers), places


def _chosen(it: Reading, row: Node, places: dict[int, int]) -> int:
    """The place of a zone's marker; 0, and said so, where it has none."""
    choice = row.whole("choice")
    if choice not in places:
        it.dropped.append("A zone without a marker is left out.")
    return places.get(choice, 0)


def write(it: Writing, body: Markers) -> None:
    """ddmarker"""
    if body.show_misplaced:
        SubElement(it.element, "showmisplaced")
    if body.image:
        it.file(it.element, body.image)
    for number, marker in enumerate(body.markers, 1):
        drag = SubElement(it.element, "drag")
        it.plain("no", number, drag)
        it.plain("text", as_word(marker.text), drag)
        if not marker.times:
            SubElement(drag, "infinite")
        it.plain("noofdrags", marker.times or 1, drag)
    for number, zone in enumerate(body.zones, 1):
        drop = SubElement(it.element, "drop")
        it.plain("no", number, drop)
        it.plain("shape", zone.shape, drop)
        it.plain("coords", _coordinates(it, zone), drop)
        it.plain("choice", zone.marker, drop)


def _coordinates(it: Writing, zone: Zone) -> str:
    """As Moodle separates them, in whole pixels."""
    whole = [max(0, round(one)) for one in zone.coordinates]
    if any(one != exact for one, exact in zip(whole, zone.coordinates, strict=True)):
        it.dropped.append("Zones are in whole pixels in Moodle, and inside the image.")
    pairs = [whole[at : at + 2] for at in range(0, len(whole), 2)]
    return ";".join(",".join(map(str, pair)) for pair in pairs)

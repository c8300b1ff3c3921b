"""Markers on an image: drag each to its zone, or point at the right one (hot spot)."""

import math
import re
from dataclasses import dataclass
from typing import ClassVar

from preau.kit.questions.types.body import Answer, Body, Marked

SHAPES = {"circle": 3, "rectangle": 4, "polygon": 6}  # and their fewest coordinates
_POINT = re.compile(r"(-?\d{1,6}(?:\.\d{1,4})?),(-?\d{1,6}(?:\.\d{1,4})?)")


@dataclass(frozen=True)
class Zone:
    """Where a marker belongs, in pixels of the image from its top left corner.

    ``coordinates``: of a circle the middle (x, y) and the radius, of a rectangle its left, top,
    width and height, of a polygon x and y of each corner.
    """

    marker: int  # its number, from 1
    shape: str
    coordinates: tuple[float, ...]

    def problems(self) -> list[str]:
        """Why it is no zone."""
        if self.shape not in SHAPES:
            return [f"“{self.shape}” is no shape; use {', '.join(SHAPES)}."]
        count, fewest = len(self.coordinates), SHAPES[self.shape]
        right = count >= fewest and count % 2 == 0 if self.shape == "polygon" else count == fewest
        if not right or not all(math.isfinite(it) for it in self.coordinates):
            return [f"A {self.shape} needs {fewest} coordinates."]
        return []

    def has(self, x: float, y: float) -> bool:
        """Whether the point lies in it, its edge included."""
        if self.shape == "circle":
            middle_x, middle_y, radius = self.coordinates
            return math.hypot(x - middle_x, y - middle_y) <= radius
        if self.shape == "rectangle":
            left, top, width, height = self.coordinates
            return left <= x <= left + width and top <= y <= top + height
        return _in_polygon(x, y, self.coordinates)


@dataclass(frozen=True)
class Marker:
    """A marker (plain text); how often it may be set, 0: as often as one likes."""

    text: str
    times: int = 1


@dataclass(frozen=True)
class Markers(Body):
    """Set each marker into its zone on the image, a file of the question.

    The answer's field ``marker-1`` has the points at which the first marker was set, as
    ``x,y`` each. A marker without a zone is a false lead.
    """

    TYPE: ClassVar[str] = "markers"

    image: str
    markers: tuple[Marker, ...]
    zones: tuple[Zone, ...]
    show_misplaced: bool = False

    def problems(self) -> list[str]:
        """There is an image, and a zone to hit."""
        found = [] if self.image else ["There is no image."]
        if not self.zones:
            found.append("There is no zone to be marked.")
        if any(not marker.text.strip() for marker in self.markers):
            found.append("A marker has no text.")
        if any(not 1 <= zone.marker <= len(self.markers) for zone in self.zones):
            found.append("A zone belongs to no marker.")
        for zone in self.zones:
            found += zone.problems()
        return found

    def fields(self) -> dict[str, frozenset[str] | None]:
        """A field for each marker."""
        return {f"marker-{number}": None for number in range(1, len(self.markers) + 1)}

    def mark(self, answer: Answer) -> Marked:
        """The part of the zones that were hit; more points than allowed are not looked at."""
        open_ = list(self.zones)
        right: dict[str, float] = {}
        for number, marker in enumerate(self.markers, 1):
            field = f"marker-{number}"
            points = [_point(it) for it in answer.get(field, ())]
            allowed = marker.times or len(self.zones) + 1
            for x, y in [it for it in points if it is not None][:allowed]:
                hit = next((it for it in open_ if it.marker == number and it.has(x, y)), None)
                right[field] = min(right.get(field, 1.0), float(hit is not None))
                if hit is not None:
                    open_.remove(hit)
        hits = len(self.zones) - len(open_)
        return Marked(hits / max(1, len(self.zones)), right)


def _point(text: str) -> tuple[float, float] | None:
    found = _POINT.fullmatch(text.strip())
    return (float(found[1]), float(found[2])) if found else None


def _in_polygon(x: float, y: float, coordinates: tuple[float, ...]) -> bool:
    """The even-odd rule: how many edges a ray to the right crosses."""
    corners = list(zip(coordinates[::2], coordinates[1::2], strict=True))
    inside = False
    for (x1, y1), (x2, y2) in zip(corners, [*corners[1:], corners[0]], strict=True):
        cross = (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)
        along = (x - x1) * (x - x2) + (y - y1) * (y - y2)
        if abs(cross) < 1e-9 and along <= 0:  # on the edge
            return True
        if (y1 > y) != (y2 > y) and x < x1 + (x2 - x1) * (y - y1) / (y2 - y1):
            inside = not inside
    return inside

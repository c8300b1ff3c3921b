"""Markers on an image: drag each to its zone, or point at the right one (hot spot)."""

import math
import re
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean
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

    def middle(self) -> tuple[float, float]:
        """A point in it, far from its edge where that is simple."""
        if self.shape == "circle":
            x, y, _radius = self.coordinates
            return x, y
        if self.shape == "rectangle":
            left, top, width, height = self.coordinates
            return left + width / 2, top + height / 2
        return _inside_polygon(self.coordinates)


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
        for number in range(1, len(self.markers) + 1):
            field = f"marker-{number}"
            for x, y in self._points(answer, number):
                hit = next((it for it in open_ if it.marker == number and it.has(x, y)), None)
                right[field] = min(right.get(field, 1.0), float(hit is not None))
                if hit is not None:
                    open_.remove(hit)
        hits = len(self.zones) - len(open_)
        return Marked(hits / max(1, len(self.zones)), right)

    def solution(self) -> Answer:
        """A point in each zone, as far as its marker may be set so often."""
        points: dict[str, list[str]] = {}
        for zone in self.zones:
            if 1 <= zone.marker <= len(self.markers):
                field = points.setdefault(f"marker-{zone.marker}", [])
                if len(field) < self._allowed(zone.marker):
                    field.append(_written(*zone.middle()))
        return points

    def summary(self, answer: Answer) -> str:
        """Each marker that was set, and its points."""
        points = {
            number: [_written(*it) for it in self._points(answer, number)]
            for number in range(1, len(self.markers) + 1)
        }
        return "; ".join(
            f"{' '.join(self.markers[number - 1].text.split())} → {' '.join(places)}"
            for number, places in points.items()
            if places
        )

    def guess(self) -> float | None:
        """None, as for Moodle: nobody knows where people would set them."""
        return None

    def _allowed(self, number: int) -> int:
        return self.markers[number - 1].times or len(self.zones) + 1

    def _points(self, answer: Answer, number: int) -> list[tuple[float, float]]:
        """The points that count of a marker."""
        points = [_point(it) for it in answer.get(f"marker-{number}", ())]
        return [it for it in points if it is not None][: self._allowed(number)]


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


def _written(x: float, y: float) -> str:
    """A point as ``_point`` reads it."""
    return ",".join(f"{it:.4f}".rstrip("0").rstrip(".") for it in (x, y))


def _inside_polygon(coordinates: tuple[float, ...]) -> tuple[float, float]:
    """The mean of the corners, or else a point between two edges; a corner if all is too thin."""
    mean = (fmean(coordinates[::2]), fmean(coordinates[1::2]))
    for x, y in (mean, _between_edges(coordinates)):
        read = _point(_written(x, y))
        if read is not None and _in_polygon(*read, coordinates):
            return read
    return coordinates[0], coordinates[1]


def _between_edges(coordinates: tuple[float, ...]) -> tuple[float, float]:
    """Half way up the tallest strip without a corner in it, in the middle of its widest part.

    By the even-odd rule the parts inside are those between the first and the second edge that
    a level line crosses, the third and the fourth, and so on.
    """
    corners = list(zip(coordinates[::2], coordinates[1::2], strict=True))
    levels = sorted(coordinates[1::2])
    low, high = max(pairwise(levels), key=lambda it: it[1] - it[0])
    y = (low + high) / 2
    crossed = sorted(
        x1 + (x2 - x1) * (y - y1) / (y2 - y1)
        for (x1, y1), (x2, y2) in zip(corners, [*corners[1:], corners[0]], strict=True)
        if (y1 > y) != (y2 > y)
    )
    spans = list(zip(crossed[::2], crossed[1::2], strict=False))
    left, right = max(spans, key=lambda it: it[1] - it[0], default=(coordinates[0],) * 2)
    return (left + right) / 2, y

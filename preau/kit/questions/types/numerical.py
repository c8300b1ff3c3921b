"""Numbers, with a tolerance and units."""

import math
import re
from dataclasses import dataclass
from typing import ClassVar

from preau.kit.questions.types.body import Answer, Body, Marked, one, shares_to_one, typed

_NUMBER = re.compile(
    r"(?P<number>[+-]?(?:\d+(?:[ \u00a0\u202f']\d{3})*(?:[.,]\d*)?|[.,]\d+))"
    r"(?:(?:\s*[x×*·]\s*10\s*\^?\s*|[eE])(?P<power>[+-]?\d{1,4}))?"
    r"\s*(?P<unit>.*)"
)


@dataclass(frozen=True)
class Value:
    """A number that is taken as an answer. ``value`` None takes any number."""

    value: float | None
    tolerance: float = 0.0
    share: float = 1.0
    feedback: str = ""
    relative: bool = False  # whether the tolerance is a share of the value

    def takes(self, number: float) -> bool:
        """Whether that number is near enough; what rounding did to the bounds is forgiven."""
        if self.value is None:
            return True
        room = self.tolerance * (abs(self.value) if self.relative else 1.0)
        return abs(number - self.value) <= room + 1e-9 * max(abs(self.value), abs(room))


@dataclass(frozen=True)
class Unit:
    """A unit that may follow the number; ``factor`` of it make one of the values' unit."""

    name: str
    factor: float = 1.0


@dataclass(frozen=True)
class Numerical(Body):
    """A number, and its unit where units are given, in the answer's field ``number``.

    The first value that takes the number counts. A wrong or missing unit takes
    ``unit_penalty`` off the share; with 1.0 it makes the answer wrong.
    """

    TYPE: ClassVar[str] = "numerical"

    values: tuple[Value, ...]
    units: tuple[Unit, ...] = ()
    unit_penalty: float = 0.0

    def problems(self) -> list[str]:
        """There is a value, and one earns the mark."""
        found = []
        if any(value.value is not None and not math.isfinite(value.value) for value in self.values):
            found.append("A value is not a finite number.")
        if any(value.tolerance < 0 for value in self.values):
            found.append("A tolerance is below 0.")
        if any(unit.factor <= 0 or not unit.name.strip() for unit in self.units):
            found.append("A unit needs a name, and a factor above 0.")
        missing = shares_to_one([value.share for value in self.values])
        return [*found, missing] if missing else found

    def fields(self) -> dict[str, frozenset[str] | None]:
        """Any text: what is no number is told so."""
        return {"number": None}

    def mark(self, answer: Answer) -> Marked:
        """The share of the first value that takes the number."""
        read = read_number(one(answer, "number"))
        if read is None:
            return Marked(0.0, {"number": 0.0} if one(answer, "number").strip() else {})
        number, written = read
        factors = {_folded(unit.name): unit.factor for unit in self.units}
        known = _folded(written) in factors if self.units else not written
        number /= factors.get(_folded(written), 1.0)
        for value in self.values:
            if value.takes(number):
                penalty = 0.0 if known else self.unit_penalty if self.units else 1.0
                share = max(0.0, value.share - penalty) if value.share > 0 else value.share
                said = (value.feedback,) if value.feedback else ()
                return Marked(share, {"number": max(0.0, share)}, said)
        return Marked(0.0, {"number": 0.0})

    def solution(self) -> Answer:
        """The best value, in its own unit where there is one."""
        best, earned = "", 0.0
        for value in sorted(self.values, key=lambda it: -it.share):
            for text in self._written(0.0 if value.value is None else value.value):
                share = self.mark({"number": [text]}).share or 0.0
                if share > earned:
                    best, earned = text, share
            if earned >= value.share:
                break
        return {"number": [best]} if best else {}

    def summary(self, answer: Answer) -> str:
        """What was typed."""
        return typed(answer, "number")

    def guess(self) -> float | None:
        """Nothing, unless any number is taken."""
        return next((it.share for it in self.values if it.value is None), 0.0)

    def _written(self, number: float) -> list[str]:
        """The number with each unit, that of the values first, and without."""
        units = sorted(self.units, key=lambda unit: unit.factor != 1.0)
        return [*(f"{number * it.factor:.12g} {it.name}" for it in units), f"{number:.12g}"]


def read_number(text: str) -> tuple[float, str] | None:
    """The number at the start of a text and what follows it; None if there is none.

    Reads both 3.14 and 3,14, 1 000 with spaces, 6.02e23 and 6,02 × 10^23. A comma is a decimal
    comma: with several separators of one kind (1,000,000) the text is no number.
    """
    found = _NUMBER.fullmatch(" ".join(text.replace("−", "-").split()))
    if found is None:
        return None
    digits = re.sub(r"[ \u00a0\u202f']", "", found["number"]).replace(",", ".")
    number = float(f"{digits}e{found['power'] or 0}")
    unit = found["unit"].strip()
    if not math.isfinite(number) or unit[:1] in tuple("0123456789.,+-"):
        return None
    return number, unit


def _folded(unit: str) -> str:
    return "".join(unit.split())

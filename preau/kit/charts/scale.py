"""From numbers to places: axes with round numbers."""

import math
from dataclasses import dataclass

_STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Scale:
    """From 0 to a round number not below ``most``, drawn from ``begin`` to ``end``."""

    most: float
    begin: float
    end: float

    @property
    def step(self) -> float:
        """Between two marks of the axis, some four: 1, 2, 2.5 or 5 times a power of ten."""
        rough = max(self.most, 1e-9) / 4
        power = 10.0 ** math.floor(math.log10(rough))
        found = next(it * power for it in _STEPS if it * power >= rough * 0.999999)
        return max(found, 1.0) if self.most >= 4 else found

    @property
    def top(self) -> float:
        """The last mark."""
        return self.step * max(1, math.ceil(self.most / self.step - 1e-9))

    @property
    def marks(self) -> list[float]:
        """All marks, from 0."""
        return [self.step * number for number in range(round(self.top / self.step) + 1)]

    def place(self, value: float) -> float:
        """Where a value is."""
        return self.begin + (self.end - self.begin) * value / self.top


def short(value: float) -> str:
    """A number of an axis: 2,500 is 2.5k."""
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:.2f}".rstrip("0").rstrip(".") + letter
    return f"{value:.2f}".rstrip("0").rstrip(".")


def clipped(words: str, most: int) -> str:
    """The words, or so many letters of them with a sign that there are more."""
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def spread(count: int, most: int) -> list[int]:
    """Which of so many labels are shown: at most ``most``, evenly, the first among them."""
    every = max(1, math.ceil(count / most))
    return list(range(0, count, every))

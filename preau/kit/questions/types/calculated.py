"""Calculated: a formula whose values differ from attempt to attempt."""

import math
import re
from dataclasses import dataclass
from random import Random
from typing import ClassVar

from preau.kit.questions.formula import FormulaError, compute, variables_in
from preau.kit.questions.types.body import Answer, Body, Marked, shares_to_one, typed
from preau.kit.questions.types.numerical import Numerical, Unit, Value

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_TRIES = 200  # values are drawn again when a formula has none with them
_CHECKED = 20  # seeds that ``problems`` tries


@dataclass(frozen=True)
class Variable:
    """A value drawn evenly between two bounds, then rounded to so many decimals."""

    name: str
    low: float
    high: float
    decimals: int = 1

    def draw(self, random: Random) -> float:
        """One value; the same for the same state of ``random``."""
        return round(random.uniform(self.low, self.high), self.decimals)

    def problems(self) -> list[str]:
        """Why nothing can be drawn."""
        found = [] if _NAME.fullmatch(self.name) else [f"“{self.name}” is no name of a value."]
        if not (math.isfinite(self.low) and math.isfinite(self.high)) or self.low > self.high:
            found.append(f"The bounds of “{self.name}” are not in order.")
        if not 0 <= self.decimals <= 12:
            found.append(f"“{self.name}” must have 0 to 12 decimals.")
        return found


@dataclass(frozen=True)
class Formula:
    """An answer: values in braces, as in ``{speed} * {time}``.

    The right value is shown, and compared, with ``digits`` decimals, or with ``significant``
    that many significant figures; with -1 it is not rounded.
    """

    text: str
    tolerance: float = 0.01
    relative: bool = True
    share: float = 1.0
    feedback: str = ""
    digits: int = -1
    significant: bool = False

    def value(self, values: dict[str, float]) -> float:
        """The right value, rounded. Raises ``FormulaError``."""
        found = compute(self.text, values)
        if self.digits < 0:
            return found
        return significant(found, self.digits) if self.significant else round(found, self.digits)


@dataclass(frozen=True)
class Calculated(Body):
    """Formulas and the values they are computed with; answered like ``Numerical``.

    An attempt keeps its seed: ``draw`` gives the same values again, which stand in the stem in
    the place of their names in braces.
    """

    TYPE: ClassVar[str] = "calculated"

    formulas: tuple[Formula, ...]
    variables: tuple[Variable, ...]
    units: tuple[Unit, ...] = ()
    unit_penalty: float = 0.0

    def problems(self) -> list[str]:
        """Every formula has its values, and a result with whatever is drawn."""
        found = [problem for variable in self.variables for problem in variable.problems()]
        names = {variable.name for variable in self.variables}
        for formula in self.formulas:
            found += [
                f"The formula “{formula.text}” needs a value “{missing}”."
                for missing in sorted(variables_in(formula.text) - names)
            ]
        if missing_share := shares_to_one([formula.share for formula in self.formulas]):
            found.append(missing_share)
        if found:
            return found
        try:
            for seed in range(_CHECKED):
                found += self.asked(seed).problems()
        except FormulaError as error:
            found.append(str(error))
        return found[:5]

    def draw(self, seed: int) -> dict[str, float]:
        """The values of one attempt. Raises ``FormulaError`` when no draw gives a result."""
        random = Random(seed)  # noqa: S311  (nothing is secret here)
        for again in range(_TRIES):
            values = {variable.name: variable.draw(random) for variable in self.variables}
            try:
                for formula in self.formulas:
                    formula.value(values)
            except FormulaError:
                if again == _TRIES - 1:
                    raise
            else:
                return values
        raise FormulaError("No values can be drawn.")

    def asked(self, seed: int) -> Numerical:
        """The question as one attempt has it."""
        values = self.draw(seed)
        return Numerical(
            tuple(
                Value(
                    formula.value(values), formula.tolerance, formula.share, formula.feedback,
                    formula.relative,
                )
                for formula in self.formulas
            ),
            self.units,
            self.unit_penalty,
        )  # fmt: skip

    def fields(self) -> dict[str, frozenset[str] | None]:
        """As for numbers."""
        return {"number": None}

    def mark(self, answer: Answer) -> Marked:
        """With the values of seed 0; an attempt marks with ``asked(seed)``."""
        return self.asked(0).mark(answer)

    def solution(self) -> Answer:
        """With the values of seed 0; an attempt has that of ``asked(seed)``."""
        return self.asked(0).solution()

    def summary(self, answer: Answer) -> str:
        """What was typed."""
        return typed(answer, "number")

    def guess(self) -> float | None:
        """Nothing."""
        return 0.0


def significant(value: float, figures: int) -> float:
    """The value with so many significant figures, 1 or more."""
    return float(f"{value:.{max(1, figures) - 1}e}") if value else 0.0


def filled(text: str, values: dict[str, float], *, comma: bool = False) -> str:
    """A text with the values in the place of their names in braces, perhaps with decimal commas."""
    for name, value in values.items():
        written = f"{value:.12g}"
        text = text.replace(f"{{{name}}}", written.replace(".", ",") if comma else written)
    return text

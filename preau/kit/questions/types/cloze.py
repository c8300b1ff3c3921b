"""Embedded answers (Cloze): small questions inside a text."""

import re
from dataclasses import dataclass, replace
from typing import ClassVar

from preau.kit.questions.types.body import Answer, Body, Marked
from preau.kit.questions.types.choice import Choice
from preau.kit.questions.types.numerical import Numerical
from preau.kit.questions.types.short_answer import ShortAnswer

PLACE = re.compile(r"\{#([1-9][0-9]{0,2})\}")  # in the text: the number of the part, from 1
LAYOUTS = ("inline", "vertical", "horizontal")  # a list in the line, or buttons


@dataclass(frozen=True)
class Part:
    """One of the questions; exactly one of the three is there. ``weight``: of the whole mark."""

    choice: Choice | None = None
    short_answer: ShortAnswer | None = None
    numerical: Numerical | None = None
    weight: float = 1.0
    layout: str = "inline"

    @property
    def body(self) -> Body | None:
        """The question, if there is just one."""
        bodies = [it for it in (self.choice, self.short_answer, self.numerical) if it is not None]
        return bodies[0] if len(bodies) == 1 else None


@dataclass(frozen=True)
class Cloze(Body):
    """A text (HTML) with a place ``{#n}`` for each of its parts.

    The fields of part n are those of its question behind ``part-n-``.
    """

    TYPE: ClassVar[str] = "cloze"

    text: str
    parts: tuple[Part, ...]

    def problems(self) -> list[str]:
        """Every part has its place once, and can be answered."""
        places = [int(number) for number in PLACE.findall(self.text)]
        numbers = list(range(1, len(self.parts) + 1))
        found = [] if self.parts else ["There is nothing to answer in the text."]
        if sorted(places) != numbers:
            found.append("The text must have one place {#n} for each of its parts.")
        if sum(part.weight for part in self.parts) <= 0 or any(it.weight < 0 for it in self.parts):
            found.append("The weights of the parts must be 0 or more, and not all 0.")
        for number, part in enumerate(self.parts, 1):
            if part.layout not in LAYOUTS:
                found.append(f"“{part.layout}” is no layout; use {', '.join(LAYOUTS)}.")
            if part.body is None:
                found.append(f"Part {number} is not one question.")
            else:
                found += [f"Part {number}: {problem}" for problem in part.body.problems()]
        return found

    def fields(self) -> dict[str, frozenset[str] | None]:
        """Those of all parts."""
        return {
            f"part-{number}-{field}": values
            for number, part in enumerate(self.parts, 1)
            if part.body is not None
            for field, values in part.body.fields().items()
        }

    def mark(self, answer: Answer) -> Marked:
        """The mean of the parts' shares, by their weights; a part below 0 counts as 0."""
        earned = 0.0
        right: dict[str, float] = {}
        said: list[str] = []
        for number, part in enumerate(self.parts, 1):
            if part.body is None:
                continue
            marked = part.body.mark(_own(answer, number))
            share = max(0.0, marked.share or 0.0)
            earned += share * part.weight
            if marked.right:
                right[f"part-{number}"] = share
            said += marked.feedback
        weight = sum(part.weight for part in self.parts)
        return Marked(min(1.0, earned / weight) if weight > 0 else 0.0, right, tuple(said))

    def solution(self) -> Answer:
        """Those of all parts."""
        return {
            f"part-{number}-{field}": values
            for number, part in enumerate(self.parts, 1)
            if part.body is not None
            for field, values in part.body.solution().items()
        }

    def summary(self, answer: Answer) -> str:
        """The number of each part that was answered, and its answer."""
        said = {
            number: part.body.summary(_own(answer, number))
            for number, part in enumerate(self.parts, 1)
            if part.body is not None
        }
        return "; ".join(f"{number}: {text}" for number, text in said.items() if text)

    def guess(self) -> float | None:
        """The mean of the parts, by their weights; None if one of them has none."""
        earned = 0.0
        for part in self.parts:
            if (share := _guess(part)) is None:
                return None
            earned += share * part.weight
        weight = sum(part.weight for part in self.parts)
        return earned / weight if weight > 0 else None


def _own(answer: Answer, number: int) -> Answer:
    """What was answered to one part, by its own fields."""
    start = f"part-{number}-"
    return {
        field.removeprefix(start): values
        for field, values in answer.items()
        if field.startswith(start)
    }


def _guess(part: Part) -> float | None:
    """As the part counts here, where no share is below 0."""
    if part.choice is not None and not part.choice.several:
        options = tuple(replace(it, share=max(0.0, it.share)) for it in part.choice.options)
        return replace(part.choice, options=options).guess()
    found = part.body.guess() if part.body is not None else None
    return None if found is None else max(0.0, found)

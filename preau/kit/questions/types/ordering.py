"""Ordering: bring things into their order."""

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from preau.kit.questions.plain import label_of
from preau.kit.questions.types.body import Answer, Body, Marked, one

GRADINGS = ("all-or-nothing", "place", "neighbour")


@dataclass(frozen=True)
class Ordering(Body):
    """Items (HTML) in their right order.

    The answer's field ``place-0`` has the place, from 1, that was given to the first item.
    ``grading`` says what earns a share: only the whole order, each item in its place, or each
    item that is followed by the right one.
    """

    TYPE: ClassVar[str] = "ordering"

    items: tuple[str, ...]
    grading: str = "place"

    def problems(self) -> list[str]:
        """Two things can be in order."""
        found = [] if len(self.items) > 1 else ["There must be two items or more."]
        if any(not item.strip() for item in self.items):
            found.append("An item has no text.")
        if self.grading not in GRADINGS:
            found.append(f"“{self.grading}” is no grading; use {', '.join(GRADINGS)}.")
        return found

    def fields(self) -> dict[str, frozenset[str] | None]:
        """A place for each item."""
        places = frozenset(str(place) for place in range(1, len(self.items) + 1))
        return {f"place-{number}": places for number in range(len(self.items))}

    def mark(self, answer: Answer) -> Marked:
        """By ``grading``."""
        given = self._given(answer)
        right = {
            f"place-{number}": float(place == number + 1)
            for number, place in enumerate(given)
            if place
        }
        if self.grading == "all-or-nothing":
            share = float(given == list(range(1, len(self.items) + 1)))
        elif self.grading == "neighbour":
            follow = [bool(here) and there == here + 1 for here, there in pairwise(given)]
            share = sum(follow) / max(1, len(follow))
        else:
            share = sum(right.values()) / max(1, len(self.items))
        return Marked(share, right)

    def solution(self) -> Answer:
        """The order given here."""
        return {f"place-{number}": [str(number + 1)] for number in range(len(self.items))}

    def summary(self, answer: Answer) -> str:
        """The items in the order of their places; those without one are left out."""
        places = sorted((place, number) for number, place in enumerate(self._given(answer)))
        return "; ".join(label_of(self.items[number]) for place, number in places if place)

    def guess(self) -> float | None:
        """Over all orders: n! of them, in each of which one item on average is in its place.

        The same for neighbours: each of the n - 1 pairs is together in 1 of n orders (de
        Montmort, “Essay d'analyse sur les jeux de hazard”, 1713). Moodle has 0 here.
        """
        count = len(self.items)
        if count < 2:
            return None
        if self.grading == "all-or-nothing":
            return 1 / math.factorial(min(count, 170))  # the most that a float can hold
        return 1 / count

    def _given(self, answer: Answer) -> list[int]:
        """The place of each item, 0 where it has none."""
        places = {str(place): place for place in range(1, len(self.items) + 1)}
        return [places.get(one(answer, f"place-{it}"), 0) for it in range(len(self.items))]

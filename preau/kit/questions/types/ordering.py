"""Ordering: bring things into their order."""

from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

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
        places = {str(place): place for place in range(1, len(self.items) + 1)}
        given = [places.get(one(answer, field), 0) for field in self.fields()]
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

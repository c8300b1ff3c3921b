"""A text between questions: nothing is asked."""

from dataclasses import dataclass
from typing import ClassVar

from preau.kit.questions.types.body import Answer, Body, Marked


@dataclass(frozen=True)
class Description(Body):
    """Its stem is all there is of it."""

    TYPE: ClassVar[str] = "description"

    def problems(self) -> list[str]:
        """None."""
        return []

    def fields(self) -> dict[str, frozenset[str] | None]:
        """None."""
        return {}

    def mark(self, answer: Answer) -> Marked:
        """Worth nothing."""
        return Marked(0.0, {})

    def solution(self) -> Answer:
        """None."""
        return {}

    def summary(self, answer: Answer) -> str:
        """Nothing."""
        return ""

    def guess(self) -> float | None:
        """None: nothing can be earned."""
        return None

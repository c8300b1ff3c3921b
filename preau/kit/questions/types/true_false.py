"""True or false."""

from dataclasses import dataclass
from typing import ClassVar

from preau.kit.questions.types.body import Answer, Body, Marked, one


@dataclass(frozen=True)
class TrueFalse(Body):
    """A sentence that is true or not. The answer's field ``choice`` is ``true`` or ``false``."""

    TYPE: ClassVar[str] = "true-false"

    right: bool
    if_true: str = ""  # said to whoever answers true
    if_false: str = ""

    def problems(self) -> list[str]:
        """Nothing can be wrong with it."""
        return []

    def fields(self) -> dict[str, frozenset[str] | None]:
        """One of the two words."""
        return {"choice": frozenset({"true", "false"})}

    def mark(self, answer: Answer) -> Marked:
        """All or nothing."""
        said = one(answer, "choice")
        if said not in ("true", "false"):
            return Marked(0.0, {})
        share = float((said == "true") == self.right)
        feedback = self.if_true if said == "true" else self.if_false
        return Marked(share, {said: share}, (feedback,) if feedback else ())

    def solution(self) -> Answer:
        """The right word."""
        return {"choice": ["true" if self.right else "false"]}

    def summary(self, answer: Answer) -> str:
        """The word that was sent: ``true`` or ``false``."""
        said = one(answer, "choice")
        return said if said in ("true", "false") else ""

    def guess(self) -> float | None:
        """One of two."""
        return 0.5

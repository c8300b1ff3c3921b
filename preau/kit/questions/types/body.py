"""What every type of question has."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

Answer = Mapping[str, Sequence[str]]  # what was sent: the values of each field, as texts


@dataclass(frozen=True)
class Marked:
    """How an answer did: the share of the mark, and what to say of its parts.

    ``share`` is None where a person has to mark it. ``right`` tells of each field that was
    answered whether it is right (1.0), wrong (0.0) or in between.
    """

    share: float | None
    right: Mapping[str, float]
    feedback: tuple[str, ...] = ()


class Body(ABC):
    """The part of a question that depends on its type."""

    TYPE: ClassVar[str]

    @abstractmethod
    def problems(self) -> list[str]:
        """Why nobody could answer it; a sentence each."""

    @abstractmethod
    def fields(self) -> dict[str, frozenset[str] | None]:
        """The fields of an answer; for each the values it may take, or None for any text."""

    @abstractmethod
    def mark(self, answer: Answer) -> Marked:
        """The share of the mark for this answer, from -1 to 1.

        Fields and values that ``fields`` does not name count as not answered.
        """

    @abstractmethod
    def solution(self) -> Answer:
        """An answer that earns the whole mark, or as much as any; empty where there is none."""

    @abstractmethod
    def summary(self, answer: Answer) -> str:
        """The answer as plain text, for a report; empty where nothing was answered.

        Fields and values that ``fields`` does not name are left out. Never raises.
        """

    @abstractmethod
    def guess(self) -> float | None:
        """The share that answering at random earns on average, -1 to 1; None: it has none.

        What is typed freely earns 0. Source: Moodle, “Quiz statistics calculations”, random
        guess score; each type's docstring says where it goes further.
        """

    def begun(self) -> dict[str, str]:
        """The text that a field begins with before anybody wrote in it; most begin empty."""
        return {}

    def asked(self, seed: int) -> "Body":
        """The question as the attempt with that seed has it: itself where nothing is drawn."""
        return self


def one(answer: Answer, field: str) -> str:
    """The first value of a field, or nothing."""
    values = answer.get(field) or ("",)
    return values[0]


def typed(answer: Answer, field: str) -> str:
    """The first value of a field that has one line, its spaces as ``mark`` sees them."""
    return " ".join(one(answer, field).split())


def shares_to_one(shares: Sequence[float]) -> str | None:
    """A sentence if no answer earns the whole mark."""
    if any(abs(share - 1) < 1e-6 for share in shares):
        return None
    return "No answer is worth the whole mark: one must have a share of 100 %."

"""What is known of each attempt."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

Column = Sequence[float | None]  # the marks in one slot, attempt by attempt


@dataclass(frozen=True)
class Attempt:
    """One attempt; each field has a value for each slot of the quiz, in their order.

    A mark of None is left out of the slot's own indices and counts as 0 in the quiz: pass it
    where the slot was not asked or not marked yet. Where it was asked and left empty, 0.0 is
    what [Moodle] recommends. ``questions`` has the keys of the questions (slots may draw them);
    ``answers`` the texts of what was answered, several where several options were taken.
    Either may be empty where it is not known.
    """

    marks: Sequence[float | None]
    questions: Sequence[str] = ()
    answers: Sequence[tuple[str, ...]] = ()


def check(attempts: Sequence[Attempt], slots: int) -> None:
    """Raises ``ValueError`` for an attempt that has not a value for each slot."""
    for attempt in attempts:
        if len(attempt.marks) != slots:
            raise ValueError(f"An attempt has {len(attempt.marks)} marks, the quiz {slots} slots.")
        for given in (attempt.questions, attempt.answers):
            if given and len(given) != slots:
                raise ValueError(f"An attempt tells of {len(given)} slots, the quiz has {slots}.")


def totals_of(attempts: Sequence[Attempt]) -> list[float]:
    """The mark of each attempt in the quiz. Raises ``ValueError`` for one that is not finite."""
    totals = [math.fsum(filter(None, attempt.marks)) for attempt in attempts]
    if not all(map(math.isfinite, totals)):
        raise ValueError("A mark is not a finite number.")
    return totals


def columns_of(attempts: Sequence[Attempt], slots: int) -> list[Column]:
    """The marks slot by slot."""
    if not attempts:
        return [()] * slots
    return list(zip(*(attempt.marks for attempt in attempts), strict=True))


def questions_of(attempts: Sequence[Attempt], slots: int) -> list[Sequence[str]]:
    """The questions slot by slot, of the attempts whose questions are known."""
    known = [attempt.questions for attempt in attempts if attempt.questions]
    return list(zip(*known, strict=True)) if known else [()] * slots

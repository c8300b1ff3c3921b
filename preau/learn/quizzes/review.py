"""What a learner is shown of an attempt, and when."""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

PHASES = ("during", "after", "later", "closed")
REVIEWED = ("answers", "right", "marks", "feedback", "general", "solution")
_JUST_AFTER = timedelta(minutes=2)


@dataclass(frozen=True)
class Shown:
    """What may be shown; ``marks`` also of the whole attempt."""

    answers: bool = False  # what was answered
    right: bool = False  # whether it is right
    marks: bool = False
    feedback: bool = False  # on this answer
    general: bool = False  # on the question, whatever was answered
    solution: bool = False  # a right answer


EVERYTHING = Shown(*(True for _field in fields(Shown)))
_WHILE_OPEN = ("answers", "right", "marks", "feedback", "general")


def shown(review: dict[str, Any], phase: str) -> Shown:
    """What the quiz's ``review`` shows in that phase; all of it where it says nothing.

    While an attempt is open a solution is never shown, and the rest only of what was checked.
    """
    named = review.get(phase)
    if named is None:
        named = _WHILE_OPEN if phase == "during" else REVIEWED
    found = {name: name in named for name in REVIEWED}
    if phase == "during":
        found |= {"answers": True, "solution": False}
    return Shown(**found)


def phase_of(submitted_at: datetime | None, closes_at: datetime | None, now: datetime) -> str:
    """In which of the phases an attempt is."""
    if submitted_at is None:
        return "during"
    if closes_at is not None and closes_at <= now:
        return "closed"
    return "after" if now - submitted_at < _JUST_AFTER else "later"

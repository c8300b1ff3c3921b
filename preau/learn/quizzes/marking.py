"""What an answer is worth, in the attempt that gave it."""

from typing import Any

from preau.kit.questions.behaviours import BEHAVIOURS, CERTAINTY, Behaviour
from preau.kit.questions.types import Body
from preau.kit.questions.types.body import Answer, Marked
from preau.learn.quizzes.answers import is_answered
from preau.learn.quizzes.models import Attempt
from preau.learn.quizzes.questions import Version


def behaviour_of(attempt: Attempt) -> Behaviour:
    """The behaviour that the attempt began with."""
    return BEHAVIOURS[attempt.behaviour]


def seed_of(attempt: Attempt, slot: int) -> int:
    """What draws the values of one question of the attempt."""
    return attempt.seed * 1000 + slot


_ORDERS = 24  # in which a question's choices may stand: so few that rendered ones are shared


def order_of(attempt: Attempt, slot: int) -> int:
    """What shuffles in one question of the attempt: one of a few orders, by the attempt's seed."""
    return attempt.seed % _ORDERS * 1000 + slot


def body_in(attempt: Attempt, slot: int, version: Version) -> Body:
    """The question as this attempt has it, its values drawn."""
    return version.body.asked(seed_of(attempt, slot))


def marked(body: Body, answer: Answer) -> Marked:
    """How the answer did; nothing answered is worth nothing."""
    return body.mark(answer) if is_answered(answer) else Marked(0.0, {})


def share_of(
    attempt: Attempt, slot: int, version: Version, answer: Answer, tries: list[dict[str, Any]]
) -> float | None:
    """The share of the mark for what was answered in the end, after these tries.

    An answer that was changed after the last check counts as one more try.
    """
    behaviour = behaviour_of(attempt)
    shares = [it["share"] for it in tries] if behaviour.checks else []
    if not tries or tries[-1]["answer"] != answer:
        shares.append(marked(body_in(attempt, slot, version), answer).share)
    certainty = (answer.get(CERTAINTY) or ("",))[0] if is_answered(answer) else ""
    if behaviour.certainty and not is_answered(answer):
        return 0.0
    return behaviour.share(shares, version.question, certainty)

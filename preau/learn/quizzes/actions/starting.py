"""Beginning an attempt."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import get_language

from preau.kit.errors import PreauError
from preau.learn.accounts.permissions import Role
from preau.learn.courses.outline import OutlineActivity
from preau.learn.enrolments.access import Place, enrolment_of
from preau.learn.enrolments.actions import lock
from preau.learn.quizzes.models import Attempt
from preau.learn.quizzes.plan import Plan
from preau.learn.quizzes.queries import attempts_of
from preau.learn.quizzes.rules import Rules


class StartRefusedError(PreauError):
    """Why no attempt can begin now: ``reason`` and, where waiting helps, until when."""

    def __init__(self, reason: str, until: datetime | None = None) -> None:
        super().__init__(f"attempt refused: {reason}")
        self.reason, self.until = reason, until


@dataclass(frozen=True)
class Standing:
    """Where somebody stands in a quiz: their attempts, by number."""

    attempts: list[Attempt]

    @property
    def open(self) -> Attempt | None:
        """The attempt that is not handed in yet."""
        return next((it for it in self.attempts if it.is_open), None)

    def refusal(self, rules: Rules, now: datetime) -> StartRefusedError | None:
        """Why no attempt may begin now, the key aside."""
        if rules.opens_at is not None and now < rules.opens_at:
            return StartRefusedError("early", rules.opens_at)
        if rules.closes_at is not None and rules.closes_at <= now:
            return StartRefusedError("closed")
        if rules.attempts and len(self.attempts) >= rules.attempts:
            return StartRefusedError("used-up")
        handed_in = [it.submitted_at for it in self.attempts if it.submitted_at is not None]
        if handed_in and rules.delay and now < max(handed_in) + rules.delay:
            return StartRefusedError("delay", max(handed_in) + rules.delay)
        return None


def start(
    place: Place, activity: OutlineActivity, plan: Plan, rules: Rules, now: datetime, key: str = ""
) -> tuple[Attempt, bool]:
    """Begin an attempt, or go on with the one that is open; True when it is new.

    Raises ``StartRefusedError``. Who teaches may try at any time: that counts for nothing.
    """
    trial = place.role != Role.LEARNER
    with transaction.atomic():
        enrolment = lock(enrolment_of(place))
        standing = Standing(attempts_of(enrolment.pk, activity.id))
        if standing.open is not None:
            return standing.open, False
        if not trial:
            if refusal := standing.refusal(rules, now):
                raise refusal
            if rules.access_key and not constant_time_compare(key.strip(), rules.access_key):
                raise StartRefusedError("key")
        language = place.run.course.language_for(get_language())
        seed = secrets.randbelow(2_000_000)
        asked = plan.ask(language, seed)
        attempt = Attempt.objects.create(
            enrolment=enrolment,
            activity_id=activity.id,
            number=len(standing.attempts) + 1,
            language=language,
            behaviour=rules.behaviour,
            seed=seed,
            asked=asked,
            per_page=rules.per_page,
            started_at=now,
            due_at=rules.due(now),
            trial=trial,
            out_of=sum(mark for _slot, _version, mark in asked),
        )
    return attempt, True

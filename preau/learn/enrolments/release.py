"""When a section opens to a learner."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from preau.learn.courses.models import Pace, Run
from preau.learn.courses.outline import Outline, OutlineSection
from preau.learn.courses.texts import Text
from preau.learn.enrolments.models import Enrolment


@dataclass(frozen=True)
class Lock:
    """Why a section is closed: until a moment, or until another section is complete."""

    until: datetime | None = None
    after: Text | None = None  # the other section's title


def locks_of(
    run: Run, enrolment: Enrolment, outline: Outline, done: frozenset[int]
) -> dict[str, Lock]:
    """The locked sections by key, as of now."""
    now = timezone.now()
    found = {}
    for section in outline.sections:
        lock = _lock(section, run, enrolment, outline, done, now)
        if lock is not None:
            found[section.key] = lock
    return found


def _lock(
    section: OutlineSection,
    run: Run,
    enrolment: Enrolment,
    outline: Outline,
    done: frozenset[int],
    now: datetime,
) -> Lock | None:
    moments = [opens_at(section, run, enrolment), run.starts_at]
    opens = max((moment for moment in moments if moment is not None), default=None)
    if opens is not None and opens > now:
        return Lock(until=opens)
    after = outline.section(section.release.get("after", ""))
    if after is not None and section.key not in run.release and not after.to_complete <= done:
        return Lock(after=after.title)
    return None


def opens_at(section: OutlineSection, run: Run, enrolment: Enrolment) -> datetime | None:
    """The moment at which the section opens, if its rule is about time.

    A date of the run goes before the section's own rule. ``days`` counts from the run's
    start, and from enrolment in a run at one's own pace. A day is a day of the run's zone, also
    when it has 23 or 25 hours.
    """
    if section.key in run.release:
        return datetime.fromisoformat(run.release[section.key])
    if "days_after_enrolment" in section.release:
        return _later(enrolment.enrolled_at, section.release["days_after_enrolment"], run)
    if "days" in section.release:
        counted = run.pace == Pace.SCHEDULED and run.starts_at is not None
        start = run.starts_at if counted else enrolment.enrolled_at
        return _later(start or enrolment.enrolled_at, section.release["days"], run)
    return None


def _later(moment: datetime, days: int, run: Run) -> datetime:
    """The same hour on the clocks of the run's zone, so many days later."""
    return (moment.astimezone(run.zone) + timedelta(days=days)).astimezone(UTC)

"""Reading marks."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from preau.learn.courses.kinds import kind_of
from preau.learn.courses.models import Course, Run
from preau.learn.courses.outline import Outline, OutlineActivity, outline_of
from preau.learn.courses.texts import in_language
from preau.learn.enrolments.access import Place
from preau.learn.enrolments.models import Enrolment, RunRole
from preau.learn.grades.models import Grade
from preau.learn.quizzes.access import plan_in
from preau.learn.quizzes.models import Attempt
from preau.learn.quizzes.pages.front import attempt_row, counting
from preau.learn.quizzes.plan import plan_of

_AT_ONCE = 500  # enrolments read together for the file


def graded(outline: Outline) -> list[OutlineActivity]:
    """The activities of a course that earn a mark, in order."""
    return [it for it in outline.pages if kind_of(it.kind).graded]


@dataclass(frozen=True)
class Line:
    """One graded activity of a learner: what counts, and each attempt."""

    activity: OutlineActivity
    title: str
    locked: bool
    best: dict[str, Any] | None  # mark, out_of, share, passed; None while nothing is told
    attempts: list[dict[str, Any]]


def lines_of(place: Place) -> list[Line]:
    """The marks of one learner as they may see them now."""
    attempts: dict[int, list[Attempt]] = {}
    if place.enrolment is not None:
        for it in Attempt.objects.filter(enrolment=place.enrolment).order_by("number"):
            attempts.setdefault(it.activity_id, []).append(it)
    lines = []
    for activity in graded(place.outline):
        own = attempts.get(activity.id, [])
        _plan, rules = plan_in(place, activity)
        lines.append(
            Line(
                activity=activity,
                title=in_language(activity.title, get_language()),
                locked=activity.section_key in place.locks,
                best=counting(own, rules),
                attempts=[attempt_row(it, rules) for it in own],
            )
        )
    return lines


def shares_of(course: Course, enrolments: Collection[int]) -> dict[int, float]:
    """What each of these enrolments earned of all marks of the course, from 0 to 1.

    Empty where nothing earns a mark. What was not done, or is not marked yet, earns nothing.
    """
    worth = {it.id: _worth(course, it.id) for it in graded(outline_of(course))}
    if not worth:
        return {}
    earned = dict.fromkeys(enrolments, 0.0)
    possible = dict.fromkeys(enrolments, sum(worth.values()))
    rows = Grade.objects.filter(enrolment__in=enrolments, activity__in=worth, mark__isnull=False)
    for row in rows:
        earned[row.enrolment_id] += row.mark or 0.0
        possible[row.enrolment_id] += row.out_of - worth[row.activity_id]
    return {it: earned[it] / possible[it] if possible[it] > 0 else 0.0 for it in earned}


def _worth(course: Course, activity_id: int) -> float:
    """The marks of a quiz, as they are for who has not begun it."""
    plan = plan_of(course, activity_id)
    if plan.rules.out_of is not None:
        return plan.rules.out_of
    return float(sum(mark for _slot, _version, mark in plan.ask(next(iter(plan.entries)), seed=0)))


def table_of(
    run: Run, after: int = 0, count: int = 50, words: str = ""
) -> list[tuple[Enrolment, list[Grade | None]]]:
    """Learners in the order they enrolled, each with a mark (or None) for every activity."""
    from django.db.models import Q

    rows = Enrolment.objects.filter(run=run, active=True, role=RunRole.LEARNER, pk__gt=after)
    if words:
        rows = rows.filter(Q(person__name__icontains=words) | Q(person__email__startswith=words))
    enrolments = list(rows.select_related("person").order_by("pk")[:count])
    columns = [it.id for it in graded(outline_of(run.course))]
    grades = {
        (grade.enrolment_id, grade.activity_id): grade
        for grade in Grade.objects.filter(enrolment__in=enrolments, activity__in=columns)
    }
    return [(it, [grades.get((it.pk, column)) for column in columns]) for it in enrolments]


def rows_for_file(run: Run) -> Iterator[list[str]]:
    """The header, then a row for each learner; a mark is a plain number, or empty."""
    columns = graded(outline_of(run.course))
    yield ["name", "email", "group", *(it.key for it in columns)]
    after = 0
    while page := table_of(run, after, _AT_ONCE):
        for enrolment, grades in page:
            marks = ["" if it is None or it.mark is None else f"{it.mark:.6g}" for it in grades]
            yield [enrolment.person.name, enrolment.person.email, enrolment.group, *marks]
        after = page[-1][0].pk

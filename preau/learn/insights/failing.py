"""Who fails again and again: learners who never passed a quiz that they tried twice or more."""

from dataclasses import dataclass

from django.db.models import Count, F, Max, Q

from preau.learn.courses.models import Activity, Run
from preau.learn.courses.texts import in_language
from preau.learn.enrolments.models import Enrolment
from preau.learn.quizzes.models import Attempt
from preau.learn.quizzes.rules import rules_of_course

TWICE = 2


@dataclass(frozen=True)
class Failing:
    """Somebody, and a quiz that they handed in so often without passing."""

    enrolment: Enrolment
    quiz: str  # title
    attempts: int
    best: float  # share of the mark, 0 to 1


def failing_in(run: Run, times: int = TWICE) -> list[tuple[int, int, int, float]]:
    """Enrolment, quiz, attempts and best share of each, the most attempts first.

    An attempt counts once it is wholly marked. What passes is what the course says, else half.
    Who left, or finished the run all the same, is not among them.
    """
    stays = Q(enrolment__role="learner", enrolment__active=True, enrolment__finished_at=None)
    quizzes = Activity.objects.filter(section__course=run.course_id, kind="quiz")
    passing = {it.pk: rules_of_course(it.content).pass_share for it in quizzes}
    rows = (
        Attempt.objects.filter(
            stays, enrolment__run=run, activity__in=passing, trial=False, out_of__gt=0,
            submitted_at__isnull=False, mark__isnull=False,
        )
        .values_list("enrolment", "activity")
        .annotate(attempts=Count("pk"), best=Max(F("mark") / F("out_of")))
        .filter(attempts__gte=times)
    )  # fmt: skip
    found = [row for row in rows if row[3] < passing[row[1]] - 1e-9]
    return sorted(found, key=lambda it: (-it[2], it[3], it[0], it[1]))


def named(found: list[tuple[int, int, int, float]]) -> list[Failing]:
    """Some of them with their names."""
    people = Enrolment.objects.select_related("person").in_bulk([it[0] for it in found])
    quizzes = Activity.objects.in_bulk([it[1] for it in found])
    return [
        Failing(people[enrolment], in_language(quizzes[quiz].title), attempts, best)
        for enrolment, quiz, attempts, best in found
        if enrolment in people and quiz in quizzes
    ]

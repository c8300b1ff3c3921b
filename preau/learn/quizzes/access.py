"""Which attempts somebody may see."""

from django.http import Http404

from preau.learn.courses.outline import OutlineActivity
from preau.learn.enrolments.access import Place, activity_in, enrolment_of, open_activity_in
from preau.learn.quizzes.kind import QuizKind
from preau.learn.quizzes.models import Attempt
from preau.learn.quizzes.plan import Plan, plan_of
from preau.learn.quizzes.queries import attempt_of
from preau.learn.quizzes.rules import Rules, rules_for


def quiz_in(place: Place, key: str) -> OutlineActivity:
    """A quiz of the run that the person may take; 404 for anything else."""
    activity = open_activity_in(place, key)
    if activity.kind != QuizKind.key:
        raise Http404
    return activity


def any_quiz_in(place: Place, key: str) -> OutlineActivity:
    """A quiz of the run, for who teaches it; 404 for anything else."""
    activity = activity_in(place, key)
    if activity.kind != QuizKind.key:
        raise Http404
    return activity


def plan_in(place: Place, activity: OutlineActivity) -> tuple[Plan, Rules]:
    """What the quiz asks, and the rules that this person takes it by."""
    plan = plan_of(place.run.course, activity.id)
    return plan, rules_for(plan.rules, place.run, activity.id, activity.key, place.enrolment)


def own_attempt(place: Place, activity: OutlineActivity, number: int, rules: Rules) -> Attempt:
    """One's own attempt of that number, due as the rules are now; 404 if there is none."""
    attempt = attempt_of(enrolment_of(place).pk, activity.id, number)
    if attempt is None:
        raise Http404
    attempt.due_at = rules.due(attempt.started_at)
    return attempt

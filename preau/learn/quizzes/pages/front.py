"""What a quiz's own page shows each learner: their attempts, and what they may do now."""

from datetime import datetime
from math import ceil
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from preau.learn.accounts.permissions import Role
from preau.learn.enrolments.access import place_of
from preau.learn.quizzes.access import plan_in
from preau.learn.quizzes.actions.answering import is_late
from preau.learn.quizzes.actions.handing_in import hand_in
from preau.learn.quizzes.actions.starting import Standing, StartRefusedError
from preau.learn.quizzes.models import Attempt
from preau.learn.quizzes.queries import attempts_of
from preau.learn.quizzes.review import phase_of, shown
from preau.learn.quizzes.rules import Rules
from preau.learn.theme.form_token import form_token

_LONGEST_WAIT = 24 * 3600  # seconds


def front_html(request: HttpRequest, key: str) -> str:
    """The part of the page that is this person's own."""
    place, now = place_of(request), timezone.now()
    activity = place.outline.by_key[key]
    plan, rules = plan_in(place, activity)
    attempts: list[Attempt] = []
    if place.enrolment is not None:
        attempts = attempts_of(place.enrolment.pk, activity.id)
        for it in attempts:
            it.due_at = rules.due(it.started_at)
            if it.is_open and is_late(it, rules, now):
                hand_in(it, place.enrolment, rules, now, by_server=True)
    standing = Standing(attempts)
    refusal = None if place.role != Role.LEARNER else standing.refusal(rules, now)
    context = {
        "run": place.run,
        "activity": activity,
        "rules": rules,
        "teaches": place.role != Role.LEARNER,
        "follows": place.enrolment is not None,
        "open": standing.open,
        "refusal": said(refusal) if refusal is not None and standing.open is None else "",
        "opens_in": _seconds_until(refusal, now),
        "left": max(0, rules.attempts - len(attempts)) if rules.attempts else None,
        "rows": [attempt_row(it, rules) for it in attempts],
        "count": plan.count(place.run.course.language_for(None)),
        "best": counting(attempts, rules),
        "minutes": int(rules.time_limit.total_seconds() / 60) if rules.time_limit else None,
        "counts": _counts_words(rules),
        "passes": round(100 * rules.pass_share)
        if rules.tells_pass or activity.completion.get("rule") == "passed"
        else None,
        "csrf_token": form_token(request),
    }
    return render_to_string("quizzes/_front.html", context)


def _seconds_until(refusal: StartRefusedError | None, now: datetime) -> int | None:
    """Seconds until the quiz opens, where that is today; so nobody has to reload the page."""
    if refusal is None or refusal.reason != "early" or refusal.until is None:
        return None
    seconds = ceil((refusal.until - now).total_seconds())
    return seconds if seconds <= _LONGEST_WAIT else None


def _counts_words(rules: Rules) -> str:
    return {
        "best": _("the best counts"),
        "average": _("their average counts"),
        "first": _("the first counts"),
        "last": _("the last counts"),
    }[rules.counts]


def attempt_row(attempt: Attempt, rules: Rules) -> dict[str, Any]:
    """An attempt with what may be told of it, and its mark as the quiz counts."""
    told = shown(rules.review, phase_of(attempt.submitted_at, rules.closes_at, timezone.now()))
    return {"attempt": attempt, "told": told, "mark": scaled(attempt, rules)}


def scaled(attempt: Attempt, rules: Rules) -> tuple[float | None, float]:
    """The attempt's mark and what it is out of, as the quiz counts."""
    out_of = rules.out_of or attempt.out_of
    if attempt.mark is None:
        return None, out_of
    return (attempt.mark / attempt.out_of * out_of if attempt.out_of else 0.0), out_of


def counting(attempts: list[Attempt], rules: Rules) -> dict[str, Any] | None:
    """The mark that counts, as the learner may see it; None while there is none to be told."""
    done = [it for it in attempts if it.mark is not None and not it.trial]
    told = [
        shown(rules.review, phase_of(it.submitted_at, rules.closes_at, timezone.now())).marks
        for it in done
    ]
    if not done or not all(told):
        return None
    marks = [scaled(it, rules)[0] or 0.0 for it in done]
    out_of = scaled(done[-1], rules)[1]
    mark = rules.counting(marks) or 0.0
    return {"mark": mark, "out_of": out_of, "share": round(100 * mark / out_of) if out_of else 0,
            "passed": out_of > 0 and mark / out_of >= rules.pass_share - 1e-9}  # fmt: skip


def said(refusal: StartRefusedError) -> str:
    """Why no attempt can begin, in a sentence."""
    moment = date_format(localtime(refusal.until), "DATETIME_FORMAT") if refusal.until else ""
    return {
        "early": _("This quiz opens on %(moment)s.") % {"moment": moment},
        "closed": _("This quiz is closed."),
        "used-up": _("You have used all your attempts."),
        "delay": _("You can begin the next attempt on %(moment)s.") % {"moment": moment},
        "key": _("This is not the access key of the quiz. Ask your teacher."),
    }[refusal.reason]

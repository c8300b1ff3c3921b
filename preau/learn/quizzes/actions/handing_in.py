"""Handing an attempt in, by its learner or by the server when its time is over."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from preau.learn.courses.outline import OutlineActivity, outline_of
from preau.learn.enrolments.actions import complete, lock, uncomplete
from preau.learn.enrolments.models import Completion, Enrolment
from preau.learn.quizzes import signals
from preau.learn.quizzes.actions.answering import is_late
from preau.learn.quizzes.marking import behaviour_of, share_of
from preau.learn.quizzes.models import Attempt, Response
from preau.learn.quizzes.plan import plan_of
from preau.learn.quizzes.queries import lock_attempt, responses_of
from preau.learn.quizzes.questions import Version, versions_of
from preau.learn.quizzes.rules import Rules, rules_for

_AT_ONCE = 500  # attempts that one sweep takes


def hand_in(
    attempt: Attempt, enrolment: Enrolment, rules: Rules, now: datetime, *, by_server: bool = False
) -> bool:
    """Mark everything and close the attempt; False when it was closed already.

    ``enrolment`` is its own, with its run and course.
    """
    with transaction.atomic():
        locked = lock_attempt(attempt.pk)
        if not locked.is_open:
            return False
        versions = versions_of([version for _slot, version, _mark in locked.asked])
        rows = _all_responses(locked, versions, now)
        locked.submitted_at, locked.by_server = now, by_server
        add_up(locked, rows)
        locked.save(update_fields=["submitted_at", "by_server", "mark", "to_mark"])
        for name in ("submitted_at", "by_server", "mark", "to_mark"):
            setattr(attempt, name, getattr(locked, name))
        if not locked.trial:
            _handed_in(enrolment, locked.activity_id)
            count_again(enrolment, locked.activity_id, rules)
    return True


def _all_responses(attempt: Attempt, versions: dict[int, Version], now: datetime) -> list[Response]:
    """A row for each question: those not answered are worth nothing."""
    rows = {row.slot: row for row in responses_of(attempt)}
    if behaviour_of(attempt).checks:  # what was changed after the last check is one more try
        for row in rows.values():
            share = share_of(attempt, row.slot, versions[row.version_id], row.answer, row.tries)
            if share != row.share:
                row.share, row.to_mark = share, share is None
                row.save(update_fields=["share", "to_mark"])
    missing = [
        Response(attempt=attempt, slot=slot, version_id=version, share=0.0, saved_at=now)
        for slot, version, _mark in attempt.asked
        if slot not in rows
    ]
    Response.objects.bulk_create(missing)
    return [*rows.values(), *missing]


def add_up(attempt: Attempt, rows: Iterable[Response]) -> None:
    """Set the attempt's mark from its answers'; None while one waits for a person.

    The sum is not below 0, whatever wrong answers take off.
    """
    marks = {slot: mark for slot, _version, mark in attempt.asked}
    rows = list(rows)
    attempt.to_mark = sum(row.share is None for row in rows)
    earned = sum(marks[row.slot] * row.share for row in rows if row.share is not None)
    attempt.mark = None if attempt.to_mark else max(0.0, earned)


def count_again(enrolment: Enrolment, activity_id: int, rules: Rules) -> None:
    """Tell which mark counts now, and whether it completes the activity; in a transaction."""
    enrolment.done = lock(enrolment).done  # two attempts marked at once: one after the other
    rows = Attempt.objects.filter(
        enrolment=enrolment, activity=activity_id, trial=False, mark__isnull=False
    )
    marks = list(rows.order_by("number").values_list("mark", "out_of"))
    shares = [(mark or 0.0) / whole if whole else 0.0 for mark, whole in marks]
    share = rules.counting(shares)
    out_of = rules.out_of or (marks[-1][1] if marks else 0.0)
    signals.marked.send(
        sender=Attempt,
        enrolment=enrolment,
        activity_id=activity_id,
        mark=None if share is None else share * out_of,
        out_of=out_of,
    )
    _complete_by_mark(enrolment, activity_id, rules, share)


def _complete_by_mark(
    enrolment: Enrolment, activity_id: int, rules: Rules, share: float | None
) -> None:
    activity = _outlined(enrolment, activity_id)
    if activity is None:
        return
    least = {"passed": rules.pass_share, "mark": activity.completion.get("share", 0) / 100}.get(
        activity.completion.get("rule", "")
    )
    if least is None:
        return
    if share is not None and share >= least - 1e-9:
        complete(enrolment, activity, Completion.How.MARK)
    elif activity.id in enrolment.done:
        uncomplete(enrolment, activity)


def _handed_in(enrolment: Enrolment, activity_id: int) -> None:
    activity = _outlined(enrolment, activity_id)
    if activity is not None and activity.completion.get("rule") == "handed-in":
        complete(enrolment, activity, Completion.How.HANDED_IN)


def _outlined(enrolment: Enrolment, activity_id: int) -> OutlineActivity | None:
    outline = outline_of(enrolment.run.course)
    return next((it for it in outline.pages if it.id == activity_id), None)


def hand_in_late(now: datetime | None = None) -> int:
    """Hand in every attempt whose time is over, its grace too; answers how many."""
    now = now or timezone.now()
    due = Attempt.objects.filter(submitted_at=None, due_at__lt=now).order_by("due_at")
    count = 0
    for attempt in due.select_related("enrolment__run__course", "activity")[:_AT_ONCE]:
        rules = rules_of(attempt)
        if is_late(attempt, rules, now):
            count += hand_in(attempt, attempt.enrolment, rules, now, by_server=True)
        elif (moved := rules.due(attempt.started_at)) != attempt.due_at:
            Attempt.objects.filter(pk=attempt.pk, submitted_at=None).update(due_at=moved)
    return count


def rules_of(attempt: Attempt) -> Rules:
    """The rules of an attempt that came with its enrolment, run, course and activity."""
    run, activity = attempt.enrolment.run, attempt.activity
    plan = plan_of(run.course, activity.pk)
    return rules_for(plan.rules, run, activity.pk, activity.key, attempt.enrolment)


def move_due(run_id: int, activity_id: int) -> None:
    """After a change of the rules: note when every open attempt is due now.

    The rules themselves are what counts; this is how the server finds what is late.
    """
    rows = Attempt.objects.filter(
        submitted_at=None, activity=activity_id, enrolment__run=run_id
    ).select_related("enrolment__run__course", "activity")
    for attempt in rows:
        Attempt.objects.filter(pk=attempt.pk, submitted_at=None).update(
            due_at=rules_of(attempt).due(attempt.started_at)
        )


def move_due_in(course_id: int) -> None:
    """The same for every quiz of a course, after its import."""
    rows = Attempt.objects.filter(submitted_at=None, activity__course=course_id)
    for run_id, activity_id in rows.values_list("enrolment__run", "activity").distinct():
        move_due(run_id, activity_id)

"""Marking again after a question's key was mended: first who changes, then the change."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from preau.kit.questions.types.calculated import Calculated
from preau.learn.courses.models import Run
from preau.learn.quizzes.actions.handing_in import add_up
from preau.learn.quizzes.actions.marking_by_hand import settle
from preau.learn.quizzes.marking import body_in, marked, share_of
from preau.learn.quizzes.models import Attempt, QuestionVersion, Response
from preau.learn.quizzes.questions import Version, versions_of

_AT_ONCE = 200  # attempts read together


@dataclass(frozen=True)
class Regraded:
    """An attempt whose mark would change, or did."""

    attempt: Attempt
    before: float | None
    after: float | None
    slots: tuple[int, ...]  # the questions whose share differs


@dataclass(frozen=True)
class _Current:
    """For each version asked, the version whose key counts now."""

    by_asked: dict[int, Version]

    @classmethod
    def of(cls, attempts: list[Attempt]) -> "_Current":
        asked = {version for it in attempts for _slot, version, _mark in it.asked}
        questions = dict(
            QuestionVersion.objects.filter(pk__in=asked).values_list("pk", "question_id")
        )
        now = dict(
            QuestionVersion.objects.filter(
                question__in=set(questions.values()), version=F("question__version")
            ).values_list("question_id", "pk")
        )
        both = versions_of([*asked, *now.values()])
        return cls(
            {
                pk: both[now[question]] if _fits(both[pk], both[now[question]]) else both[pk]
                for pk, question in questions.items()
            }
        )


def _fits(asked: Version, now: Version) -> bool:
    """Whether an answer to the one can be marked by the other's key: it saw the same values too."""
    if asked.question.type != now.question.type or asked.body.fields() != now.body.fields():
        return False
    if isinstance(asked.body, Calculated) and isinstance(now.body, Calculated):
        return asked.body.variables == now.body.variables
    return True


def preview(run: Run, activity_id: int) -> Iterator[Regraded]:
    """Every attempt of the run that would get another mark; nothing is changed."""
    for attempts in _pages(run, activity_id):
        current = _Current.of(attempts)
        rows: dict[int, list[Response]] = {}
        for row in Response.objects.filter(attempt__in=attempts):
            rows.setdefault(row.attempt_id, []).append(row)
        for attempt in attempts:
            before = attempt.mark
            changed = _mark_again(attempt, rows.get(attempt.pk, []), current)
            if changed:
                add_up(attempt, rows[attempt.pk])
                slots = tuple(sorted(row.slot for row in changed))
                yield Regraded(attempt, before, attempt.mark, slots)


def regrade(run: Run, activity_id: int) -> int:
    """Do it; answers how many attempts changed. Each is a transaction: safe to repeat."""
    count = 0
    for attempts in _pages(run, activity_id):
        current = _Current.of(attempts)
        for attempt in attempts:
            with transaction.atomic():
                locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
                rows = list(Response.objects.filter(attempt=locked))
                changed = _mark_again(locked, rows, current)
                for row in changed:
                    row.save(update_fields=["share", "to_mark", "marked_as"])
                if changed:
                    settle(locked)
                    count += 1
    if count:
        Run.objects.filter(pk=run.pk).update(version=F("version") + 1)  # reports look again
    return count


def _pages(run: Run, activity_id: int) -> Iterator[list[Attempt]]:
    after = 0
    while True:
        rows = Attempt.objects.filter(
            enrolment__run=run, activity=activity_id, submitted_at__isnull=False, pk__gt=after
        ).select_related("enrolment__person")
        page = list(rows.order_by("pk")[:_AT_ONCE])
        if not page:
            return
        yield page
        after = page[-1].pk


def _mark_again(attempt: Attempt, rows: list[Response], current: _Current) -> list[Response]:
    """Set the new shares; answers the rows that changed. What a person marked stays."""
    changed = []
    for row in rows:
        version = current.by_asked[row.version_id]
        if row.marked_at is not None:
            continue
        tries = [
            {**it, "share": marked(body_in(attempt, row.slot, version), it["answer"]).share}
            for it in row.tries
        ]
        share = share_of(attempt, row.slot, version, row.answer, tries)
        if share == row.share:
            continue
        row.share, row.to_mark, row.marked_as_id = share, share is None, version.id
        changed.append(row)
    return changed

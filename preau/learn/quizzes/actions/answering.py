"""Keeping what is answered while an attempt is open."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, OperationalError, transaction

from preau.kit.errors import PreauError
from preau.kit.questions.types.body import Answer
from preau.learn.quizzes.answers import FILES, answer_key, is_answered
from preau.learn.quizzes.marking import behaviour_of, body_in, marked, share_of
from preau.learn.quizzes.models import Attempt, Response
from preau.learn.quizzes.queries import (
    lock_attempt,
    lock_if_open,
    response_of,
    responses_of,
    write_response,
)
from preau.learn.quizzes.questions import Version
from preau.learn.quizzes.rules import Rules

_TRIES = 5  # to save answers that others change at the same time


class AttemptClosedError(PreauError):
    """An answer to an attempt that is handed in, or whose time is over."""


@dataclass(frozen=True)
class Change:
    """An answer to one question; ``base`` is the key of the answer that it was made from."""

    slot: int
    answer: Answer
    base: str


@dataclass
class Saved:
    """What became of the changes: keys of the answers that stand now, and of conflicts."""

    keys: dict[int, str] = field(default_factory=dict)
    conflicts: dict[int, Answer] = field(default_factory=dict)  # what the server has instead
    done: set[int] = field(default_factory=set)  # checked already: nothing was changed


def is_late(attempt: Attempt, rules: Rules, now: datetime) -> bool:
    """Whether the attempt's time is over by the rules as they are now, its grace too."""
    due = rules.due(attempt.started_at)
    return due is not None and now > due + rules.grace


def _check_open(attempt: Attempt, rules: Rules, now: datetime) -> None:
    if not attempt.is_open or is_late(attempt, rules, now):
        raise AttemptClosedError("the attempt is closed")


def lock_open(attempt: Attempt, rules: Rules, now: datetime) -> Attempt:
    """The attempt's row, locked; raises ``AttemptClosedError`` if it takes no answer any more."""
    locked = lock_attempt(attempt.pk)
    _check_open(locked, rules, now)
    return locked


def save_answers(
    attempt: Attempt,
    changes: list[Change],
    versions: dict[int, Version],
    rules: Rules,
    now: datetime,
) -> Saved:
    """Keep the answers, each only if it was made from the one that stands.

    An answer that another tab or device changed meanwhile is not overwritten: it is told as a
    conflict. ``versions`` has the question of every slot that changes.

    What the answers are worth is worked out before anything is locked: on SQLite whoever writes
    keeps everybody else from it. Then they are written if nothing changed since, else weighed
    again.
    """
    _check_open(attempt, rules, now)
    for _again in range(_TRIES):
        saved, rows = _weighed(attempt, changes, versions, now)
        if _written(attempt, rows):
            return saved
    raise OperationalError("the answers of this attempt change faster than they can be saved")


def _weighed(
    attempt: Attempt, changes: list[Change], versions: dict[int, Version], now: datetime
) -> tuple[Saved, list[Response]]:
    """What becomes of the changes, and the rows to be written."""
    if len(changes) == 1:
        found = response_of(attempt, changes[0].slot)
        standing = {found.slot: found} if found is not None else {}
    else:
        standing = {row.slot: row for row in responses_of(attempt)}
    saved, rows = Saved(), []
    for change in changes:
        version = versions[change.slot]
        row = standing.get(change.slot) or Response(
            attempt=attempt, slot=change.slot, version_id=version.id
        )
        if _weigh(row, change, saved, version):
            row.saved_at = now
            rows.append(row)
    return saved, rows


def _weigh(row: Response, change: Change, saved: Saved, version: Version) -> bool:
    """Put the answer into its row, and what it is worth; False where nothing is to be written."""
    attached = {FILES: row.answer[FILES]} if FILES in row.answer else {}
    answer = {name: list(values) for name, values in change.answer.items()} | attached
    standing, wanted = answer_key(row.answer), answer_key(answer)
    saved.keys[change.slot] = standing
    if standing == wanted:
        return False
    if row.done:
        saved.done.add(change.slot)
        return False
    if standing != change.base:
        saved.conflicts[change.slot] = row.answer
        del saved.keys[change.slot]
        return False
    row.answer = answer
    row.share = share_of(row.attempt, row.slot, version, answer, row.tries)
    row.to_mark = row.share is None
    saved.keys[change.slot] = wanted
    return True


def _written(attempt: Attempt, rows: list[Response]) -> bool:
    """Write all rows or none; False when one was changed meanwhile."""
    if not rows:
        return True
    try:
        with transaction.atomic():
            if not lock_if_open(attempt.pk):
                raise AttemptClosedError("the attempt is closed")
            if all(map(write_response, rows)):
                return True
            transaction.set_rollback(True)
    except IntegrityError:  # another request made the same row first
        pass
    return False


def check_answer(
    attempt: Attempt, slot: int, version: Version, rules: Rules, now: datetime
) -> Response | None:
    """Mark the answer that stands now; None when there is nothing (more) to check.

    The same answer again is no new try: a request that was sent twice costs nothing.
    """
    behaviour = behaviour_of(attempt)
    with transaction.atomic():
        locked = lock_open(attempt, rules, now)
        row = response_of(locked, slot)
        if row is None or row.done or not behaviour.checks or not is_answered(row.answer):
            return None
        if row.tries and row.tries[-1]["answer"] == row.answer:
            return None
        share = marked(body_in(locked, slot, version), row.answer).share
        row.tries = [*row.tries, {"answer": row.answer, "share": share}]
        right = share is not None and share > 0.999
        row.done = right or share is None or len(row.tries) >= behaviour.tries(version.question)
        row.share = share_of(locked, slot, version, row.answer, row.tries)
        row.to_mark = row.share is None
        row.revision += 1
        row.save()
    return row


def turn_to(attempt: Attempt, page: int) -> None:
    """Note the furthest page that was opened."""
    if page > attempt.page:
        Attempt.objects.filter(pk=attempt.pk, page__lt=page).update(page=page)
        attempt.page = page

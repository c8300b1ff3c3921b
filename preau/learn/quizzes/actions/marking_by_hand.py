"""A person says what an answer is worth."""

from datetime import datetime

from django.db import transaction

from preau.learn.accounts.models import Person
from preau.learn.quizzes.actions.handing_in import add_up, count_again, rules_of
from preau.learn.quizzes.models import Attempt, Response


def mark_by_hand(
    response_id: int,
    share: float,
    comment: str,
    levels: list[int],
    marker: Person,
    now: datetime,
    *,
    instead_of: datetime | None = None,
) -> bool:
    """Keep a mark, in place of the one given by hand at ``instead_of`` (None: there was none).

    False when somebody else marked it meanwhile.
    """
    with transaction.atomic():
        owner = Response.objects.values_list("attempt_id", flat=True).get(pk=response_id)
        attempt = Attempt.objects.select_for_update().get(pk=owner)
        row = Response.objects.get(pk=response_id)
        if row.marked_at != instead_of:
            return False
        row.share, row.comment, row.levels = share, comment, levels
        row.to_mark, row.marked_by, row.marked_at = False, marker, now
        row.save()
        settle(attempt)
    return True


def settle(attempt: Attempt) -> None:
    """After an answer's mark changed: the attempt's, then the one that counts."""
    add_up(attempt, Response.objects.filter(attempt=attempt))
    attempt.save(update_fields=["mark", "to_mark"])
    if attempt.trial or attempt.is_open:
        return
    whole = Attempt.objects.select_related("enrolment__run__course", "activity").get(pk=attempt.pk)
    count_again(whole.enrolment, whole.activity_id, rules_of(whole))

"""Erasing in the background."""

import logging
from datetime import timedelta

from django_tasks import task

from preau.kit.errors import PreauError
from preau.learn.leaving.erasing import carry_out
from preau.learn.leaving.journal import erasures
from preau.learn.notifications.schedule import Entry

logger = logging.getLogger(__name__)


@task()
def erase_person(reference: str) -> None:
    """Bring an erasure to its end."""
    carry_out(reference)


@task()
def go_on_erasing() -> int:
    """Bring those to their end that something ended before, or that wait; answers how many."""
    left = [it.reference for it in erasures()]
    for reference in left:
        try:
            carry_out(reference)
        except PreauError as error:
            logger.warning("The erasure %s goes on in an hour: %s", reference, error)
    return len(left)


SCHEDULE = (Entry("go-on-erasing", go_on_erasing, timedelta(hours=1)),)

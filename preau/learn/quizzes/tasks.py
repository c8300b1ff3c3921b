"""What quizzes have done in the background."""

from datetime import timedelta

from django_tasks import task

from preau.learn.notifications.schedule import Entry
from preau.learn.quizzes.actions.handing_in import hand_in_late


@task()
def hand_in_what_is_late() -> int:
    """Hand in the attempts whose time is over; answers how many."""
    return hand_in_late()


SCHEDULE = (Entry("hand-in-late-attempts", hand_in_what_is_late, timedelta(minutes=1)),)

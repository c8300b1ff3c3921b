"""What statistics have done in the background."""

from datetime import timedelta

from django.conf import settings
from django_tasks import task

from preau.learn.events.retention import forget
from preau.learn.insights.gathering.now import gathering, yesterday
from preau.learn.notifications.schedule import Entry

_DAYS = 31  # that one task gathers; the next goes on


@task()
def gather_statistics() -> int:
    """Count what was recorded up to yesterday; answers how many days were done.

    Due every hour, it has work once a day, and where a machine was off more often. What is left
    after a month of days is a task of its own, so that others have their turn.
    """
    last = yesterday()
    it = gathering(last)
    for _report in it.compact():
        pass
    days = sum(done.period == "day" for done in it.run(_DAYS))
    if days and it.days_left():
        gather_statistics.enqueue()
    elif settings.EVENTS_KEEP_DAYS:
        forget(it.folder, last - timedelta(days=settings.EVENTS_KEEP_DAYS))
    return days


SCHEDULE = (Entry("gather-statistics", gather_statistics, timedelta(hours=1)),)

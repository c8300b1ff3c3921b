"""What is done again and again, and the clock that starts it.

Each entry is due at multiples of its period since 1970. Whoever moves the entry's row to the
new period first enqueues the task: several schedulers may run, each period is served once.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django_tasks.base import Task

from preau.learn.notifications.models import Due
from preau.learn.notifications.tasks import (
    forget_old_tasks,
    forget_sessions,
    take_back_lost_tasks,
)


@dataclass(frozen=True)
class Entry:
    """One task and how often it is due."""

    key: str
    task: Task[..., Any]
    every: timedelta


SCHEDULE = (
    Entry("forget-sessions", forget_sessions, timedelta(hours=6)),
    Entry("forget-old-tasks", forget_old_tasks, timedelta(days=1)),
    Entry("take-back-lost-tasks", take_back_lost_tasks, timedelta(hours=1)),
)


def whole_schedule() -> tuple[Entry, ...]:
    """The entries of this app and of those above it, which the settings name."""
    more: list[tuple[Entry, ...]] = [import_string(name) for name in settings.SCHEDULES]
    return sum(more, SCHEDULE)


def enqueue_due(now: datetime, schedule: tuple[Entry, ...] | None = None) -> list[str]:
    """Enqueue what is due and not yet served in its period; answers the keys enqueued."""
    served = []
    for entry in whole_schedule() if schedule is None else schedule:
        period = int((now - datetime(1970, 1, 1, tzinfo=UTC)) / entry.every)
        Due.objects.get_or_create(key=entry.key, defaults={"period": -1})
        mine = Due.objects.filter(key=entry.key, period__lt=period).update(period=period)
        if mine:
            entry.task.enqueue()
            served.append(entry.key)
    return served

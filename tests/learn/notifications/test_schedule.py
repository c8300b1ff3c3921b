"""What is done again and again: once in each period, however many schedulers there are."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from preau.learn.notifications.models import Due
from preau.learn.notifications.schedule import SCHEDULE, Entry, enqueue_due, whole_schedule
from preau.learn.notifications.tasks import forget_sessions

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
ALL = [
    "forget-sessions", "forget-old-tasks", "take-back-lost-tasks", "hand-in-late-attempts",
    "look-for-certificates",
    "gather-statistics", "go-on-erasing",
]  # fmt: skip
DAILY = SCHEDULE[:2]  # four times a day, and once
BOTH = ["forget-sessions", "forget-old-tasks"]
HOURLY = (Entry("hourly", forget_sessions, HOUR),)


def enqueued():
    return DBTaskResult.objects.count()


@pytest.mark.django_db
def test_the_first_look_enqueues_everything():
    assert enqueue_due(NOON) == ALL
    paths = set(DBTaskResult.objects.values_list("task_path", flat=True))
    assert paths == {entry.task.module_path for entry in whole_schedule()}


@pytest.mark.django_db
def test_each_period_is_served_once():
    for minutes in (0, 1, 59, 5 * 60 + 59):
        enqueue_due(NOON + timedelta(minutes=minutes), DAILY)
    assert enqueued() == 2
    assert enqueue_due(NOON + 6 * HOUR, DAILY) == ["forget-sessions"]
    assert enqueue_due(NOON + 12 * HOUR, DAILY) == BOTH
    assert enqueue_due(NOON + 12 * HOUR, DAILY) == []


@pytest.mark.django_db
def test_what_was_missed_is_made_up_once():
    enqueue_due(NOON)
    assert enqueue_due(NOON + timedelta(days=400)) == ALL
    assert enqueue_due(NOON + timedelta(days=400)) == []


@pytest.mark.django_db
def test_a_clock_that_goes_back_enqueues_nothing_twice():
    enqueue_due(NOON)
    assert enqueue_due(NOON - timedelta(days=2)) == []
    assert enqueue_due(NOON) == []


@pytest.mark.django_db
def test_a_new_entry_starts_with_its_next_look():
    enqueue_due(NOON)
    assert enqueue_due(NOON, (*whole_schedule(), *HOURLY)) == ["hourly"]


@pytest.mark.django_db
@examples(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 600), max_size=12))
def test_in_any_order_of_looks_no_period_is_served_twice(db, minutes):
    Due.objects.all().delete()
    served = [it for it in minutes if enqueue_due(NOON + timedelta(minutes=it), HOURLY)]
    hours = [it // 60 for it in served]
    assert hours == sorted(set(hours))
    assert max(hours, default=None) == max((it // 60 for it in minutes), default=None)


@pytest.mark.django_db(transaction=True)
def test_eight_schedulers_at_once_enqueue_once():
    if connection.vendor == "sqlite":
        pytest.skip("the tests' SQLite is in memory; test_scheduler.py has real processes")
    served, start = [], threading.Barrier(8)

    def look():
        try:
            for hour in range(5):
                start.wait()
                served.append(enqueue_due(NOON + hour * HOUR, HOURLY))
        finally:
            connection.close()

    threads = [threading.Thread(target=look) for _each in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [it for it in served if it] == [["hourly"]] * 5
    assert (len(served), enqueued()) == (40, 5)

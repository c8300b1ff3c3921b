"""Housekeeping, as the scheduler and the worker do it."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from preau.learn.accounts.models import Person, Session
from tests.learn.notifications.letters import queued, work
from tests.people import noah, person, signed_in

# The worker closes a connection that it finds inside a transaction.
pytestmark = pytest.mark.django_db(transaction=True)


def keep_house():
    """What ``scheduler`` and ``db_worker`` do between them when everything is due."""
    call_command("scheduler", once=True)
    work()


def test_sessions_that_have_expired_are_forgotten_and_the_others_kept():
    staying, gone = signed_in(noah()), signed_in(person("Ada"))
    key = gone.cookies["preau_session"].value
    Session.objects.filter(session_key=key).update(expire_date=timezone.now() - timedelta(1))
    keep_house()
    assert list(Session.objects.values_list("person__name", flat=True)) == ["Noah"]
    assert staying.get("/dashboard/").status_code == 200
    assert gone.get("/dashboard/").status_code == 302
    assert Person.objects.count() == 2


def task(status, days):
    """A task that was enqueued, and if it is finished ended, so many days ago."""
    when = timezone.now() - timedelta(days=days)
    row = DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}},
        task_path="preau.learn.notifications.tasks.forget_sessions",
        backend_name="default",
        run_after=timezone.now() + timedelta(days=1),
        status=status,
        finished_at=when if status in {"SUCCESSFUL", "FAILED"} else None,
    )
    DBTaskResult.objects.filter(pk=row.pk).update(enqueued_at=when)
    return row


def test_old_results_are_forgotten_and_what_waits_never(settings):
    settings.TASKS_KEEP_DAYS = 10
    old = {task("SUCCESSFUL", 11).pk, task("FAILED", 11).pk}
    kept = {
        task("SUCCESSFUL", 9).pk,
        task("FAILED", 9).pk,
        task("READY", 400).pk,
        task("RUNNING", 400).pk,
    }
    keep_house()
    left = set(DBTaskResult.objects.values_list("pk", flat=True))
    assert left & (old | kept) == kept


def test_housekeeping_succeeds_and_says_how_many_sessions_went():
    signed_in(noah())
    Session.objects.update(expire_date=timezone.now() - timedelta(1))
    keep_house()
    assert queued() == []
    results = {
        row.task_path.rsplit(".", 1)[1]: (row.status, row.return_value)
        for row in DBTaskResult.objects.all()
    }
    assert results == {
        "forget_sessions": ("SUCCESSFUL", 1),
        "forget_old_tasks": ("SUCCESSFUL", None),
        "take_back_lost_tasks": ("SUCCESSFUL", 0),
        "hand_in_what_is_late": ("SUCCESSFUL", 0),
        "look_again": ("SUCCESSFUL", 0),
        "gather_statistics": ("SUCCESSFUL", 0),
        "go_on_erasing": ("SUCCESSFUL", 0),
    }

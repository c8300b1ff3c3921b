"""Tasks that were interrupted are done again; those at work are left alone."""

from datetime import timedelta

import pytest
from django.core.mail import send_mail
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from preau.learn.notifications.interrupted import LOST_AFTER, take_back
from tests.learn.notifications.letters import let_time_pass, queued, work

# The worker closes a connection that it finds inside a transaction.
pytestmark = pytest.mark.django_db(transaction=True)


def letter():
    """The task of a new letter."""
    before = set(DBTaskResult.objects.values_list("pk", flat=True))
    send_mail("Hello", "A text.", "preau@example.org", ["zoe@example.org"])
    return DBTaskResult.objects.exclude(pk__in=before).get()


def claimed(worker_id, ago=timedelta(0), times=1):
    """A letter that this worker has begun to send."""
    row = letter()
    for _each in range(times):
        row.claim(worker_id)
    DBTaskResult.objects.filter(pk=row.pk).update(started_at=timezone.now() - ago)
    return row


def waits(row):
    """Minutes until the task is done again; None when it does not wait."""
    row.refresh_from_db()
    if row.status != "READY":
        return None
    return round((row.run_after - timezone.now()) / timedelta(minutes=1))


def test_a_worker_begins_with_what_its_predecessor_left(site_mail):
    own, other = claimed("one"), claimed("two")
    assert take_back("one") == 1
    assert (waits(own), waits(other)) == (0, None)


def test_others_keep_theirs_until_their_machine_must_be_gone(site_mail):
    busy = claimed("two", ago=LOST_AFTER - timedelta(minutes=1))
    gone = claimed("three", ago=LOST_AFTER + timedelta(minutes=1))
    assert take_back() == 1
    assert (waits(busy), waits(gone)) == (None, 0)


def test_what_was_taken_over_by_another_is_the_others(site_mail):
    row = claimed("one")
    row.claim("two")
    assert take_back("one") == 0
    assert waits(row) is None


def test_what_is_done_is_not_done_again(site_mail):
    row = claimed("one", ago=2 * LOST_AFTER)
    row.set_successful("sent")
    assert take_back("one") == 0


def test_a_letter_that_kills_its_workers_gives_way_to_others(site_mail):
    rows = [claimed("one", times=times) for times in (1, 2, 3, 500)]
    assert take_back("one") == 4
    assert [waits(row) for row in rows] == [0, 1, 2, 60]


@pytest.mark.parametrize("error", [SystemExit(1), KeyboardInterrupt(), OperationalError("away")])
def test_a_failure_that_is_not_the_tasks_own_is_taken_back(site_mail, error):
    row = claimed("one")
    row.set_failed(error)
    assert take_back("two") == 1
    assert waits(row) == 0
    row.refresh_from_db()
    assert (row.exception_class_path, row.traceback, row.finished_at) == ("", "", None)


@pytest.mark.parametrize(
    ("error", "ago"), [(ValueError("a bug"), timedelta(0)), (SystemExit(1), 2 * LOST_AFTER)]
)
def test_other_failures_and_old_ones_stay(site_mail, error, ago):
    row = claimed("one")
    row.set_failed(error)
    DBTaskResult.objects.update(finished_at=timezone.now() - ago)
    assert take_back("one") == 0


@pytest.mark.parametrize("error", [OperationalError, InterfaceError, DatabaseError])
def test_a_database_that_goes_away_while_a_letter_is_put_off_loses_none(mail_server, error):
    """The mail server refuses the letter, and the database to take it for later."""

    def refuse(execute, sql, params, many, context):
        if sql.startswith("INSERT"):
            raise error("the database is away")
        return execute(sql, params, many, context)

    mail_server.answer = "451 later"
    letter()
    with connection.execute_wrapper(refuse):
        work()
    assert len(queued()) == 1
    mail_server.answer = "250 OK"
    let_time_pass()
    work()
    assert [it["Subject"] for it in mail_server.letters] == ["Hello"]
    assert queued() == []

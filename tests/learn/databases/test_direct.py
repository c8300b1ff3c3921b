"""Rows straight from the driver are those of Django's own way, and fail as it fails."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from preau.learn.accounts import sessions
from preau.learn.accounts.models import Person
from preau.learn.databases import direct
from preau.learn.prepared import Prepared
from tests.people import ada, claire, signed_in, small_run

pytestmark = pytest.mark.django_db(transaction=True)
short = pytest.mark.skipif(
    connection.vendor not in direct._READERS, reason="this database has no short way"
)


def people():
    """A query of its own, so that no other test has prepared it."""
    return Prepared(
        lambda name, number, since: Person.objects.filter(
            name=name, pk__gt=number, joined_at__gt=since, is_active=True
        ).exclude(name__contains="100%"),
        str,
        int,
        type(timezone.now()),
    )


@pytest.fixture
def long_ago():
    return timezone.now() - timedelta(days=1)


@pytest.fixture
def zoe():
    return Person.objects.create_user(email="zoe@example.org", name="Zoé ‹€› '\" \\ %s $1")


def test_it_gives_what_django_gives(zoe, long_ago):
    query = people()
    assert direct.is_plain(connection)
    (made,) = query.all(zoe.name, 0, long_ago)
    with transaction.atomic():
        assert not direct.is_plain(connection)
        (expected,) = query.all(zoe.name, 0, long_ago)
    for field in Person._meta.concrete_fields:
        value = getattr(made, field.attname)
        assert value == getattr(expected, field.attname)
        assert type(value) is type(getattr(expected, field.attname)), field
    assert query.all(zoe.name, zoe.pk, long_ago) == []
    assert query.all(zoe.name, 0, timezone.now() + timedelta(days=1)) == []


def test_a_page_reads_the_same_on_both_ways(tmp_path):
    run = small_run(tmp_path / "course")
    for who in (ada(run), claire(run)):
        browser = signed_in(who)
        for path in ("/dashboard/", "/learn/small-now/", "/learn/small-now/film/"):
            browser.get(path)
            plain = browser.get(path)
            with CaptureQueriesContext(connection) as captured:
                logged = browser.get(path)
            assert len(captured) == 2, "the tests that count see every query"
            token = plain.content.partition(b'csrfmiddlewaretoken" value="')[2][:64]
            other = logged.content.partition(b'csrfmiddlewaretoken" value="')[2][:64]
            assert plain.content.replace(token, other) == logged.content


def test_it_sees_what_was_written_since(zoe, long_ago):
    query = people()
    assert query.first(zoe.name, 0, long_ago) == zoe
    Person.objects.filter(pk=zoe.pk).update(is_active=False)
    assert query.first(zoe.name, 0, long_ago) is None


def test_a_new_connection_is_opened_when_the_old_one_was_closed(zoe, long_ago):
    query = people()
    assert query.first(zoe.name, 0, long_ago) == zoe
    connection.close()
    assert query.first(zoe.name, 0, long_ago) == zoe


@short
def test_a_query_that_fails_raises_djangos_error(zoe, long_ago):
    read = direct.reader_for(connection, "SELECT name FROM no_such_table WHERE id = %s")
    with pytest.raises(DatabaseError):
        read([1])
    assert people().first(zoe.name, 0, long_ago) == zoe, "the connection goes on"


@short
def test_a_table_that_changed_is_read_as_it_is_now():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE changing (a integer, b varchar(20))")
        cursor.execute("INSERT INTO changing VALUES (1, 'before')")
    read = direct.reader_for(connection, "SELECT * FROM changing WHERE a = %s")
    try:
        for _again in range(7):
            assert read([1]) == [(1, "before")]
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE changing ADD COLUMN c integer DEFAULT 7")
        assert read([1]) == [(1, "before", 7)]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE changing")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="of PostgreSQL's server processes")
def test_a_connection_that_the_server_ended_fails_once_as_django_says(zoe, long_ago):
    query = people()
    assert query.first(zoe.name, 0, long_ago) == zoe
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
    other.close()
    with pytest.raises(OperationalError):
        query.first(zoe.name, 0, long_ago)
    connection.close_if_unusable_or_obsolete()
    assert query.first(zoe.name, 0, long_ago) == zoe


@pytest.mark.skipif(connection.vendor != "postgresql", reason="of PostgreSQL's texts")
def test_a_text_that_the_database_cannot_keep_is_refused():
    with pytest.raises(ValueError, match="NUL"):
        sessions._unexpired.first("a\0b", timezone.now())

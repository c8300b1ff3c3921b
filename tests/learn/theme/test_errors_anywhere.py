"""Trouble that passes is a page that says so wherever it is met; a bug is one that owns up."""

import errno
import sqlite3

import psycopg
import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import (
    DatabaseError,
    IntegrityError,
    InterfaceError,
    InternalError,
    OperationalError,
    connection,
    transaction,
)
from django.test import Client, RequestFactory

from preau.learn.theme.errors import Trouble, not_found
from tests.learn.theme.html import read_page
from tests.people import ada, noah, signed_in, small_run

NOTE = "/learn/small-now/practice/note/"
WRITTEN = "Half a page about waves that nobody writes twice."


def caused(exception, cause):
    exception.__cause__ = cause
    return exception


PASSES = [
    OperationalError("database is locked"),
    OperationalError("database or disk is full"),
    OperationalError("attempt to write a readonly database"),
    InterfaceError("connection already closed"),
    caused(InternalError("read-only"), psycopg.errors.ReadOnlySqlTransaction()),
    OSError(errno.ENOSPC, "No space left on device"),
    OSError(errno.EDQUOT, "Disk quota exceeded"),
    OSError(errno.EROFS, "Read-only file system"),
]
BUGS = [
    IntegrityError("UNIQUE constraint failed"),
    caused(InternalError("aborted"), psycopg.errors.InFailedSqlTransaction()),
    OSError(errno.EACCES, "Permission denied"),
    FileNotFoundError(errno.ENOENT, "No such file"),
    ValueError("nothing of the kind"),
]


@pytest.mark.parametrize("exception", PASSES, ids=str)
def test_what_passes_is_answered_in_a_view(exception):
    answer = Trouble(not_found).process_exception(RequestFactory().get("/"), exception)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"


@pytest.mark.parametrize("exception", BUGS, ids=str)
def test_a_bug_is_left_to_be_a_fault_of_the_site(exception):
    assert Trouble(not_found).process_exception(RequestFactory().get("/"), exception) is None


def test_what_sqlite_says_when_it_can_not_write_passes(tmp_path):
    """The words above are what it really raises."""
    path = tmp_path / "x.sqlite3"
    full = sqlite3.connect(path, isolation_level=None)
    full.execute("CREATE TABLE x (y)")
    full.execute("PRAGMA max_page_count = 2")
    with pytest.raises(sqlite3.OperationalError, match="database or disk is full"):
        full.execute("INSERT INTO x VALUES (zeroblob(100000))")
    full.close()
    read_only = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    with pytest.raises(sqlite3.OperationalError, match="attempt to write a readonly database"):
        read_only.execute("INSERT INTO x VALUES (1)")
    read_only.close()


@pytest.mark.django_db
def test_a_table_that_is_not_there_is_a_bug():
    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        connection.cursor().execute("SELECT nothing FROM nowhere")
    answer = Trouble(not_found).process_exception(RequestFactory().get("/"), refused.value)
    assert answer is None


# In middleware, which no view's exceptions reach


def away(execute, sql, params, many, context):
    raise OperationalError("the database is away")


def calm(who, language="en"):
    """A browser that shows what the site answers, whatever happened."""
    browser = Client(headers={"accept-language": language}, raise_request_exception=False)
    browser.force_login(who)
    return browser


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/courses/", "/dashboard/", "/account/profile/"])
@pytest.mark.parametrize(
    ("language", "title"), [("en", "One moment, please"), ("fr", "Un instant, s’il vous plaît")]
)
def test_who_is_signed_in_is_told_when_the_session_can_not_be_read(path, language, title):
    browser = calm(noah(), language)
    with connection.execute_wrapper(away):
        answer = browser.get(path)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    page = read_page(answer)
    assert page.one("h1").text == title
    assert page.one("html")["lang"] == answer["Content-Language"] == language
    assert "Content-Security-Policy" in answer.headers


@pytest.mark.django_db
def test_what_they_wrote_is_shown_to_be_copied(tmp_path):
    browser = calm(ada(small_run(tmp_path)))
    with connection.execute_wrapper(away):
        answer = browser.post(NOTE, {"note": WRITTEN})
    assert read_page(answer).one("textarea").text == WRITTEN


@pytest.mark.django_db
def test_a_form_that_can_not_be_read_either_is_no_second_fault(settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    browser = calm(noah())
    with connection.execute_wrapper(away):
        answer = browser.post("/account/profile/", {"about": "x" * 200})
    assert answer.status_code == 503


@pytest.mark.django_db
@pytest.mark.parametrize(("exception", "status"), [(PASSES[5], 503), (BUGS[2], 500)])
def test_a_disk_that_is_full_while_the_form_arrives(monkeypatch, exception, status):
    """Large files go to the disk while the form is read, before any view."""

    def upload(*_args):
        raise exception

    monkeypatch.setattr("django.http.request.HttpRequest.parse_file_upload", upload)
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    browser.force_login(noah())
    browser.get("/account/profile/")
    assert browser.post("/account/profile/", {"about": WRITTEN}).status_code == status


@pytest.mark.django_db
def test_a_conflict_nobody_foresaw_is_a_fault_of_the_site(monkeypatch):
    def conflict(*_args, **_more):
        raise BUGS[0]

    monkeypatch.setattr("preau.learn.accounts.views.update_profile", conflict)
    form = {"name": "Noah", "language": "en", "time_zone": "", "about": ""}
    assert calm(noah()).post("/account/profile/", form).status_code == 500


# The reader's language, before anybody has asked for it


@pytest.mark.parametrize(
    ("language", "title"), [("en", "That is too much at once"), ("fr", "C’est trop à la fois")]
)
def test_a_request_that_announces_too_much_is_refused_in_the_visitors_language(language, title):
    browser = Client(headers={"accept-language": language})
    answer = browser.post("/account/login/", {"login": "x"}, CONTENT_LENGTH="99999999999")
    assert answer.status_code == 413
    assert read_page(answer).one("h1").text == title
    assert answer["Content-Language"] == language


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "This request can't be read"), ("fr", "Cette demande est illisible")],
)
def test_a_foreign_host_is_refused_in_the_visitors_language(language, title):
    answer = signed_in(None, language).get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert read_page(answer).one("h1").text == title


def test_the_choice_made_on_the_device_counts_before_the_browsers():
    browser = signed_in(None, "en")
    browser.cookies["preau_language"] = "fr"
    assert browser.get("/", headers={"host": "evil.example"})["Content-Language"] == "fr"


@pytest.mark.django_db
def test_a_persons_own_language_counts_where_they_are_known(monkeypatch):
    def too_big(*_args):
        raise RequestDataTooBig

    monkeypatch.setattr("preau.learn.accounts.views.update_profile", too_big)
    who = noah()
    who.language = "fr"
    who.save()
    form = {"name": "Noah", "language": "fr", "time_zone": "", "about": ""}
    answer = signed_in(who, "en").post("/account/profile/", form)
    assert (answer.status_code, answer["Content-Language"]) == (413, "fr")

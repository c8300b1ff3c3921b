"""A session knows whose it is, and finds its person again in one query."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from preau.learn.accounts.models import Session
from preau.learn.accounts.sessions import SessionStore
from tests.learn.accounts.doors import is_inside, sign_in, sign_up
from tests.people import noah, person, signed_in

pytestmark = pytest.mark.django_db


def row(browser):
    return Session.objects.get(session_key=browser.cookies["preau_session"].value)


def test_a_sessions_row_knows_its_person():
    who = noah()
    browser = signed_in(None)
    sign_in(browser, "noah@example.org")
    assert row(browser).person == who


def test_a_session_before_sign_in_is_nobodys():
    browser = signed_in(None)
    sign_up(browser, "ada@example.org")
    assert row(browser).person is None


def test_each_browser_finds_its_own_person_whatever_the_order():
    ada, no = person("Ada"), noah()
    browsers = {"Ada": signed_in(ada), "Noah": signed_in(no), "": signed_in(None)}
    for name in ["Ada", "Noah", "", "Noah", "Noah", "Ada", "", "Ada"]:
        page = browsers[name].get("/courses/").content.decode()
        assert {it for it in ("Ada", "Noah") if f"<span>{it}</span>" in page} == {name} - {""}


def test_a_change_of_the_person_is_seen_at_once_by_their_open_session():
    who = noah()
    browser = signed_in(who)
    browser.get("/dashboard/")
    who.name = "Noé"
    who.save()
    assert "<span>Noé</span>" in browser.get("/dashboard/").content.decode()


def test_who_is_inside_is_what_the_session_holds_and_not_what_its_row_is_filed_under():
    """The column finds people's sessions; it is no key to their accounts."""
    browser, ada = signed_in(noah()), person("Ada")
    for filed_under in (ada, None):
        Session.objects.update(person=filed_under)
        assert "<span>Noah</span>" in browser.get("/dashboard/").content.decode()


def test_session_and_person_come_by_one_query():
    browser = signed_in(noah())
    browser.get("/account/profile/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        browser.get("/account/profile/")
    assert len(asked) == 1
    assert "accounts_session" in asked[0]["sql"]
    assert "accounts_person" in asked[0]["sql"]


def test_a_session_ends_after_its_time():
    browser = signed_in(noah())
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not is_inside(browser)


@pytest.mark.parametrize(
    "key", ["", "x", "no-such-session-key-0123456789ab", "é" * 32, "x" * 5000, "' OR 1=1 --"]
)
def test_a_cookie_that_is_no_session_is_a_visitor(key):
    signed_in(noah())
    browser = signed_in(None)
    browser.cookies["preau_session"] = key
    assert browser.get("/courses/").status_code == 200
    assert not is_inside(browser)


def test_content_that_was_tampered_with_opens_nothing():
    browser = signed_in(noah())
    Session.objects.update(session_data="AAAA" + row(browser).session_data[4:])
    assert not is_inside(browser)


def test_who_is_removed_leaves_no_session():
    who = noah()
    browser = signed_in(who)
    other = signed_in(person("Ada"))
    who.delete()
    assert not is_inside(browser)
    assert is_inside(other)
    assert Session.objects.count() == 1


def test_ended_sessions_are_cleared_and_the_others_stay():
    over, still = signed_in(noah()), signed_in(person("Ada"))
    Session.objects.filter(session_key=row(over).session_key).update(
        expire_date=timezone.now() - timedelta(days=1)
    )
    SessionStore.clear_expired()
    assert Session.objects.count() == 1
    assert is_inside(still)

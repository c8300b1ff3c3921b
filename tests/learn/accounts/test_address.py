"""A new e-mail address counts once its letter was answered; until then the old one does."""

import pytest

from preau.learn.accounts.models import Person
from tests.learn.accounts.doors import is_inside, seen, sign_in
from tests.learn.accounts.letters import link, text
from tests.people import noah, person, signed_in

pytestmark = pytest.mark.django_db

OLD, NEW = "noah@example.org", "noah@example.net"


def move(browser, address: str = NEW):
    return browser.post("/account/email/", {"email": address, "action_add": ""})


def test_the_old_address_counts_until_the_new_one_is_confirmed(letters):
    noah()
    browser = signed_in(None)
    sign_in(browser, OLD)
    move(browser)
    assert letters.only()["To"] == NEW
    assert Person.objects.get().email == OLD
    elsewhere = signed_in(None)
    sign_in(elsewhere, NEW)
    assert not is_inside(elsewhere)
    sign_in(elsewhere, OLD)
    assert is_inside(elsewhere)


def test_a_confirmed_address_takes_the_place_of_the_old(letters):
    noah()
    browser = signed_in(None)
    sign_in(browser, OLD)
    move(browser, "Noah@Example.NET")
    browser.post(link(letters.only()))
    assert Person.objects.get().email == NEW
    elsewhere = signed_in(None)
    sign_in(elsewhere, OLD)
    assert not is_inside(elsewhere)
    sign_in(elsewhere, NEW)
    assert is_inside(elsewhere)


def test_nobody_learns_by_moving_that_an_address_is_taken(letters):
    noah()
    person("Ada")
    pages = {}
    for address in ("ada@example.org", "nobody@example.org"):
        browser = signed_in(None)
        sign_in(browser, OLD)
        answer = move(browser, address)
        assert answer.status_code == 302
        pages[address] = seen(browser.get("/account/email/")).replace(address, "…")
    assert pages["ada@example.org"] == pages["nobody@example.org"]


def test_an_address_that_is_taken_never_becomes_ones_own(letters):
    noah()
    ada = person("Ada")
    browser = signed_in(None)
    sign_in(browser, OLD)
    move(browser, "ada@example.org")
    for letter in letters.arrived():
        if "confirm-email" in text(letter):
            browser.post(link(letter))
    assert sorted(Person.objects.values_list("email", flat=True)) == ["ada@example.org", OLD]
    ada.refresh_from_db()
    assert ada.email == "ada@example.org"


@pytest.mark.parametrize("wrong", ["", "noah", OLD, "a" * 250 + "@example.org"])
def test_an_address_that_is_none_or_the_same_is_refused(letters, wrong):
    noah()
    browser = signed_in(None)
    sign_in(browser, OLD)
    answer = move(browser, wrong)
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
    assert letters.arrived() == []

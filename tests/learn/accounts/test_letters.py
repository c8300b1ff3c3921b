"""Letters name the site as its settings do, whatever host their reader's browser asked for."""

import re

import pytest

from tests.learn.accounts.doors import sign_in, sign_up
from tests.people import noah, signed_in

pytestmark = pytest.mark.django_db

HOST = "localhost:666"  # allowed, and still not the site's address


@pytest.fixture(autouse=True)
def _named(settings):
    settings.SITE_NAME = "Open Waves"
    settings.SITE_ADDRESS = "https://waves.example"


def elsewhere():
    browser = signed_in(None)
    browser.defaults["HTTP_HOST"] = HOST
    return browser


def test_to_confirm_an_address(letters):
    sign_up(elsewhere(), "ada@example.org")
    check(letters.only(), "/account/confirm-email/")


def test_that_an_account_is_there_already(letters):
    noah()
    sign_up(elsewhere(), "noah@example.org")
    check(letters.only(), "/account/password/reset/")


def test_to_set_a_new_password(letters):
    noah()
    elsewhere().post("/account/password/reset/", {"email": "noah@example.org"})
    check(letters.only(), "/account/password/reset/key/")


def test_that_there_is_no_account(letters):
    elsewhere().post("/account/password/reset/", {"email": "nobody@example.org"})
    check(letters.only(), "/account/signup/")


def test_to_move_to_another_address(letters):
    noah()
    browser = elsewhere()
    sign_in(browser, "noah@example.org")
    browser.post("/account/email/", {"email": "noah@example.net", "action_add": ""})
    check(letters.only(), "/account/confirm-email/")


def check(letter, path):
    text = letter.get_content()
    assert f"https://waves.example{path}" in text
    assert "Open Waves" in text
    assert HOST not in letter.as_string()
    assert all(it == "waves.example" for it in re.findall(r"https?://([^/\s]+)", text))

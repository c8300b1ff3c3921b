"""Signing in and out: the right person, not too many tries, and no word about who has an account."""

import pytest
from django.conf import settings as django_settings
from django.test import Client

from preau.learn.accounts.models import Session
from tests.learn.accounts.doors import is_inside, seen, sign_in, sign_up
from tests.people import PASSWORD, noah, person, signed_in

pytestmark = pytest.mark.django_db

WRONG = "not the right sentence"
NOT_CORRECT = {
    "en": "The email address and/or password you specified are not correct.",
    "fr": "L’adresse e-mail ou le mot de passe sont incorrects.",
}
TOO_MANY_FOR_ACCOUNT = {
    "en": "Too many failed login attempts. Try again later.",
    "fr": "Trop de tentatives de connexion échouées. Veuillez réessayer ultérieurement.",
}
TOO_MANY_FOR_ADDRESS = {
    "en": "There were too many tries in a short time. Wait a few minutes, then try again.",
    "fr": "Il y a eu trop d’essais en peu de temps. Attendez quelques minutes, puis recommencez.",
}
LANGUAGES = ["en", "fr"]


def at(address: str, language: str = "en") -> Client:
    """A browser at that network address."""
    return Client(headers={"accept-language": language}, REMOTE_ADDR=address)


def test_it_lets_in_with_the_right_password():
    noah()
    browser = signed_in(None)
    assert sign_in(browser, "noah@example.org")["Location"] == "/dashboard/"
    assert is_inside(browser)


def test_it_leads_to_the_page_that_was_asked_for():
    noah()
    browser = signed_in(None)
    asked = browser.get("/account/profile/?from=menu")
    assert asked["Location"] == "/account/login/?next=%2Faccount%2Fprofile%2F%3Ffrom%3Dmenu"
    answer = browser.post(
        asked["Location"],
        {
            "login": "noah@example.org",
            "password": PASSWORD,
            "next": "/account/profile/?from=menu",
        },
    )
    assert answer["Location"] == "/account/profile/?from=menu"


@pytest.mark.parametrize("typed", ["NOAH@EXAMPLE.ORG", "Noah@Example.Org", "  noah@example.org "])
def test_it_takes_an_address_however_it_is_typed(typed):
    noah()
    browser = signed_in(None)
    sign_in(browser, typed)
    assert is_inside(browser)


@pytest.mark.parametrize("password", [WRONG, PASSWORD.upper(), f"{PASSWORD} ", f"{PASSWORD}\0"])
def test_it_refuses_a_password_that_is_not_exactly_the_right_one(password):
    noah()
    browser = signed_in(None)
    assert sign_in(browser, "noah@example.org", password).status_code == 200
    assert not is_inside(browser)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_the_same_for_a_wrong_password_and_an_unknown_address(language):
    noah()
    browser = signed_in(None, language)
    wrong = sign_in(browser, "noah@example.org", WRONG)
    unknown = sign_in(browser, "nobody@example.org", WRONG)
    assert NOT_CORRECT[language] in seen(wrong)
    assert seen(wrong) == seen(unknown)
    assert wrong.status_code == unknown.status_code


def test_it_lets_nobody_in_by_an_address_that_only_looks_alike():
    """Some databases take á for a."""
    noah()
    browser = signed_in(None)
    sign_in(browser, "noah@exámple.org")
    assert not is_inside(browser)


def test_an_account_without_a_password_opens_by_none():
    who = person("Ada")
    who.set_password(None)
    who.save()
    for password in ("", "!", who.password, PASSWORD):
        browser = signed_in(None)
        sign_in(browser, "ada@example.org", password)
        assert not is_inside(browser)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "This account is inactive."), ("fr", "Ce compte est inactif.")],
)
def test_a_deactivated_account_is_closed_and_says_so(language, said):
    who = noah()
    inside = signed_in(who)
    assert is_inside(inside)
    who.is_active = False
    who.save()
    assert not is_inside(inside), "who was inside must be out"
    browser = signed_in(None, language)
    answer = sign_in(browser, "noah@example.org")
    assert answer["Location"] == "/account/inactive/"
    assert said in seen(browser.get("/account/inactive/"))
    assert not is_inside(browser)


def test_a_browser_gets_a_new_session_when_somebody_signs_in():
    """A session that a stranger planted beforehand is worth nothing afterwards."""
    noah()
    browser = signed_in(None)
    sign_up(browser, "ada@example.org")
    before = browser.cookies[django_settings.SESSION_COOKIE_NAME].value
    sign_in(browser, "noah@example.org")
    after = browser.cookies[django_settings.SESSION_COOKIE_NAME].value
    assert is_inside(browser)
    assert after != before
    assert not Session.objects.filter(session_key=before).exists()


def test_the_session_can_not_be_read_by_scripts_nor_sent_by_other_sites():
    noah()
    cookie = sign_in(signed_in(None), "noah@example.org").cookies["preau_session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


# Too many tries for one account (limits.sign_in_per_account: five in five minutes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_account_waits_after_five_wrong_passwords(language):
    noah()
    browser = at("192.0.2.1", language)
    for _nth in range(5):
        assert NOT_CORRECT[language] in seen(sign_in(browser, "noah@example.org", WRONG))
    held = sign_in(browser, "noah@example.org", PASSWORD)
    assert TOO_MANY_FOR_ACCOUNT[language] in seen(held)
    assert not is_inside(browser)


def test_an_account_waits_wherever_the_tries_come_from_and_however_it_is_typed():
    noah()
    typed = ["noah@example.org", "NOAH@example.org", "Noah@Example.org", " noah@example.org "]
    for nth in range(5):
        sign_in(at(f"192.0.2.{nth}"), typed[nth % 4], WRONG)
    browser = at("198.51.100.7")
    assert TOO_MANY_FOR_ACCOUNT["en"] in seen(sign_in(browser, "noah@example.org"))
    assert not is_inside(browser)


def test_an_account_waits_by_whatever_host_name_the_site_is_asked(settings):
    """The host is what the visitor writes: a new one must not be five new tries."""
    noah()
    for _nth in range(5):
        sign_in(at("192.0.2.1"), "noah@example.org", WRONG)
    for host in ("testserver:8001", "localhost", "127.0.0.1:1"):
        browser = at("198.51.100.7")
        sign_in(browser, "noah@example.org", PASSWORD, host=host)
        assert not is_inside(browser), host


def test_an_account_that_waits_holds_up_no_other():
    noah()
    person("Ada")
    browser = at("192.0.2.1")
    for _nth in range(6):
        sign_in(browser, "noah@example.org", WRONG)
    sign_in(browser, "ada@example.org")
    assert is_inside(browser)


def test_an_account_that_nobody_has_waits_as_one_that_somebody_has():
    noah()
    pages = {}
    for address in ("noah@example.org", "nobody@example.org"):
        browser = at("192.0.2.1")
        pages[address] = [seen(sign_in(browser, address, WRONG)) for _nth in range(6)]
    assert pages["noah@example.org"] == pages["nobody@example.org"]
    assert TOO_MANY_FOR_ACCOUNT["en"] in pages["nobody@example.org"][-1]


def test_right_passwords_are_not_counted_against_the_account():
    noah()
    for _nth in range(7):
        browser = at("192.0.2.1")
        sign_in(browser, "noah@example.org")
        assert is_inside(browser)


def test_a_right_password_does_not_forget_the_wrong_ones():
    """Else who has an account could guess at another's for ever, with their own in between."""
    noah()
    for _nth in range(4):
        sign_in(at("192.0.2.1"), "noah@example.org", WRONG)
    sign_in(at("192.0.2.2"), "noah@example.org")
    sign_in(at("192.0.2.1"), "noah@example.org", WRONG)
    browser = at("192.0.2.1")
    sign_in(browser, "noah@example.org")
    assert not is_inside(browser)


# Too many from one network address (limits.sign_in_per_address: thirty in five minutes)


def thirty_from(address: str) -> None:
    for nth in range(30):
        assert sign_in(at(address), f"nobody{nth}@example.org", WRONG).status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_address_waits_after_thirty_sign_ins(language):
    noah()
    thirty_from("192.0.2.1")
    browser = at("192.0.2.1", language)
    answer = sign_in(browser, "noah@example.org")
    assert answer.status_code == 429
    assert TOO_MANY_FOR_ADDRESS[language] in seen(answer)
    assert not is_inside(browser)


def test_an_address_that_waits_holds_up_no_other():
    noah()
    thirty_from("192.0.2.1")
    browser = at("192.0.2.2")
    sign_in(browser, "noah@example.org")
    assert is_inside(browser)


def test_an_address_that_waits_still_reads_the_site():
    thirty_from("192.0.2.1")
    browser = at("192.0.2.1")
    assert sign_in(browser, "noah@example.org").status_code == 429
    assert browser.get("/account/login/").status_code == 200
    assert browser.get("/courses/").status_code == 200


def test_an_address_does_not_get_around_by_a_header_that_anybody_can_send():
    noah()
    thirty_from("192.0.2.1")
    for header in ("x-forwarded-for", "x-real-ip", "forwarded", "client-ip"):
        answer = sign_in(at("192.0.2.1"), "noah@example.org", **{header: "198.51.100.9"})
        assert answer.status_code == 429, header


def test_a_whole_home_network_of_the_new_protocol_is_one_address():
    noah()
    thirty_from("2001:db8:0:1::1")
    assert sign_in(at("2001:db8:0:1:ffff::2"), "noah@example.org").status_code == 429
    assert sign_in(at("2001:db8:0:2::1"), "noah@example.org").status_code == 302


# Signing out


@pytest.mark.parametrize(
    ("language", "asked", "said"),
    [
        ("en", "Are you sure you want to sign out?", "You have signed out."),
        ("fr", "Êtes-vous sûr(e) de vouloir vous déconnecter ?", "Vous êtes déconnecté(e)."),
    ],
)
def test_signing_out_is_asked_first_and_done_by_the_button(language, asked, said):
    browser = signed_in(noah(), language)
    assert asked in seen(browser.get("/account/logout/")).replace("\xa0", " ")
    assert is_inside(browser), "a link must sign nobody out: any page could show it as an image"
    answer = browser.post("/account/logout/")
    assert answer["Location"] == "/"
    assert said in seen(browser.get("/"))
    assert not is_inside(browser)


def test_signing_out_ends_the_session_for_whoever_kept_its_cookie():
    browser = signed_in(noah())
    kept = browser.cookies["preau_session"].value
    browser.post("/account/logout/")
    thief = signed_in(None)
    thief.cookies["preau_session"] = kept
    assert not is_inside(thief)
    assert not Session.objects.filter(session_key=kept).exists()


def test_signing_out_here_signs_nobody_out_elsewhere():
    who = noah()
    here, elsewhere = signed_in(who), signed_in(who)
    here.post("/account/logout/")
    assert is_inside(elsewhere)


def test_another_site_can_not_sign_somebody_out():
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(noah())
    answer = browser.post("/account/logout/", headers={"origin": "https://evil.example"})
    assert answer.status_code == 403
    assert is_inside(browser)

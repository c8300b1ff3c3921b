"""Signing up: an account opens once its address is confirmed, and nobody learns who has one."""

import json
import re

import pytest
from django.contrib.auth.hashers import check_password
from django_tasks_db.models import DBTaskResult

from preau.learn.accounts.models import Person
from tests.learn.accounts.doors import is_inside, seen, sign_in, sign_up
from tests.learn.accounts.letters import link, text
from tests.people import PASSWORD, noah, signed_in

pytestmark = pytest.mark.django_db

ADA = "ada@example.org"


def test_it_sends_one_letter_to_the_new_address(letters):
    answer = sign_up(signed_in(None), ADA)
    letter = letters.only()
    assert answer["Location"] == "/account/confirm-email/"
    assert letter["To"] == ADA
    assert letter["From"] == "preau@localhost"
    assert link(letter).startswith("/account/confirm-email/")


@pytest.mark.parametrize(
    ("language", "subject", "words", "page"),
    [
        (
            "en",
            "Préau: Please Confirm Your Email Address",
            "user Ada Lovelace has given your email address",
            "Follow the link provided to finalize the signup process",
        ),
        (
            "fr",
            "Préau: Confirmez votre adresse e-mail",
            "l'utilisateur Ada Lovelace a indiqué votre adresse",
            "Cliquez sur le lien fourni dans l'e-mail",
        ),
    ],
)
def test_it_speaks_the_language_that_was_read(letters, language, subject, words, page):
    browser = signed_in(None, language)
    sign_up(browser, ADA)
    letter = letters.only()
    assert letter["Subject"].strip() == subject
    assert words in text(letter)
    assert page in seen(browser.get("/account/confirm-email/"))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_its_letter_waits_as_text_that_every_database_can_keep(letters, language):
    """PostgreSQL and MariaDB refuse halves of characters, and the whole page with them."""
    sign_up(signed_in(None, language), ADA)
    waiting = json.dumps(DBTaskResult.objects.get().args_kwargs, ensure_ascii=False)
    waiting.encode("utf-8")
    assert ADA in waiting


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_keeps_the_name_and_the_language(language):
    sign_up(signed_in(None, language), ADA, name="  Ada Lovelace ")
    who = Person.objects.get(email=ADA)
    assert who.name == "Ada Lovelace"
    assert who.language == language
    assert who.site_role == "person"


def test_it_keeps_the_language_chosen_on_the_device_before_the_browsers():
    browser = signed_in(None, "en")
    browser.get("/language/fr/")
    sign_up(browser, ADA)
    assert Person.objects.get(email=ADA).language == "fr"


def test_it_keeps_the_address_in_lower_case(letters):
    sign_up(signed_in(None), "Ada@Example.ORG")
    assert Person.objects.get().email == ADA
    assert letters.only()["To"] == ADA


def test_it_keeps_the_password_only_as_a_hash():
    sign_up(signed_in(None), ADA)
    kept = Person.objects.get(email=ADA).password
    assert PASSWORD not in kept
    assert check_password(PASSWORD, kept)


def test_it_gives_nobody_a_role_or_a_photo_that_the_form_does_not_ask():
    sent = {"email": ADA, "name": "Ada", "password1": PASSWORD}
    more = {"site_role": "operator", "photo": "x.webp", "is_active": "", "is_superuser": "1"}
    signed_in(None).post("/account/signup/", sent | more)
    who = Person.objects.get(email=ADA)
    assert (who.site_role, who.photo, who.is_active) == ("person", "", True)


# Until the address is confirmed


def test_it_lets_nobody_in_before_the_address_is_confirmed():
    browser = signed_in(None)
    sign_up(browser, ADA)
    assert not is_inside(browser)
    elsewhere = signed_in(None)
    answer = sign_in(elsewhere, ADA)
    assert answer["Location"] == "/account/confirm-email/"
    assert not is_inside(elsewhere)


def test_opening_the_link_alone_confirms_nothing(letters):
    """Mail programs open links to look at them; only the button confirms."""
    browser = signed_in(None)
    sign_up(browser, ADA)
    page = browser.get(link(letters.only()))
    assert "Please confirm that ada@example.org is an email address for user Ada" in seen(page)
    assert not is_inside(browser)
    assert sign_in(signed_in(None), ADA)["Location"] == "/account/confirm-email/"


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "You have confirmed ada@example.org"), ("fr", "Vous avez confirmé ada@example.org")],
)
def test_the_confirmed_link_signs_in_where_the_account_was_made(letters, language, said):
    browser = signed_in(None, language)
    sign_up(browser, ADA)
    answer = browser.post(link(letters.only()))
    assert answer["Location"] == "/dashboard/"
    assert said in seen(browser.get("/dashboard/"))


def test_the_confirmed_link_opens_the_account_but_no_other_browser(letters):
    """Whoever gets hold of the letter is not signed in by it; the password is still asked."""
    sign_up(signed_in(None), ADA)
    elsewhere = signed_in(None)
    answer = elsewhere.post(link(letters.only()))
    assert answer["Location"] == "/account/login/"
    assert not is_inside(elsewhere)
    assert sign_in(elsewhere, ADA)["Location"] == "/dashboard/"
    assert is_inside(elsewhere)


def test_a_link_works_once(letters):
    browser = signed_in(None)
    sign_up(browser, ADA)
    path = link(letters.only())
    browser.post(path)
    late = signed_in(None)
    assert late.post(path).status_code == 404
    assert not is_inside(late)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "link expired or is invalid"), ("fr", "a expiré ou n'est pas valide")],
)
def test_a_link_that_was_changed_confirms_nothing(letters, language, said):
    browser = signed_in(None, language)
    sign_up(browser, ADA)
    path = link(letters.only())
    forged = re.sub(r":[^:]+/$", ":forged/", path)
    assert said in seen(browser.get(forged))
    assert browser.post(forged).status_code == 404
    assert not is_inside(browser)


# Addresses that have an account already


@pytest.mark.parametrize("address", ["noah@example.org", "NOAH@Example.Org"])
def test_a_stranger_does_not_learn_that_an_address_has_an_account(letters, address):
    noah()
    known, unknown = signed_in(None), signed_in(None)
    of_known, of_unknown = sign_up(known, address), sign_up(unknown, ADA)
    assert of_known.status_code == of_unknown.status_code
    assert of_known["Location"] == of_unknown["Location"]
    assert set(of_known.cookies) == set(of_unknown.cookies)
    pages = [
        seen(browser.get("/account/confirm-email/")).replace("noah@", "…@").replace("ada@", "…@")
        for browser in (known, unknown)
    ]
    assert pages[0] == pages[1]
    assert not is_inside(known)


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [
        (
            "en",
            "Préau: Account Already Exists",
            "However, an account using that email address already exists",
        ),
        (
            "fr",
            "Préau: Ce compte existe déjà",
            "Cependant, un compte utilisant cette adresse existe déjà",
        ),
    ],
)
def test_the_owner_is_told_and_nothing_of_theirs_changes(letters, language, subject, words):
    owner = noah()
    sign_up(signed_in(None, language), "noah@example.org", "Mallory", "another quiet sentence")
    letter = letters.only()
    assert letter["To"] == "noah@example.org"
    assert letter["Subject"].strip() == subject
    assert words in text(letter)
    assert link(letter) == "/account/password/reset/"
    assert "confirm-email" not in text(letter)
    owner.refresh_from_db()
    assert owner.name == "Noah"
    assert owner.check_password(PASSWORD)
    assert Person.objects.count() == 1


def test_signing_up_twice_without_confirming_makes_one_account(letters):
    sign_up(signed_in(None), ADA)
    sign_up(signed_in(None), ADA, name="Mallory", password="another quiet sentence")
    who = Person.objects.get()
    assert who.name == "Ada Lovelace"
    assert who.check_password(PASSWORD)


@pytest.mark.parametrize("near", ["noah@exámple.org", "noah@exampłe.org"])
def test_an_address_that_only_looks_alike_is_another_one(letters, near):
    """Some databases take á for a: the one address must neither open nor block the other's."""
    owner = noah()
    answer = sign_up(signed_in(None), near, "Mallory", "another quiet sentence")
    assert answer.status_code == 302
    assert Person.objects.count() == 2
    assert "confirm-email" in text(letters.only())
    owner.refresh_from_db()
    assert (owner.email, owner.name) == ("noah@example.org", "Noah")


# What is refused


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": ""},
        {"email": "ada"},
        {"email": "ada@example.org\nBcc: everybody@example.org"},
        {"email": "a" * 250 + "@example.org"},
        {"email": "ada\0@example.org"},
        {"name": ""},
        {"name": "   "},
        {"name": "n" * 121},
        {"name": "Ada\0"},
        {"password1": ""},
        {"password1": "short"},
        {"password1": "password123"},
        {"password1": "8675309867"},
        {"password1": "ada@example.org"},
    ],
    ids=lambda it: "-".join(f"{name}={value[:12]}{len(value)}" for name, value in it.items()),
)
def test_it_refuses_what_is_not_right_and_keeps_nobody(letters, wrong):
    right = {"email": ADA, "name": "Ada", "password1": PASSWORD}
    answer = signed_in(None).post("/account/signup/", right | wrong)
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
    assert not Person.objects.exists()
    assert letters.arrived() == []


def test_a_refused_form_keeps_what_was_typed_but_not_the_password():
    answer = sign_up(signed_in(None), "not an address", "Ada Lovelace", PASSWORD)
    page = answer.content.decode()
    assert 'value="Ada Lovelace"' in page
    assert 'value="not an address"' in page
    assert PASSWORD not in page


# Closed by the operator (site.sign_up)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "We are sorry, but the sign up is currently closed."),
        ("fr", "Nous sommes désolés, mais les inscriptions sont actuellement fermées."),
    ],
)
def test_a_closed_site_takes_nobody_and_says_so(settings, letters, language, said):
    settings.SIGN_UP_OPEN = False
    browser = signed_in(None, language)
    assert said in seen(browser.get("/account/signup/"))
    assert said in seen(sign_up(browser, ADA))
    assert not Person.objects.exists()
    assert letters.arrived() == []


def test_a_closed_site_still_lets_its_people_in(settings):
    settings.SIGN_UP_OPEN = False
    noah()
    browser = signed_in(None)
    sign_in(browser, "noah@example.org")
    assert is_inside(browser)


@pytest.mark.parametrize("path", ["/", "/courses/", "/account/login/"])
def test_a_closed_site_offers_no_sign_up(settings, path):
    browser = signed_in(None)
    assert 'href="/account/signup/' in browser.get(path).content.decode()
    settings.SIGN_UP_OPEN = False
    assert 'href="/account/signup/' not in browser.get(path).content.decode()

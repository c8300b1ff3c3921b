"""A forgotten password comes back by letter; a changed one ends the other sessions."""

import re

import pytest
from django.test import Client

from preau.learn.accounts.models import Session
from tests.learn.accounts.doors import is_inside, seen, sign_in, sign_up
from tests.learn.accounts.letters import link, text
from tests.people import PASSWORD, noah, person, signed_in

pytestmark = pytest.mark.django_db

NEW = "an entirely new sentence"
NOAH = "noah@example.org"


def ask(browser: Client, address: str, **headers: str):
    return browser.post("/account/password/reset/", {"email": address}, headers=headers or None)


def answer_with(browser: Client, path: str, password: str = NEW, again: str | None = None):
    """Open the letter's link as a browser does, and send the new password."""
    form = browser.get(path)
    if form.status_code != 302:
        return form
    twice = {"password1": password, "password2": password if again is None else again}
    return browser.post(form["Location"], twice)


# By letter


def test_a_forgotten_password_comes_back_by_letter(letters):
    who = noah()
    browser = signed_in(None)
    ask(browser, NOAH)
    letter = letters.only()
    assert letter["To"] == NOAH
    answer = answer_with(browser, link(letter))
    assert answer["Location"] == "/account/password/reset/key/done/"
    assert browser.get(answer["Location"]).status_code == 200
    assert not is_inside(browser)
    who.refresh_from_db()
    assert not who.check_password(PASSWORD)
    sign_in(browser, NOAH, PASSWORD)
    assert not is_inside(browser)
    sign_in(browser, NOAH, NEW)
    assert is_inside(browser)


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [
        ("en", "Préau: Password Reset Email", "requested a password reset"),
        (
            "fr",
            "Préau: E-mail de réinitialisation de mot de passe",
            "demandé une réinitialisation de mot de passe",
        ),
    ],
)
def test_the_letter_speaks_the_language_that_was_read(letters, language, subject, words):
    noah()
    ask(signed_in(None, language), NOAH)
    letter = letters.only()
    assert letter["Subject"].strip() == subject
    assert words in text(letter)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_says_the_same_for_an_address_that_nobody_has(letters, language):
    noah()
    pages = []
    for address in (NOAH, "nobody@example.org"):
        browser = signed_in(None, language)
        answer = ask(browser, address)
        assert answer["Location"] == "/account/password/reset/done/"
        page = seen(browser.get("/account/password/reset/done/"))
        pages.append(page.replace(address, "…"))
    assert pages[0] == pages[1]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "we do not have any record of such an account"),
        ("fr", "nous ne disposons pas de ce compte"),
    ],
)
def test_who_has_no_account_is_told_so_by_letter_only(letters, language, words):
    ask(signed_in(None, language), "nobody@example.org")
    letter = letters.only()
    assert letter["To"] == "nobody@example.org"
    assert words in text(letter)
    assert link(letter) == "/account/signup/"


@pytest.mark.parametrize("near", ["noah@exámple.org", "noah@exampłe.org"])
def test_the_letter_does_not_go_to_an_address_that_only_looks_alike(letters, near):
    """Some databases take á for a: whoever owns that domain must not get the key."""
    noah()
    ask(signed_in(None), near)
    assert all("/reset/key/" not in text(letter) for letter in letters.arrived())


def test_the_letter_leads_to_this_site_whatever_host_name_was_asked(letters):
    """The host is what a stranger writes: the owner's key must not be sent elsewhere by it."""
    noah()
    for host in ("localhost", "testserver:8001", "127.0.0.1"):
        ask(signed_in(None), NOAH, host=host)
        letter = letters.only()
        found = re.findall(r"https?://[^/\s]+", letter.get_content())
        assert set(found) == {"http://testserver"}, host


def test_a_letter_is_not_sent_for_a_host_that_is_not_ours(letters):
    noah()
    assert ask(signed_in(None), NOAH, host="evil.example").status_code == 400
    assert letters.arrived() == []


def test_who_is_deactivated_gets_no_key(letters):
    who = noah()
    who.is_active = False
    who.save()
    ask(signed_in(None), NOAH)
    assert all("/reset/key/" not in text(letter) for letter in letters.arrived())


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "The password reset link was invalid"),
        ("fr", "Le lien de réinitialisation du mot de passe est invalide."),
    ],
)
def test_a_key_works_once(letters, language, said):
    noah()
    ask(signed_in(None), NOAH)
    path = link(letters.only())
    answer_with(signed_in(None), path)
    late = signed_in(None, language)
    assert said in seen(answer_with(late, path, "yet another new sentence"))
    sign_in(late, NOAH, NEW)
    assert is_inside(late)


def test_a_key_is_worth_nothing_once_the_password_was_changed_otherwise(letters):
    who = noah()
    ask(signed_in(None), NOAH)
    path = link(letters.only())
    who.set_password(NEW)
    who.save()
    assert "link was invalid" in seen(answer_with(signed_in(None), path, "yet another sentence"))


def test_a_key_opens_only_the_account_it_was_made_for(letters):
    noah()
    ada = person("Ada")
    ask(signed_in(None), NOAH)
    path = link(letters.only())
    of_ada = re.sub(r"/key/[0-9a-z]+-", f"/key/{_base36(ada.pk)}-", path)
    assert "link was invalid" in seen(answer_with(signed_in(None), of_ada))
    ada.refresh_from_db()
    assert ada.check_password(PASSWORD)


def _base36(number: int) -> str:
    from django.utils.http import int_to_base36

    return int_to_base36(number)


@pytest.mark.parametrize(
    ("password", "again"),
    [("short", None), ("password123", None), ("8675309867", None), (NEW, "another one"), ("", "")],
)
def test_a_new_password_that_is_not_right_is_refused(letters, password, again):
    who = noah()
    ask(signed_in(None), NOAH)
    answer = answer_with(signed_in(None), link(letters.only()), password, again)
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
    who.refresh_from_db()
    assert who.check_password(PASSWORD)


def test_a_password_that_came_back_ends_every_session(letters):
    thief = signed_in(noah())
    ask(signed_in(None), NOAH)
    answer_with(signed_in(None), link(letters.only()))
    assert not is_inside(thief)


def test_a_password_that_came_back_ends_the_wait(letters):
    noah()
    browser = signed_in(None)
    for _nth in range(6):
        sign_in(browser, NOAH, "not the right sentence")
    ask(browser, NOAH)
    answer_with(browser, link(letters.only()))
    sign_in(browser, NOAH, NEW)
    assert is_inside(browser)


def test_who_owns_an_address_gets_the_account_that_a_stranger_made_with_it(letters):
    """A stranger may sign up with it, but can neither confirm it nor keep their password."""
    mallory = signed_in(None)
    sign_up(mallory, "ada@example.org", "Mallory", "what mallory has chosen")
    confirm = link(letters.only())
    browser = signed_in(None)
    ask(browser, "ada@example.org")
    answer_with(browser, link(letters.only()))
    assert sign_in(browser, "ada@example.org", NEW)["Location"] == "/account/confirm-email/"
    browser.post(confirm)
    assert is_inside(browser)
    for stranger in (mallory, signed_in(None)):
        sign_in(stranger, "ada@example.org", "what mallory has chosen")
        assert not is_inside(stranger)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_asking_over_and_over_is_stopped(letters, language):
    noah()
    answers = [ask(signed_in(None, language), NOAH) for _nth in range(6)]
    assert [it.status_code for it in answers] == [302] * 5 + [429]
    said = {"en": "There were too many tries", "fr": "Il y a eu trop d’essais"}[language]
    assert said in seen(answers[-1])
    assert len(letters.arrived()) == 5


# By who is inside


def change(browser: Client, old: str = PASSWORD, new: str = NEW, again: str = NEW):
    return browser.post(
        "/account/password/change/", {"oldpassword": old, "password1": new, "password2": again}
    )


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Password successfully changed."), ("fr", "Mot de passe modifié avec succès.")],
)
def test_a_changed_password_ends_the_other_sessions_and_keeps_this_one(language, said):
    who = noah()
    here, elsewhere = signed_in(who, language), signed_in(who)
    stranger = signed_in(person("Ada"))
    assert is_inside(elsewhere)
    answer = change(here)
    assert said in seen(here.get(answer["Location"]))
    assert is_inside(here)
    assert not is_inside(elsewhere)
    assert is_inside(stranger)


def test_a_changed_password_is_the_one_that_opens():
    browser = signed_in(noah())
    change(browser)
    browser.post("/account/logout/")
    sign_in(browser, NOAH, PASSWORD)
    assert not is_inside(browser)
    sign_in(browser, NOAH, NEW)
    assert is_inside(browser)


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [
        ("not the right sentence", NEW, NEW),
        ("", NEW, NEW),
        (PASSWORD, NEW, "another one"),
        (PASSWORD, "short", "short"),
        (PASSWORD, "noah@example.org", "noah@example.org"),
    ],
)
def test_a_change_that_is_not_right_changes_nothing(old, new, again):
    who = noah()
    here, elsewhere = signed_in(who), signed_in(who)
    assert "errorlist" in change(here, old, new, again).content.decode()
    who.refresh_from_db()
    assert who.check_password(PASSWORD)
    assert is_inside(here)
    assert is_inside(elsewhere)


def test_the_sessions_that_ended_are_ended_on_the_server():
    """The cookie of a stolen session opens nothing, whatever the browser keeps."""
    who = noah()
    here, thief = signed_in(who), signed_in(who)
    kept = thief.cookies["preau_session"].value
    change(here)
    again = signed_in(None)
    again.cookies["preau_session"] = kept
    assert not is_inside(again)
    open_rows = Session.objects.filter(person=who, session_key=here.cookies["preau_session"].value)
    assert open_rows.exists()

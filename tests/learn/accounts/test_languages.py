"""Which language a page speaks: this device's choice, else the person's own, else the browser's."""

import pytest
from django.test import Client, RequestFactory
from hypothesis import example, given
from hypothesis import strategies as st

from preau.learn.theme.languages import visitor_language
from tests.learn.accounts.doors import sign_in
from tests.people import noah, person, signed_in

pytestmark = pytest.mark.django_db


def spoken(browser, path="/account/profile/", **headers):
    answer = browser.get(path, headers=headers or None)
    page = answer.content.decode()
    language = page.split('<html lang="')[1].split('"')[0]
    assert answer["Content-Language"] == language
    assert ("Mon profil" if language == "fr" else "My profile") in page or path == "/courses/"
    return language


def test_the_device_goes_before_the_person_and_the_person_before_the_browser():
    browser = signed_in(person("Théo", language="fr"), "en")
    assert spoken(browser) == "fr", "their own"
    browser.get("/language/en/")
    assert spoken(browser) == "en", "this device's"
    browser.cookies.pop("preau_language")
    assert spoken(browser) == "fr"


def test_who_chose_none_reads_what_the_browser_asks():
    who = noah()
    assert who.language == ""
    assert spoken(signed_in(who, "fr")) == "fr"
    assert spoken(signed_in(who, "en")) == "en"


def test_the_choice_of_one_device_is_not_that_of_another():
    who = person("Théo", language="fr")
    here, elsewhere = signed_in(who), signed_in(who)
    here.get("/language/en/")
    assert (spoken(here), spoken(elsewhere)) == ("en", "fr")


def test_a_visitors_choice_stays_on_the_device_when_they_sign_in():
    person("Noah", language="fr")
    browser = signed_in(None, "fr")
    browser.get("/language/en/")
    sign_in(browser, "noah@example.org")
    assert spoken(browser) == "en"


@pytest.mark.parametrize("chosen", ["tlh", ""])
def test_a_choice_that_the_site_does_not_speak_counts_for_nothing(chosen):
    """A site may stop speaking a language; the cookie stays on the device for a year."""
    browser = signed_in(person("Théo", language="fr"), "en")
    browser.cookies["preau_language"] = chosen
    assert spoken(browser) == "fr"


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("en", "en"),
        ("fr", "fr"),
        ("fr-CA", "fr"),
        ("en-US,en;q=0.9,fr;q=0.8", "en"),
        ("de,fr;q=0.5,en;q=0.4", "fr"),
        ("fr;q=0.1,en;q=0.9", "en"),
        ("de", "fr"),
        ("", "fr"),
        ("*", "fr"),
        ("\x00;;;q=", "fr"),
        ("en" * 5000, "fr"),
    ],
)
def test_a_visitor_reads_the_first_language_of_the_browser_that_the_site_speaks(asked, language):
    browser = Client(headers={"accept-language": asked})
    assert spoken(browser, "/courses/") == language


LANGUAGES = ["de", "es", "it", "pt", "nl", "sv", "da", "fi", "pl", "cs"]
REGIONS = ["", "-AT", "-BE", "-CH", "-LU", "-419"]
codes = st.tuples(st.sampled_from(LANGUAGES), st.sampled_from(REGIONS)).map("".join)


@given(st.lists(codes, unique=True, min_size=10, max_size=30), st.integers(1, 8))
@example(["de", *(f"{code}-CH" for code in LANGUAGES), *(f"{code}-BE" for code in LANGUAGES)], 8)
def test_however_many_other_languages_follow_the_first_is_spoken(others, quality):
    """Who reads ten languages is not answered in French for having said so."""
    header = ",".join(["en-GB", "en;q=0.9", *(f"{code};q=0.{quality}" for code in others)])
    request = RequestFactory(headers={"accept-language": header}).get("/")
    assert visitor_language(request) == "en"

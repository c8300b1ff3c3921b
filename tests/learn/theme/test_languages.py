"""Which language a page is in, and the switch between them."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.learn.theme.html import read_page
from tests.people import noah, person, signed_in, small_run, theo

pytestmark = pytest.mark.django_db


def language_of(answer):
    page = read_page(answer)
    assert page.one("html")["lang"] == answer["Content-Language"]
    return answer["Content-Language"]


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("en", "en"), ("fr", "fr"), ("fr-CA", "fr"), ("en-GB,en;q=0.9", "en"),
        ("de,en;q=0.5,fr;q=0.4", "en"), ("de", "fr"), ("", "fr"), ("*", "fr"), ("EN-us", "en"),
        ("fr;q=0.1,en;q=0.9", "en"), (";;;,q=,=", "fr"), ("x" * 10_000, "fr"),
        ("é\0", "fr"),
    ],
)  # fmt: skip
def test_a_visitor_reads_what_their_browser_asks_for(asked, shown):
    assert language_of(signed_in(None, asked).get("/courses/")) == shown


def test_a_person_reads_their_own_language_whatever_the_browser_asks(tmp_path):
    assert language_of(signed_in(theo(small_run(tmp_path)), "en").get("/")) == "fr"
    assert language_of(signed_in(noah(), "en").get("/")) == "en"
    assert language_of(signed_in(person("Zoé", language="tlh"), "en").get("/")) == "en"


def switch(page, code):
    return page.one("ul", "language-links").one("a", hreflang=code)


def test_the_switch_leads_back_to_the_page_in_the_other_language(tmp_path):
    small_run(tmp_path / "small")
    browser = signed_in(None)
    page = read_page(browser.get("/courses/?q=ondes&when=open"))
    assert (switch(page, "en")["aria-current"], switch(page, "fr")["aria-current"]) == ("true", "")
    answer = browser.get(switch(page, "fr")["href"])
    assert answer["Location"] == "/courses/?q=ondes&when=open"
    after = browser.get(answer["Location"])
    assert language_of(after) == "fr"
    assert read_page(after).one("h1").text == "Cours"
    assert switch(read_page(after), "fr")["aria-current"] == "true"


def test_the_choice_on_this_device_is_stronger_than_the_profile(tmp_path):
    browser = signed_in(theo(small_run(tmp_path)), "fr")
    browser.get("/language/en/?next=/")
    assert language_of(browser.get("/")) == "en"
    assert language_of(browser.get("/learn/small-now/")) == "en"


@pytest.mark.parametrize("path", ["/", "/courses/small/", "/learn/small-now/", "/dashboard/"])
def test_every_page_has_the_switch_that_returns_to_it(tmp_path, path):
    browser = signed_in(theo(small_run(tmp_path)))
    page = read_page(browser.get(path))
    for code, name in (("fr", "Français"), ("en", "English")):
        link = switch(page, code)
        assert (link["lang"], name in link.text) == (code, True)
        address = urlsplit(link["href"])
        assert address.path == f"/language/{code}/"
        assert parse_qs(address.query) == {"next": [path]}


def test_the_choice_is_kept_for_a_year_where_no_script_reads_it(settings):
    settings.SESSION_COOKIE_SECURE = True
    cookie = signed_in(None).get("/language/en/").cookies["preau_language"]
    assert (cookie.value, cookie["max-age"]) == ("en", 365 * 24 * 3600)
    assert cookie["httponly"]
    assert cookie["secure"]
    assert cookie["samesite"] == "Lax"


def test_a_language_that_the_site_has_not_is_not_found():
    answer = signed_in(None).get("/language/de/")
    assert answer.status_code == 404
    assert "preau_language" not in answer.cookies


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "http:///evil.example", "\nhttps://evil.example", ""])  # fmt: skip
def test_the_switch_never_leads_to_another_site(wanted):
    assert signed_in(None).get("/language/en/", {"next": wanted})["Location"] == "/"


def test_the_answer_tells_caches_that_it_depends_on_the_language_asked_for():
    answer = signed_in(None, "en").get("/courses/")
    kept_nowhere = {"no-store", "private"} & set(answer.get("Cache-Control", "").split(", "))
    assert kept_nowhere or "accept-language" in answer["Vary"].lower()

"""For French readers every page of a course is French."""

from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest
from django.conf import settings

from tests.learn.enrolments.doing import (
    COURSE,
    ENROL,
    LEAVE,
    NOTEBOOK,
    PEOPLE,
    SEARCH,
    SETTINGS,
    complete_everything,
    complete_waves,
    see,
)
from tests.people import claire, noah, person, signed_in

pytestmark = pytest.mark.django_db

SHOWN = {
    "aria-label",
    "alt",
    "title",
    "placeholder",
    "label",
    "data-busy",
    "data-closed",
    "data-done",
    "data-later",
    "data-note-draft",
    "data-refused",
    "data-seen",
    "data-signed-out",
    "data-stale",
}
ENGLISH_COURSE = {
    "A small course",
    "Waves",
    "Networks",
    "The sine",
    "Practice",
    "A film",
    "Packets",
}
ACTIVITIES = ("sine", "practice", "film", "packets", "table", "data", "rfc")


class Texts(HTMLParser):
    """All that a page says: its texts and the attributes that people meet."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_data(self, data):
        self.found += [" ".join(line.split()) for line in data.splitlines()]

    def handle_starttag(self, tag, attrs):
        self.found += [value for name, value in attrs if name in SHOWN and value]


def texts(html: str) -> set[str]:
    parser = Texts()
    parser.feed(html)
    return set(parser.found) - {""}


def english() -> set[str]:
    """The site's English texts that read otherwise in French."""
    (catalogue,) = settings.LOCALE_PATHS
    entries = polib.pofile(str(Path(catalogue) / "fr/LC_MESSAGES/django.po"))
    return {it.msgid for it in entries if it.msgid not in {it.msgstr, *it.msgstr_plural.values()}}


def is_french(html: str) -> None:
    assert '<html lang="fr">' in html
    said = texts(html)
    assert said & (english() | ENGLISH_COURSE) == set()


@pytest.fixture
def teacher(run):
    """A French teacher's browser, who followed the course to its end."""
    browser = signed_in(claire(run), "fr")
    complete_everything(browser)
    return browser


@pytest.mark.parametrize(
    "path", [COURSE, *(f"{COURSE}{key}/" for key in ACTIVITIES), LEAVE, PEOPLE, SETTINGS]
)
def test_a_page_is_french(teacher, path):
    is_french(see(teacher, path))


@pytest.mark.parametrize("path", [NOTEBOOK, f"{SEARCH}?q=ondes", SEARCH, "/dashboard/"])
def test_a_page_is_french_empty_and_filled(run, path):
    browser = signed_in(person("Zoé", language="fr"))
    browser.post(ENROL)
    is_french(see(browser, path))
    complete_waves(browser)
    browser.post(f"{COURSE}sine/bookmark/", {"bookmarked": "1"})
    browser.post(f"{COURSE}sine/note/", {"note": "À revoir."})
    is_french(see(browser, f"{COURSE}sine/"))
    is_french(see(browser, path))


@pytest.mark.parametrize("path", [ENROL, "/runs/small-keyed/enrol/"])
def test_enrolling_is_french(run, path):
    browser = signed_in(noah(), "fr")
    is_french(see(browser, path))
    is_french(browser.post(path, {"key": "x"}, follow=True).content.decode())


def test_a_locked_page_is_french(run):
    browser = signed_in(noah(), "fr")
    browser.post(ENROL)
    is_french(see(browser, COURSE))
    is_french(browser.get(f"{COURSE}packets/").content.decode())


def test_the_course_itself_is_french(teacher):
    page = texts(see(teacher, COURSE))
    assert {"Un petit cours", "Ondes et réseaux.", "Maintenant", "Ondes", "Le sinus"} <= page
    assert "Commencez ici." in page
    assert "Une onde a une période :" in " ".join(texts(see(teacher, f"{COURSE}sine/")))
    assert "Bonjour, les ondes." in texts(see(teacher, f"{COURSE}film/"))


def test_the_language_of_the_account_goes_before_that_of_the_browser(run):
    browser = signed_in(person("Zoé", language="fr"), "en")
    browser.post(ENROL)
    is_french(see(browser, COURSE))
    browser.get("/language/en/", {"next": COURSE})
    assert "The sine" in see(browser, COURSE), "and what was chosen on this device before both"

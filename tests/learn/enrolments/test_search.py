"""Searching inside one's course."""

import re

import pytest

from preau.learn.courses.models import Activity
from tests.learn.courses.changing import without_practice
from tests.learn.enrolments.doing import (
    COURSE,
    SEARCH,
    complete_waves,
    course_with,
    read,
    see,
    tick,
)
from tests.people import SMALL_COURSE, ada, imported, signed_in, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def browsers(run):
    """Ada's, in English and in French; everything is open to her."""
    who = ada(run)
    found = {language: signed_in(who, language) for language in ("en", "fr")}
    complete_waves(found["en"])
    return found


def hits(browser, query: str) -> list[str]:
    """The activities found, by key, in order."""
    listed = see(browser, SEARCH, q=query).split('class="hits"')[1].split("</ol>")[0]
    return re.findall(rf'href="{COURSE}([a-z]+)/"', listed)


@pytest.mark.parametrize(
    ("language", "query", "found"),
    [
        ("en", "period", ["sine"]),
        ("en", "PERIOD", ["sine"]),
        ("fr", "période", ["sine"]),
        ("fr", "periode", ["sine"]),
        ("fr", "Reseau", ["sine"]),
        ("fr", "réseau période", ["sine"]),
        ("fr", "réseau voyagent", []),
        ("fr", "period", ["sine"]),  # the start of a word
        ("en", "voyagent", []),
        ("fr", "travel", []),
    ],
)
def test_words_are_found_in_the_language_of_the_page_without_accents(
    browsers, language, query, found
):
    assert hits(browsers[language], query) == found


@pytest.mark.parametrize(
    ("language", "query"),
    [("en", "goodbye"), ("en", "hello waves"), ("fr", "bonjour"), ("fr", "ondes bonjour")],
)
def test_what_is_said_in_a_video_is_found(browsers, language, query):
    assert hits(browsers[language], query) == ["film"]


@pytest.mark.parametrize(
    ("language", "query", "title"),
    [("en", "film", "A film"), ("fr", "exercice", "Exercice"), ("fr", "donnees", "Données")],
)
def test_titles_are_found(browsers, language, query, title):
    assert title in read(browsers[language], SEARCH, q=query)


def test_a_label_is_not_found(browsers):
    assert hits(browsers["en"], "start here") == []
    assert hits(browsers["en"], "welcome") == []
    assert "0 activities found" in read(browsers["en"], SEARCH, q="welcome")


def test_the_number_of_hits_is_told_in_words(browsers):
    assert "1 activity found" in read(browsers["en"], SEARCH, q="period")
    assert "1 activité trouvée" in read(browsers["fr"], SEARCH, q="période")
    assert "0 activité trouvée" in read(browsers["fr"], SEARCH, q="zzz")


def test_an_excerpt_shows_the_word_as_it_is_written(browsers):
    assert "<mark>période</mark>" in see(browsers["fr"], SEARCH, q="PERIODE")


def test_the_query_stands_in_its_field_again(browsers):
    assert 'name="q" value="a &lt;b&gt; &quot;c&quot;"' in see(
        browsers["en"], SEARCH, q='a <b> "c"'
    )


@pytest.mark.parametrize("query", ["", "   "])
def test_without_words_nothing_is_searched(browsers, query):
    page = see(browsers["en"], SEARCH, q=query)
    assert 'role="status"' not in page


def test_what_left_the_course_is_no_longer_found(browsers, folder):
    tick(browsers["en"])
    assert hits(browsers["en"], "draw") == ["practice"]
    without_practice(folder)
    imported(folder)
    assert Activity.objects.get(key="practice").hidden
    assert hits(browsers["en"], "draw") == []


def test_what_was_rewritten_is_found_by_its_new_words_only(browsers, folder):
    imported(write(folder, {"waves/practice.en.md": "Sketch a triangle.\n"}))
    assert hits(browsers["en"], "triangle") == ["practice"]
    assert hits(browsers["en"], "draw") == []


def test_locked_activities_leave_room_for_open_ones(db, folder):
    """Fifty hits are shown; those that the learner may not open are none."""
    keys = [f"p{number}" for number in range(55)]
    entries = "".join(
        f"  - {{key: {key}, kind: page, title: {{en: Page, fr: Page}}}}\n" for key in keys
    )
    many = {f"many/{key}.{language}.md": "triangle\n" for key in keys for language in ("en", "fr")}
    section = f"title: {{en: Many, fr: Foule}}\nrelease: {{after: waves}}\nactivities:\n{entries}"
    course = str(SMALL_COURSE["course.yaml"]).replace(
        "[waves, networks]", "[many, waves, networks]"
    )
    run = course_with(
        folder,
        **{"course.yaml": course, "many/section.yaml": section, **many},
        **{"waves/practice.en.md": "Draw a triangle.\n"},
    )
    assert hits(signed_in(ada(run)), "triangle") == ["practice"]

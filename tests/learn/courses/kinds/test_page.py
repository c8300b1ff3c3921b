"""A page to read."""

import pytest

from tests.learn.courses.kinds.activities import course_with, learner, opened, outline, problems

pytestmark = pytest.mark.django_db

PAGE = {"kind": "page", "minutes": 5}
TEXTS = {
    "thing.en.md": "A **wave** $f$, ![A sine](sine.svg) and [more](activity:after).\n",
    "thing.fr.md": "Une **onde**.\n",
    "sine.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>\n',
}


def test_it_shows_its_text_with_links_and_pictures_that_work(tmp_path):
    browser = learner(course_with(tmp_path, PAGE, TEXTS))
    page = opened(browser)
    text = page.one("article", "course-main").one("div", "prose")
    assert text.one("strong").text == "wave"
    assert text.one("math")
    assert browser.get(text.one("img")["src"])["Content-Type"] == "image/svg+xml"
    assert browser.get(text.one("a")["href"]).status_code == 200
    assert "Page · 5 min" in page.one("header", "activity-header").text


def test_it_is_shown_in_the_language_of_the_reader(tmp_path):
    page = opened(learner(course_with(tmp_path, PAGE, TEXTS), "fr"))
    assert page.one("h1").text == "A thing (fr)"
    assert page.one("div", "prose").text == "Une onde."


def test_opening_it_completes_it(tmp_path):
    browser = learner(course_with(tmp_path, PAGE, TEXTS))
    assert outline(browser).all("span", "tick-check") == []
    assert "Completed" in opened(browser).one("span", "activity-state").text
    assert len(outline(browser).all("span", "tick-check")) == 1


def test_one_that_counts_for_nothing_has_no_tick(tmp_path):
    browser = learner(course_with(tmp_path, {**PAGE, "completion": "none"}, TEXTS))
    page = opened(browser)
    assert page.all("span", "activity-state") == []
    assert outline(browser).all("progress")[0]["max"] == "1"


def test_its_text_is_needed_in_every_language(tmp_path):
    found = problems(course_with(tmp_path, PAGE, {"thing.en.md": "x\n"}))
    assert len(found) == 1
    assert "thing.fr.md" in found[0]

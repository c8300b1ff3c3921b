"""A short text in the outline."""

import pytest

from tests.learn.courses.kinds.activities import (
    RUN,
    course_with,
    learner,
    opened,
    outline,
    problems,
)

pytestmark = pytest.mark.django_db

LABEL = {"kind": "label"}
TEXTS = {
    "thing.en.md": "Take a **pencil**. [On](activity:after)\n",
    "thing.fr.md": "Prenez un crayon.\n",
}


def test_it_stands_in_the_outline_with_its_links(tmp_path):
    browser = learner(course_with(tmp_path, LABEL, TEXTS))
    label = outline(browser).one("li", "outline-label")
    assert label.one("strong").text == "pencil"
    assert label.one("a")["href"] == f"/learn/{RUN}/after/"


def test_it_is_there_in_the_readers_language(tmp_path):
    browser = learner(course_with(tmp_path, LABEL, TEXTS), "fr")
    assert outline(browser).one("li", "outline-label").text == "Prenez un crayon."


@pytest.mark.parametrize("path", ["", "complete/", "bookmark/", "note/", "watched/"])
def test_it_has_no_page_and_nothing_can_be_done_in_it(tmp_path, path):
    browser = learner(course_with(tmp_path, LABEL, TEXTS))
    address = f"/learn/{RUN}/thing/{path}"
    answer = browser.post(address, {"done": "1"}) if path else browser.get(address)
    assert answer.status_code == 404


def test_it_counts_for_nothing_and_next_walks_past_it(tmp_path):
    browser = learner(course_with(tmp_path, LABEL, TEXTS))
    assert outline(browser).all("progress")[0]["max"] == "1"
    page = opened(browser, "after")
    assert page.all("a", "activity-previous") == []
    sidebar = page.one("aside", "course-sidebar").all("a", "outline-title")
    assert [it["href"] for it in sidebar] == [f"/learn/{RUN}/after/"]
    assert "You have finished this course" in outline(browser).text


def test_it_is_not_said_while_its_section_is_closed(tmp_path):
    folder = course_with(tmp_path, LABEL, TEXTS, release={"days_after_enrolment": 7})
    shown = outline(learner(folder))
    assert shown.one("section", "is-locked")
    assert "pencil" not in shown.text


@pytest.mark.parametrize("rule", ["view", "manual", {"watched": 80}])
def test_nothing_completes_it(tmp_path, rule):
    (found,) = problems(course_with(tmp_path, {**LABEL, "completion": rule}, TEXTS))
    assert "label can't be completed by" in found


def test_it_is_nothing_without_its_text(tmp_path):
    found = problems(course_with(tmp_path, LABEL, {"thing.en.md": "x\n"}))
    assert "thing.fr.md" in found[0]

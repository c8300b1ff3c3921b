"""A quiz against the clock: its end comes in the page, or without it."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.quiz_site import Visit, expect_saved, quizzes_served
from tests.journeys.test_accessibility import violations
from tests.operate.site.running import await_true
from tests.people import RUN

pytestmark = [pytest.mark.browser, pytest.mark.serving]

taking = pytest.mark.xdist_group("quiz-taking")
UNIT = "#q2"


@taking
def test_the_clock_counts_down_and_at_its_end_the_page_hands_in(visit):
    person = visit("Lea")
    page = person.begin("timed")
    clock = page.locator("[data-clock-words]")
    expect(clock).to_have_text(re.compile(r"Time left: 0:\d\d"))
    expect(page.locator("[data-clock]")).to_have_class(re.compile("is-near"))
    shown = clock.inner_text()
    page.locator(UNIT).get_by_label("Your answer").fill("hertz")
    expect(clock).not_to_have_text(shown)
    expect(page.get_by_text("Your answers are handed in.")).to_be_visible(timeout=90_000)
    expect(page.locator(".quiz-header > .meta")).to_contain_text("Handed in on")
    expect(page.locator(".quiz-header > .meta")).not_to_contain_text("by the server")
    expect(page.locator(UNIT)).to_contain_text("1 / 1 · Right")


@taking
def test_the_server_hands_in_for_whom_the_browser_is_closed(visit):
    person = visit("Max")
    page = person.begin("brief")
    page.locator(UNIT).get_by_label("Your answer").fill("hertz")
    expect_saved(page)
    address = page.url
    page.close()
    teacher = visit("Claire")

    def handed_in():
        table = teacher.open(f"/runs/{RUN}/quizzes/brief/attempts/").locator("tr", has_text="Max")
        return "by the server" in table.inner_text()

    await_true(handed_in, 180)
    person.page = person.new_page()
    person.page.goto(address)
    expect(person.page.get_by_text("by the server, for the time was over")).to_be_visible()
    expect(person.page.locator(UNIT)).to_contain_text("1 / 1 · Right")


START = """async form => {
  const sent = { method: "POST", body: new FormData(form) };
  return (await fetch(form.action, sent)).status;
}"""


@pytest.mark.xdist_group("quiz-crowd")
def test_who_comes_in_a_crowd_waits_for_a_countdown_and_loses_no_time(tmp_path, chromium):
    """One worker begins an attempt every other second, and is asked for five at once."""
    names = ("Ada", "Cleo", "Dan", "Emma", "Bob")
    settings = {"PREAU_LIMITS_QUIZ_STARTS_PER_SECOND": "0.5", "PREAU_SERVER_WORKERS": "1"}
    with quizzes_served(tmp_path, *names, **settings) as site:
        people = [Visit(chromium, site, name) for name in names]
        *crowd, page = [it.open(f"/learn/{RUN}/crowd/") for it in people]
        answers = [it.locator(".quiz-start").evaluate(START) for it in crowd]
        assert answers == [200, 202, 202, 202]
        page.get_by_role("button", name="Begin").click()
        expect(page.locator("h1")).to_have_text("One moment")
        expect(page.locator("[data-count]")).to_have_text(re.compile(r"[1-9]\d*"))
        expect(page.locator("main").get_by_role("button")).to_have_count(0)
        assert violations(page) == []
        expect(page.locator(".question").first).to_be_visible(timeout=120_000)
        expect(page.locator("[data-clock-words]")).to_have_text(re.compile(r"4[45]:\d\d"))
        for it in people:
            it.end()

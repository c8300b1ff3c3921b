"""A quiz with every type of question, from “Begin” to the mark."""

import pytest
from playwright.sync_api import expect

from tests.journeys.quiz_answering import (
    ESSAY,
    MACHINE_MARKED,
    Keyboard,
    Mouse,
    Plain,
    expect_first_page,
    expect_second_page,
    expect_third_page,
    first_page,
    second_page,
    section,
    third_page,
)
from tests.journeys.quiz_site import expect_saved, hand_in
from tests.people import RUN

pytestmark = [pytest.mark.browser, pytest.mark.serving, pytest.mark.xdist_group("quiz-taking")]

PAGES = (
    (first_page, expect_first_page),
    (second_page, expect_second_page),
    (third_page, expect_third_page),
)
POINTS = {3: 2, 11: 2, 12: 3}  # those questions that count for more than one


def expect_full_review(page):
    """Every question that a machine marks has its whole mark; the essay waits."""
    for slot in MACHINE_MARKED:
        points = POINTS.get(slot, 1)
        expect(section(page, slot).locator(".question-header")).to_contain_text(
            f"{points} / {points} · Right"
        )
        expect(page.locator(f"[data-map='{slot}']")).to_have_class("map-item map-right")
    expect(section(page, ESSAY)).to_contain_text("Waiting to be marked")
    expect(page.locator(".quiz-result")).to_contain_text("Waiting to be marked")


def expect_it_counts(person):
    """The marks know of it, and the activity is complete."""
    page = person.open(f"/runs/{RUN}/marks/")
    line = page.locator(".mark-line", has_text="Everything in one quiz")
    expect(line).to_contain_text("waiting to be marked")
    page = person.open(f"/learn/{RUN}/everything/")
    expect(page.locator(".course-main [data-state]").first).to_contain_text("Completed")


@pytest.mark.parametrize(("name", "hand"), [("Ada", Mouse()), ("Bob", Keyboard())])
def test_a_learner_answers_every_type_of_question(visit, name, hand):
    person = visit(name)
    page = person.begin("everything")
    for number, (answer, expect_answers) in enumerate(PAGES, 1):
        expect(page.locator("h1")).to_contain_text(f"page {number} of 3")
        answer(page, hand)
        expect_saved(page)
        page.reload()
        expect_answers(page)
        if number < len(PAGES):
            page.get_by_role("button", name="Next page").click()
    page.get_by_role("button", name="Look over and hand in").click()
    expect(page.get_by_text("Every question has an answer.")).to_be_visible()
    expect(page.locator(".summary-list li")).to_have_count(13)
    page.get_by_role("link", name="Question 1", exact=True).click()
    expect_first_page(page)
    page.get_by_role("link", name="13").click()
    hand_in(page)
    expect_full_review(page)
    expect_it_counts(person)


def test_every_type_can_be_answered_without_scripts(visit):
    person = visit("Cleo", java_script_enabled=False)
    page = person.begin("everything")
    for number, (answer, _expect) in enumerate(PAGES, 1):
        expect(page.locator("h1")).to_contain_text(f"page {number} of 3")
        expect(
            page.locator("button[type=button]:visible, [data-with-script]:visible")
        ).to_have_count(0)
        answer(page, Plain())
        if number < len(PAGES):
            page.get_by_role("button", name="Next page").click()
    page.get_by_role("button", name="Previous page").click()
    expect_second_page(page)
    page.get_by_role("button", name="Next page").click()
    expect_third_page(page)
    hand_in(page)
    expect_full_review(page)
    expect_it_counts(person)

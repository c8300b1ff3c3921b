"""Questions that are checked while the attempt is open: once, with hints, or with certainty."""

import pytest
from playwright.sync_api import expect

from tests.journeys.quiz_site import hand_in

pytestmark = [pytest.mark.browser, pytest.mark.serving, pytest.mark.xdist_group("quiz-taking")]

TRIED, CHOICE = "#q1", "#q2"
RIGHT = "A right answer:"


def take(page, question, answer):
    page.locator(f"{question} label.option", has_text=answer).click()


def check(page, question):
    """Press its button; the page comes again with what is told."""
    with page.expect_navigation():
        page.locator(question).get_by_role("button", name="Check").click()


def feedback(page, question):
    return page.locator(question).get_by_role("group", name="Feedback")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_an_answer_is_checked_once_and_stands(visit, scripts):
    person = visit("Nora" if scripts else "Olga", java_script_enabled=scripts)
    page = person.begin("checked")
    take(page, TRIED, "Lyon")
    check(page, TRIED)
    expect(feedback(page, TRIED)).to_contain_text("Wrong")
    expect(feedback(page, TRIED)).to_contain_text("Look at a map.")
    expect(page.locator(TRIED)).to_contain_text("0 / 1 · Wrong")
    expect(page.locator(TRIED)).not_to_contain_text(RIGHT)
    for option in page.locator(f"{TRIED} input[type=radio]").all():
        expect(option).to_be_disabled()
    expect(page.locator(TRIED).get_by_role("button", name="Check")).to_have_count(0)
    take(page, CHOICE, "hertz")
    check(page, CHOICE)
    expect(feedback(page, CHOICE)).to_contain_text("Well done.")
    expect(feedback(page, CHOICE)).to_contain_text("Named after Heinrich Hertz.")
    hand_in(page)
    expect(page.locator(".quiz-result")).to_contain_text("1 / 2")
    expect(feedback(page, TRIED)).to_contain_text(f"{RIGHT} Paris")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_wrong_try_earns_a_hint_and_costs_a_quarter(visit, scripts):
    person = visit("Paul" if scripts else "Quentin", java_script_enabled=scripts)
    page = person.begin("tried")
    expect(page.locator(TRIED)).to_contain_text("3 tries left")
    take(page, TRIED, "Lille")
    check(page, TRIED)
    expect(feedback(page, TRIED)).to_contain_text("It lies on the Seine.")
    expect(page.locator(TRIED)).to_contain_text("2 tries left")
    check(page, TRIED)  # the same answer again is no other try
    expect(page.locator(TRIED)).to_contain_text("2 tries left")
    take(page, TRIED, "Lyon")
    check(page, TRIED)
    expect(feedback(page, TRIED)).to_contain_text("It begins with a P.")
    expect(page.locator(TRIED)).to_contain_text("1 try left")
    take(page, TRIED, "Paris")
    check(page, TRIED)
    expect(feedback(page, TRIED)).to_contain_text("Well done.")
    expect(page.locator(TRIED)).to_contain_text("0.5 / 1 · Right")
    hand_in(page)
    expect(page.locator(".quiz-result")).to_contain_text("0.5 / 2")


def test_who_is_sure_and_right_earns_three_times_the_mark(visit):
    person = visit("Rosa")
    page = person.begin("sure")
    take(page, TRIED, "Paris")
    page.locator(TRIED).get_by_label("Very sure", exact=True).check()
    check(page, TRIED)
    expect(page.locator(TRIED)).to_contain_text("3 / 1 · Right")
    take(page, CHOICE, "metre")
    page.locator(CHOICE).get_by_label("Fairly sure").check()
    check(page, CHOICE)
    expect(page.locator(CHOICE)).to_contain_text("−2 / 1 · Wrong")
    expect(page.locator(CHOICE).get_by_label("Fairly sure")).to_be_checked()
    hand_in(page)
    expect(page.locator(".quiz-result")).to_contain_text("1 / 2")

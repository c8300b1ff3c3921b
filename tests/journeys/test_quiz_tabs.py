"""One attempt in two tabs, and in two browsers."""

import pytest
from playwright.sync_api import expect

from tests.journeys.quiz_site import expect_saved, hand_in

pytestmark = [pytest.mark.browser, pytest.mark.serving, pytest.mark.xdist_group("quiz-taking")]

CAPITAL, UNIT, PI = (f"#q{slot}" for slot in (1, 2, 3))


@pytest.fixture(params=["tabs", "browsers"])
def both(visit, request):
    """The same attempt, open twice."""
    name = {"tabs": "Jan", "browsers": "Kim"}[request.param]
    person = visit(name)
    open_attempt(person)
    other = person.new_page() if request.param == "tabs" else visit(name).page
    other.goto(person.page.url)
    return person.page, other


def open_attempt(person):
    """Go on with the attempt that is open, or begin another one."""
    page = person.open("/learn/small-now/three/")
    page.locator(".quiz-front .button").first.click()
    expect(page.locator(".question").first).to_be_visible()


def write_unit(page, text):
    page.locator(UNIT).get_by_label("Your answer").fill(text)


def expect_conflict(page):
    expect(page.locator("[data-saving]")).to_have_attribute("data-state", "conflict")
    expect(page.locator(UNIT).get_by_role("alert")).to_contain_text(
        "What you typed here is not saved."
    )


def test_answers_to_different_questions_both_stay(both):
    one, other = both
    one.locator(f"{CAPITAL} label", has_text="Paris").click()
    expect_saved(one)
    write_unit(other, "hertz")
    expect_saved(other)
    one.locator(PI).get_by_label("Your answer").fill("3.14")
    expect_saved(one)
    hand_in(other)
    expect(other.locator(".quiz-result")).to_contain_text("3 / 3")


def test_the_second_answer_to_a_question_is_told_of_the_first(both):
    one, other = both
    write_unit(one, "hertz")
    expect_saved(one)
    write_unit(other, "metre")
    expect_conflict(other)
    other.locator(f"{CAPITAL} label", has_text="Paris").click()
    expect(other.locator("[data-map='1']")).to_have_class("map-item map-answered")
    expect_conflict(other)  # that another answer was saved does not hide it
    other.reload()
    expect(other.locator(UNIT).get_by_label("Your answer")).to_have_value("hertz")
    hand_in(other)
    expect(other.locator(UNIT)).to_contain_text("1 / 1 · Right")


def test_who_is_told_of_a_conflict_sees_both_answers_and_decides(both):
    one, other = both
    write_unit(one, "second")
    expect_saved(one)
    write_unit(other, "hertz")
    expect_conflict(other)
    with other.expect_response(other.url) as answered:
        other.get_by_role("button", name="See both answers").click()
    assert answered.value.status == 409
    alert = other.get_by_role("alert")
    expect(alert).to_contain_text("Question 2 was answered in another tab")
    expect(alert.locator("strong")).to_have_text("hertz")
    expect(other.locator(UNIT).get_by_label("Your answer")).to_have_value("second")
    write_unit(other, "hertz")
    expect_saved(other)
    write_unit(one, "metre")
    expect_conflict(one)
    hand_in(other)
    expect(other.locator(UNIT)).to_contain_text("1 / 1 · Right")


def test_an_answer_after_handing_in_elsewhere_is_refused_and_told(both):
    one, other = both
    write_unit(one, "hertz")
    expect_saved(one)
    hand_in(one)
    write_unit(other, "metre")
    expect(other.locator("[data-saving]")).to_have_attribute("data-state", "closed")
    expect(other.locator("[data-saving]")).to_contain_text("This attempt is over")
    other.get_by_role("button", name="Look over and hand in").click()
    expect(other.get_by_text("handed in already; nothing was changed")).to_be_visible()
    expect(other.locator(UNIT).get_by_label("Your answer")).to_have_value("hertz")

"""The network goes away in the middle of a quiz, and nothing that was typed is lost."""

import pytest
from playwright.sync_api import expect

from tests.journeys.quiz_answering import MARKERS, Mouse, section
from tests.journeys.quiz_questions import DISC
from tests.journeys.quiz_site import expect_saved, expect_sent, hand_in, kept_on_device
from tests.people import RUN

pytestmark = [pytest.mark.browser, pytest.mark.serving, pytest.mark.xdist_group("quiz-taking")]

CAPITAL, UNIT, PI = (f"#q{slot}" for slot in (1, 2, 3))
KEPT = "No network: your answers are kept on this device"


def expect_kept_on_device(page):
    expect(page.locator("[data-saving]")).to_have_attribute("data-state", "offline")
    expect(page.locator("[data-saving]")).to_contain_text(KEPT)


def expect_the_server_has(person, capital, unit):
    """In another browser context's eyes: a page that was never open before."""
    page = person.new_page()
    page.goto(person.page.url)
    assert kept_on_device(page) == []
    expect(page.locator(f"{CAPITAL} label", has_text=capital).locator("input")).to_be_checked()
    expect(page.locator(UNIT).get_by_label("Your answer")).to_have_value(unit)
    page.close()


def test_what_is_typed_without_network_is_sent_when_it_is_back(visit):
    person = visit("Dan")
    page = person.begin("three")
    page.locator(f"{CAPITAL} label", has_text="Lyon").click()
    expect_saved(page)
    person.context.set_offline(True)
    expect_kept_on_device(page)
    page.locator(f"{CAPITAL} label", has_text="Paris").click()
    page.locator(UNIT).get_by_label("Your answer").fill("hertz")
    expect_kept_on_device(page)
    expect(page.locator(f"{UNIT} [data-state]")).to_have_text("Not answered")
    assert len(kept_on_device(page)) == 2
    person.context.set_offline(False)
    expect_saved(page)
    assert kept_on_device(page) == []
    expect(page.locator(f"{UNIT} [data-state]")).to_have_text("Answer saved")
    expect(page.locator("[data-map='2']")).to_have_class("map-item map-answered")
    expect_the_server_has(person, "Paris", "hertz")


def test_a_page_without_network_is_not_left(visit):
    person = visit("Emma")
    page = person.begin("three")
    person.context.set_offline(True)
    page.locator(UNIT).get_by_label("Your answer").fill("hertz")
    page.get_by_role("button", name="Look over and hand in").click()
    expect_kept_on_device(page)
    expect(page.locator(UNIT).get_by_label("Your answer")).to_have_value("hertz")
    person.context.set_offline(False)
    expect_saved(page)
    hand_in(page)
    expect(page.locator(UNIT)).to_contain_text("1 / 1 · Right")


def test_a_tab_closed_without_network_is_restored_and_sent(visit):
    person = visit("Farid")
    page = person.begin("three")
    address = page.url
    person.context.set_offline(True)
    page.locator(f"{CAPITAL} label", has_text="Paris").click()
    page.locator(UNIT).get_by_label("Your answer").fill("hertz")
    expect_kept_on_device(page)
    page.close()
    person.context.set_offline(False)
    person.page = person.new_page()
    person.page.goto(address)
    expect(person.page.locator(UNIT).get_by_label("Your answer")).to_have_value("hertz")
    expect_sent(person.page)
    expect_the_server_has(person, "Paris", "hertz")


def test_what_is_answered_before_the_script_is_there_is_sent(visit):
    person = visit("Uma")
    held = []

    def hold(route):
        held.append(route)

    person.page.route("**/quizzes/attempt*.js", hold)
    page = person.begin("three")
    page.locator(f"{CAPITAL} label", has_text="Paris").click()
    page.locator(UNIT).get_by_label("Your answer").fill("hertz")
    held[0].continue_()
    expect_saved(page)
    expect_the_server_has(person, "Paris", "hertz")


def test_markers_wait_for_their_image(visit):
    """Places are counted in pixels of the image: none is taken before it is known."""
    person = visit("Vera")
    held = []

    def hold(route):
        held.append(route)

    person.page.route("**/picture.svg", hold)
    page = person.begin("everything")
    page.goto(f"{page.url}?page=3", wait_until="domcontentloaded")
    markers = section(page, MARKERS)
    expect(markers.get_by_label("of disc:")).to_be_editable()
    expect(markers.get_by_role("button", name="disc", exact=True)).to_have_count(0)
    held[0].continue_()
    Mouse().markers(markers)
    expect_saved(page)
    x, y = map(int, markers.get_by_label("of disc:").input_value().split(","))
    assert (abs(x - DISC[0]) < 5, abs(y - DISC[1]) < 5) == (True, True), (x, y)


def test_nobody_hands_in_without_what_the_browser_keeps(visit):
    person = visit("Kim")
    page = person.begin("three")
    address = page.url
    person.context.set_offline(True)
    page.locator(UNIT).get_by_label("Your answer").fill("hertz")
    expect_kept_on_device(page)
    page.close()
    person.context.set_offline(False)
    person.page = page = person.new_page()
    page.goto(f"{address}summary/")
    page.wait_for_url(address)
    expect(page.locator(UNIT).get_by_label("Your answer")).to_have_value("hertz")
    expect_sent(page)
    hand_in(page)
    expect(page.locator(UNIT)).to_contain_text("1 / 1 · Right")


def test_two_tabs_without_network_keep_each_its_own(visit):
    person = visit("Gina")
    one = person.begin("three")
    other = person.new_page()
    other.goto(one.url)
    person.context.set_offline(True)
    one.locator(f"{CAPITAL} label", has_text="Paris").click()
    other.locator(UNIT).get_by_label("Your answer").fill("hertz")
    expect_kept_on_device(one)
    expect_kept_on_device(other)
    other.close()
    one.close()
    person.context.set_offline(False)
    person.page = person.new_page()
    person.page.goto(f"{person.site.address}/learn/{RUN}/three/quiz/1/")
    expect_sent(person.page)
    expect_the_server_has(person, "Paris", "hertz")


def test_who_was_signed_out_signs_in_again_elsewhere_and_goes_on(visit):
    person = visit("Hugo")
    page = person.begin("three")
    person.context.clear_cookies()
    page.locator(UNIT).get_by_label("Your answer").fill("hertz")
    expect(page.locator("[data-saving]")).to_contain_text("You are signed out")
    assert len(kept_on_device(page)) == 1
    person.sign_in("Hugo", person.new_page())
    expect_saved(page)
    hand_in(page)
    expect(page.locator(UNIT)).to_contain_text("1 / 1 · Right")


def test_turning_a_page_at_once_takes_the_answer_along(visit):
    """On pages that one cannot turn back, too: nothing is sent again from the wrong page."""
    person = visit("Ines")
    page = person.begin("pages")
    page.locator(f"{CAPITAL} label", has_text="Paris").click()
    page.get_by_role("button", name="Next page").click()
    page.locator(UNIT).get_by_label("Your answer").fill("hertz")
    page.locator("[data-map='3']").click()
    expect(page.locator(PI)).to_be_visible()
    assert kept_on_device(page) == []
    page.locator(PI).get_by_label("Your answer").fill("3.14")
    expect_saved(page)
    hand_in(page)
    expect(page.locator(".quiz-result")).to_contain_text("3 / 3")

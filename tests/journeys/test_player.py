"""The video's player: it goes on where somebody stopped and keeps what the server did not get."""

import json

import pytest
from playwright.sync_api import expect

from tests.journeys.pages import RUN, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.serving, pytest.mark.xdist_group("demo-site")]

FILM = f"/learn/{RUN}/sampling-video/"
ANSWERS = {
    400: ("could not be counted", False),
    401: ("You are signed out", True),
    403: ("signed in anew meanwhile", True),
    404: ("not open to you", True),
    503: ("The site could not save", True),
    None: ("No connection", True),
}
PLAY = "it => { it.muted = true; it.playbackRate = 8; it.currentTime = 1; return it.play(); }"
READY = """it => it.readyState >= 1
  || new Promise((done) => it.addEventListener("loadedmetadata", done, { once: true }))"""
REACHED = """(it, time) => new Promise((done) => it.addEventListener("timeupdate", () => {
  if (it.currentTime >= time) done();
}))"""


@pytest.fixture
def browser(chromium, demo_site):
    context = chromium.new_context(locale="en")
    page = context.new_page()
    sign_in(page, demo_site, "ada@demo.example")
    page.goto(f"{demo_site.address}/language/en/")
    yield page
    context.close()


def open_film(page, site):
    page.goto(site.address + FILM)
    page.locator("video").evaluate(READY)


def kept(page):
    """What waits in this browser to be sent: the parts seen, by key."""
    found = page.evaluate(
        "Object.entries(localStorage).filter(([key]) => key.startsWith('preau-watch'))"
    )
    return {key: json.loads(parts) for key, parts in found}


def play_a_little(page):
    page.locator("video").evaluate(PLAY)
    page.locator("video").evaluate(REACHED, 2)
    page.locator("video").evaluate("it => it.pause()")


def answer_reports(page, status):
    page.unroute_all()
    if status is None:
        page.route("**/watched/", lambda route: route.abort())
    else:
        page.route("**/watched/", lambda route: route.fulfill(status=status, body="no"))


@pytest.mark.parametrize("status", ANSWERS)
def test_it_says_why_a_report_was_not_taken(browser, demo_site, status):
    words, stays = ANSWERS[status]
    open_film(browser, demo_site)
    browser.evaluate("localStorage.clear()")
    answer_reports(browser, status)
    play_a_little(browser)
    expect(browser.locator("[data-watched-state]")).to_contain_text(words)
    assert bool(kept(browser)) is stays
    browser.evaluate("localStorage.clear()")


def test_it_goes_on_also_when_the_video_is_ready_before_the_script(browser, demo_site):
    person = browser.locator("body").get_attribute("data-person")
    parts = json.dumps([[0, 4.5]])
    browser.evaluate("([key, parts]) => localStorage.setItem(key, parts)",
                     [f"preau-watch {person} {FILM}watched/", parts])  # fmt: skip
    held = []
    browser.route(
        "**/video*.js", lambda route: held.extend([route])
    )  # no method of C's: it takes no attribute
    browser.goto(demo_site.address + FILM, wait_until="commit")
    browser.locator("video").evaluate(READY)
    with browser.expect_request("**/watched/") as sent:
        held[0].continue_()
    assert sent.value.post_data_json["seen"] == [[0, 4.5]]
    expect(browser.locator("video")).to_have_js_property("currentTime", 4.5)
    expect(browser.locator("[data-watched-state]")).to_contain_text("% seen")
    assert kept(browser) == {}


def test_what_one_person_saw_is_never_sent_as_anothers(browser, demo_site):
    open_film(browser, demo_site)
    answer_reports(browser, None)
    play_a_little(browser)
    expect(browser.locator("[data-watched-state]")).to_contain_text("No connection")
    mine = kept(browser)
    assert len(mine) == 1
    browser.unroute_all()
    browser.context.clear_cookies()
    sign_in(browser, demo_site, "noah@demo.example")
    sent = []
    browser.on(
        "request", lambda request: sent.append(request.url) if "/watched/" in request.url else None
    )
    open_film(browser, demo_site)
    expect(browser.locator("[data-video-controls]")).to_be_visible()
    browser.wait_for_load_state("networkidle")
    assert sent == []
    assert kept(browser) == mine
    browser.context.clear_cookies()
    sign_in(browser, demo_site, "ada@demo.example")
    with browser.expect_response("**/watched/") as answer:
        open_film(browser, demo_site)
    assert answer.value.ok
    assert answer.value.request.post_data_json["seen"] == next(iter(mine.values()))


def test_chapters_and_transcript_lead_to_their_moment(browser, demo_site):
    open_film(browser, demo_site)
    cue = browser.locator("button.cue").nth(2)
    cue.click()
    start = float(cue.get_attribute("data-seek"))
    browser.locator("video").evaluate(REACHED, start)
    browser.locator("video").evaluate("it => it.pause()")

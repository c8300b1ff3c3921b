"""Everything that matters works in a browser that runs no script."""

import pytest
from playwright.sync_api import expect

from tests.journeys.pages import RUN, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.serving, pytest.mark.xdist_group("demo-site")]

COURSE = f"/learn/{RUN}/"
FILM = f"{COURSE}sampling-video/"
ACTIVITY = f"{COURSE}frequency-and-period/"


@pytest.fixture
def page(chromium, demo_site):
    context = chromium.new_context(locale="en-GB", java_script_enabled=False)
    yield context.new_page()
    context.close()


def expect_no_dead_button(page):
    """Whatever can be pressed belongs to a form."""
    buttons = page.locator("button:visible")
    loose = [
        buttons.nth(number).inner_text()
        for number in range(buttons.count())
        if not buttons.nth(number).locator("xpath=ancestor::form").count()
    ]
    assert loose == [], page.url


def enrol_anew(page, site):
    page.goto(site.address + COURSE)
    page.get_by_role("link", name="Leave this course").click()
    page.get_by_role("button", name="Leave").click()
    page.goto(f"{site.address}/courses/?q=telecom")
    page.locator(".course-card a").first.click()
    page.locator(".offer", has_text="At your own pace").get_by_role("button", name="Enrol").click()
    expect(page.get_by_text("You are enrolled")).to_be_visible()
    expect_no_dead_button(page)


def tick(page, site, path):
    page.goto(site.address + path)
    if page.get_by_role("button", name="Mark as not done").count():
        page.get_by_role("button", name="Mark as not done").click()
    expect(page.locator("[data-state]")).to_contain_text("Not completed yet")
    page.get_by_role("button", name="Mark as done").click()
    expect(page.locator("[data-state]")).to_contain_text("Completed")


def write_a_note(page, site):
    page.goto(site.address + ACTIVITY)
    page.get_by_role("button", name="Bookmark", exact=True).click()
    expect(page.get_by_role("button", name="Remove bookmark")).to_be_visible()
    if not page.locator(".note-box[open]").count():
        page.locator(".note-box summary").click()
    page.locator("#note-text").fill("Written without any script.")
    page.get_by_role("button", name="Save note").click()
    expect(page.get_by_text("Your note is saved.")).to_be_visible()
    page.goto(f"{site.address}/runs/{RUN}/notebook/")
    expect(page.get_by_text("Written without any script.")).to_be_visible()
    page.goto(site.address + ACTIVITY)
    page.get_by_role("button", name="Remove bookmark").click()


def test_a_whole_visit(page, demo_site):
    sign_in(page, demo_site, "noah@demo.example")
    expect_no_dead_button(page)
    enrol_anew(page, demo_site)
    page.goto(f"{demo_site.address}{COURSE}what-is-a-signal/")
    expect(page.locator(".prose")).to_be_visible()
    expect(page.locator("[data-state]")).to_contain_text("Completed")
    expect_no_dead_button(page)
    tick(page, demo_site, FILM)
    expect(page.locator(".transcript")).to_contain_text("0:0")
    expect_no_dead_button(page)
    write_a_note(page, demo_site)
    page.goto(demo_site.address + COURSE)
    page.locator("#search-in-course").fill("frequency")
    page.locator("#search-in-course").press("Enter")
    expect(page.locator(".hits a").first).to_be_visible()
    page.locator("a[hreflang=fr]").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    assert "q=frequency" in page.url
    page.locator("a[hreflang=en]").click()
    page.locator(".menu summary").click()
    page.get_by_role("link", name="Sign out").click()
    page.locator("main").get_by_role("button").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def test_a_page_ticked_by_hand(page, demo_site):
    sign_in(page, demo_site, "noah@demo.example")
    page.goto(demo_site.address + COURSE)
    links = page.locator("a.outline-title")
    paths = [links.nth(number).get_attribute("href") for number in range(links.count())]
    for path in paths:
        page.goto(demo_site.address + path)
        if page.locator("form[action$='/complete/']:not([data-by-hand])").count():
            tick(page, demo_site, path)
            return
    raise AssertionError("no open page is ticked by hand")

"""What is typed into a note is there again, whatever was pressed instead of “Save note”."""

import pytest
from playwright.sync_api import expect

from tests.journeys.pages import RUN, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.serving, pytest.mark.xdist_group("demo-site")]

ACTIVITY = f"/learn/{RUN}/frequency-and-period/"
TYPED = "The period is what\none counts on a clock."
RESTORED = "Unsaved draft restored"


@pytest.fixture
def browser(chromium, demo_site):
    context = chromium.new_context(locale="en")
    page = context.new_page()
    sign_in(page, demo_site, "ada@demo.example")
    page.goto(f"{demo_site.address}/language/en/")
    open_note(page, demo_site)
    save(page, "")
    yield page
    context.close()


def open_note(page, site):
    page.goto(site.address + ACTIVITY)
    if not page.locator(".note-box[open]").count():
        page.locator(".note-box summary").click()


def save(page, text):
    page.locator("#note-text").fill(text)
    page.get_by_role("button", name="Save note").click()
    expect(page.get_by_text("Your note is saved.")).to_be_visible()


def expect_restored(page, text=TYPED):
    expect(page.get_by_text(RESTORED)).to_be_visible()
    expect(page.locator("#note-text")).to_be_visible()
    expect(page.locator("#note-text")).to_have_value(text)


def drafts(page):
    return page.evaluate(
        "Object.keys(sessionStorage).filter(it => it.startsWith('preau-note')).length"
    )


def test_a_bookmark_and_a_walk_elsewhere_leave_the_draft(browser, demo_site):
    open_note(browser, demo_site)
    browser.locator("#note-text").fill(TYPED)
    browser.get_by_role("button", name="bookmark").click()
    expect_restored(browser)
    browser.locator(".activity-next").click()
    expect(browser.locator("#note-text")).to_have_value("")
    browser.goto(demo_site.address + ACTIVITY)
    expect_restored(browser)
    browser.get_by_role("button", name="Save note").click()
    expect(browser.get_by_text("Your note is saved.")).to_be_visible()
    expect(browser.get_by_text(RESTORED)).to_be_hidden()
    expect(browser.locator("#note-text")).to_have_value(TYPED)
    assert drafts(browser) == 0


def test_a_draft_can_be_discarded(browser, demo_site):
    open_note(browser, demo_site)
    save(browser, "As it was.")
    browser.locator("#note-text").fill(TYPED)
    browser.reload()
    expect_restored(browser)
    browser.get_by_role("button", name="Discard the draft").click()
    expect(browser.locator("#note-text")).to_have_value("As it was.")
    expect(browser.get_by_text(RESTORED)).to_be_hidden()
    assert drafts(browser) == 0
    save(browser, "And it can be changed again.")


def test_a_draft_never_overwrites_what_was_saved_elsewhere_meanwhile(browser, demo_site):
    open_note(browser, demo_site)
    browser.locator("#note-text").fill(TYPED)
    phone = browser.context.new_page()
    open_note(phone, demo_site)
    expect(phone.get_by_text(RESTORED)).to_be_hidden()
    save(phone, "From the phone.")
    open_note(browser, demo_site)
    expect_restored(browser)
    browser.get_by_role("button", name="Save note").click()
    expect(browser.locator("#note-kept")).to_have_value("From the phone.")
    expect(browser.locator("#note-written")).to_have_value(TYPED)
    browser.locator("#note-written").fill(f"From the phone. {TYPED}")
    browser.get_by_role("button", name="Save note").click()
    expect(browser.get_by_text("Your note is saved.")).to_be_visible()
    expect(browser.get_by_text(RESTORED)).to_be_hidden()
    expect(browser.locator("#note-text")).to_have_value(f"From the phone. {TYPED}")


def test_the_next_person_at_the_computer_sees_nothing_of_it(browser, demo_site):
    open_note(browser, demo_site)
    browser.locator("#note-text").fill(TYPED)
    browser.context.clear_cookies()
    sign_in(browser, demo_site, "noah@demo.example")
    open_note(browser, demo_site)
    expect(browser.get_by_text(RESTORED)).to_be_hidden()
    assert TYPED not in browser.locator("#note-text").input_value()

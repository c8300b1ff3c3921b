"""Talking in a forum: on a phone, with scripts and without, from the question to its answer."""

import pytest
from playwright.sync_api import expect

from tests.journeys.pages import RUN, sign_in
from tests.journeys.test_accessibility import violations

pytestmark = [pytest.mark.browser, pytest.mark.serving, pytest.mark.xdist_group("demo-site")]

FORUM = f"/learn/{RUN}/questions/"
UNANSWERED = f"/runs/{RUN}/statistics/unanswered/"


@pytest.fixture(params=[True, False], ids=["with scripts", "without"])
def phone_of(chromium, demo_site, request):
    """``phone_of("ada@demo.example")``: a page of hers, on a phone of her own."""
    opened = []

    def open_page(address):
        opened.append(
            chromium.new_context(
                locale="en",
                viewport={"width": 390, "height": 844},
                java_script_enabled=request.param,
            )
        )
        page = opened[-1].new_page()
        sign_in(page, demo_site, address)
        page.goto(f"{demo_site.address}/language/en/")
        return page

    yield open_page
    for context in opened:
        context.close()


def test_a_question_is_asked_found_answered_and_kept_in_order(phone_of, demo_site, request):
    title = f"Which period is it? ({request.node.callspec.id})"
    ada, theo = phone_of("ada@demo.example"), phone_of("theo@demo.example")
    ask(ada, demo_site, title)
    answer_what_waits(theo, demo_site, title)
    read_and_change(ada, demo_site, title)
    keep_order(theo)
    ada.reload()
    expect(ada.get_by_text("This thread is closed")).to_be_visible()
    expect(ada.get_by_text("Hidden: Rude")).to_be_visible()
    expect(ada.get_by_text("Nonsense!")).to_be_visible()  # to its author
    expect(ada.locator("textarea")).to_have_count(0)


def ask(page, site, title):
    page.goto(site.address + FORUM)
    page.get_by_role("link", name="Start a thread").click()
    page.get_by_label("Title").fill(title)
    page.get_by_label("Your post").fill(" \n ")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Nothing is written yet")).to_be_visible()
    expect(page.get_by_label("Title")).to_have_value(title)
    page.get_by_label("Your post").fill("Is it $T = 1/f$?\n\n- *yes*\n- no")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Your post is there.")).to_be_visible()
    expect(page.locator(".post math")).to_be_visible()
    expect(page.locator(".post em")).to_have_text("yes")
    page.go_back()
    page.go_forward()
    expect(page.locator(".post")).to_have_count(1)


def answer_what_waits(page, site, title):
    page.goto(f"{site.address}/runs/{RUN}/statistics/")
    page.get_by_role("link", name="without an answer").click()
    page.get_by_role("link", name=title).click()
    expect(page.get_by_text("No answer yet")).to_be_visible()
    page.get_by_label("Your post").fill("**Yes**, exactly.")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".post", has_text="exactly")).to_contain_text("tutor")
    expect(page.get_by_text("No answer yet")).to_have_count(0)
    page.goto(site.address + UNANSWERED)
    expect(page.get_by_role("link", name=title)).to_have_count(0)


def read_and_change(page, site, title):
    page.goto(site.address + FORUM)
    page.get_by_role("link", name=title).click()
    page.get_by_label("Your post").fill("Nonsense, typed in haste")
    page.get_by_role("button", name="Send").click()
    page.locator(".post").last.get_by_role("link", name="Change").click()
    page.get_by_label("Your post").fill("Nonsense!")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".post").last).to_contain_text("Nonsense!")
    expect(page.locator(".post").last).to_contain_text("changed on")
    page.goto(site.address + FORUM)
    page.get_by_role("link", name=title).click()


def keep_order(page):
    page.goto(page.url.split("/runs/")[0] + FORUM)
    page.locator(".thread a").first.click()
    page.locator(".post").last.get_by_role("link", name="Hide").click()
    page.get_by_label("Reason").fill("Rude")
    page.get_by_role("button", name="Hide").click()
    expect(page.get_by_role("button", name="Show again")).to_be_visible()
    page.get_by_role("button", name="Close the thread").click()
    expect(page.get_by_role("button", name="Open the thread again")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_axe_finds_nothing_on_any_page_of_a_forum(chromium, demo_site, scheme, language):
    context = chromium.new_context(color_scheme=scheme, viewport={"width": 320, "height": 700})
    page = context.new_page()
    sign_in(page, demo_site, "claire@demo.example")
    page.goto(f"{demo_site.address}/language/{language}/")
    found, wide = [], []

    def look():
        found.extend(violations(page))
        wide.extend([page.url] if is_wide(page) else [])

    page.goto(demo_site.address + FORUM)
    look()
    page.goto(f"{demo_site.address}{FORUM}forum/new/")
    look()
    page.locator("input[name=title]").fill("A_word_that_is_wider_than_a_telephone" * 3)
    page.locator("textarea").fill("`A_line_of_code_that_is_wider_than_a_telephone_is_" + "x" * 80)
    page.locator("main form .button").click()
    page.locator(".post").wait_for()
    look()
    for name in ("edit", "hide"):
        page.locator(f"a[href$='/{name}/']").first.click()
        page.locator("h1").wait_for()
        look()
        page.go_back()
    page.goto(f"{demo_site.address}{UNANSWERED}")
    look()
    context.close()
    assert found == []
    assert wide == []


def is_wide(page):
    return page.evaluate("document.documentElement.scrollWidth > window.innerWidth")

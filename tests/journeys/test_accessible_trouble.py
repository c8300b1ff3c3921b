"""Pages that one meets once or when something is wrong: axe-core finds nothing there either."""

import re
import sqlite3
import time
from contextlib import closing
from email import message_from_bytes
from email.policy import default

import pytest

from tests.journeys.pages import RUN, sign_in
from tests.journeys.site import preau, served
from tests.journeys.test_accessibility import violations

pytestmark = [pytest.mark.browser, pytest.mark.serving, pytest.mark.xdist_group("trouble")]

ACTIVITY = f"/learn/{RUN}/frequency-and-period/"
CHOSEN = [("en", "light"), ("fr", "dark")]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("accessible") / "site"
    with served(folder, PREAU_DATABASE_WAIT_SECONDS="0.3") as live:
        preau("manage", "demo_load", environ=live.environ)
        yield live


@pytest.fixture(params=CHOSEN, ids="-".join)
def page(request, chromium, site):
    language, scheme = request.param
    context = chromium.new_context(
        locale=language, color_scheme=scheme, viewport={"width": 390, "height": 844}
    )
    page = context.new_page()
    page.language = language
    page.goto(f"{site.address}/language/{language}/")
    yield page
    context.close()


def has_none(page, answer, status):
    assert answer.status == status, answer.url
    assert page.locator("html").get_attribute("lang") == page.language
    assert page.locator("h1").count() == 1
    assert violations(page) == []


def submit(page, form):
    """Send the form, without asking the browser whether it is well filled."""
    with page.expect_navigation() as came:
        page.locator(form).evaluate("it => it.submit()")
    return came.value


def note(page, site, text="A note of more than twenty letters."):
    page.goto(site.address + ACTIVITY)
    page.locator("#note-text").evaluate("(it, text) => { it.value = text; }", text)


NOTE_FORM = "form[action$='/note/']"


def test_a_locked_activity_and_an_address_for_forms(page, site):
    sign_in(page, site, "noah@demo.example")
    has_none(page, page.goto(f"{site.address}/learn/{RUN}/dns/"), 403)
    has_none(page, page.goto(f"{site.address}{ACTIVITY}note/"), 405)


def test_forms_that_were_held_back(page, site):
    sign_in(page, site, "noah@demo.example")
    note(page, site)
    page.context.clear_cookies(name="preau_csrf")
    has_none(page, submit(page, NOTE_FORM), 403)
    note(page, site)
    page.context.clear_cookies(name="preau_session")
    has_none(page, submit(page, NOTE_FORM), 401)


def test_a_form_from_elsewhere(page, site):
    page.goto("about:blank")
    page.set_content(f'<form method="post" action="{site.address}/account/login/"></form>')
    has_none(page, submit(page, "form"), 403)


def test_two_versions_of_a_note(page, site):
    sign_in(page, site, "noah@demo.example")
    note(page, site, "First.")
    other = page.context.new_page()
    note(other, site, f"Second, {page.language}.")
    submit(other, NOTE_FORM)
    has_none(page, submit(page, NOTE_FORM), 409)


def test_too_much_and_a_busy_database(page, site):
    sign_in(page, site, "noah@demo.example")
    note(page, site, "x" * 3_000_000)
    has_none(page, submit(page, NOTE_FORM), 413)
    note(page, site)
    database = site.folder / "data" / "preau.sqlite3"
    with closing(sqlite3.connect(database, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        has_none(page, submit(page, NOTE_FORM), 503)
        holder.execute("ROLLBACK")


def letter_link(site, pattern, to):
    """The link in the letter to that address, once it is there."""
    until = time.monotonic() + 90
    while time.monotonic() < until:
        for path in (site.folder / "mail").glob("*.log"):
            letter = message_from_bytes(path.read_bytes(), policy=default)
            found = re.search(pattern, letter.get_content() if letter["To"] == to else "")
            if found:
                return found[0]
        time.sleep(0.1)  # a folder gives no event
    raise AssertionError(f"no letter to {to}")


def test_signing_up_and_confirming_the_address(page, site):
    address = f"zoe.{page.language}@example.org"
    page.goto(f"{site.address}/account/signup/")
    page.locator("input[name=name]").fill("Zoé Martin")
    page.locator("input[name=email]").fill(address)
    page.locator("input[name=password1]").fill("a long and quiet sentence")
    has_none(page, submit(page, "main form"), 200)
    assert page.url.endswith("/account/confirm-email/")
    link = letter_link(site, r"http://\S+/confirm-email/\S+", address)
    has_none(page, page.goto(link), 200)
    has_none(page, page.goto(f"{site.address}/account/confirm-email/wrong-key/"), 200)


def test_choosing_another_password(page, site):
    address = {"en": "theo@demo.example", "fr": "claire@demo.example"}[page.language]
    page.goto(f"{site.address}/account/password/reset/")
    page.locator("input[name=email]").fill(address)
    has_none(page, submit(page, "main form"), 200)
    link = letter_link(site, r"http://\S+/password/reset/key/\S+", address)
    has_none(page, page.goto(link), 200)
    page.locator("input[name=password1]").fill("short")
    has_none(page, submit(page, "main form >> nth=0"), 200)
    wrong = f"{site.address}/account/password/reset/key/1-wrong/"
    has_none(page, page.goto(wrong), 200)


def test_too_many_tries(page, site):
    for number in range(60):
        page.goto(f"{site.address}/account/login/")
        page.locator("input[name=login]").fill(f"nobody{number}@example.org")
        page.locator("input[name=password]").fill("wrong")
        answer = submit(page, "main form")
        if answer.status == 429:
            break
    has_none(page, answer, 429)

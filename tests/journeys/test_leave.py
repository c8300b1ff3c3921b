"""Somebody takes their data along and deletes their account, on a phone, on a real site."""

import io
import sqlite3
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.site import preau, served
from tests.journeys.test_accessibility import violations
from tests.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.serving]

NAME, ADDRESS, NOTE = "Zelda Quixworth", "zelda@example.org", "zelda-private-note"
MAKE = f"""
from preau.learn.accounts.actions import create_verified_person
create_verified_person({ADDRESS!r}, {NAME!r}, {PASSWORD!r})
"""


@pytest.fixture
def site(tmp_path):
    with served(tmp_path / "site") as live:
        preau("manage", "shell", "-v0", "-c", MAKE, environ=live.environ)
        yield live


def say_password(page):
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()


def live_a_little(page, site):
    page.goto(f"{site.address}/account/login/")
    page.get_by_label("Email").fill(ADDRESS)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign In").click()
    page.goto(f"{site.address}/runs/telecoms-self/enrol/")
    page.get_by_role("button", name="Enrol").click()
    page.goto(f"{site.address}/learn/telecoms-self/what-is-a-signal/")
    page.locator(".note-box summary").click()
    page.locator(".note-box textarea").fill(NOTE)
    page.locator(".note-box").get_by_role("button", name="Save").click()
    expect(page.get_by_text("Your note is saved.")).to_be_visible()


def take_data(page):
    page.get_by_role("link", name="Download my data first").click()
    page.get_by_role("button", name="Download").click()
    with page.expect_download() as begun:
        say_password(page)
    with zipfile.ZipFile(io.BytesIO(Path(begun.value.path()).read_bytes())) as archive:
        assert NOTE in archive.read("notes.csv").decode()


def words_left(folder, words):
    """Files of the site that have one of the words, the database and its journal among them."""
    found = []
    for path in folder.rglob("*"):
        if path.is_file() and path.name != "serve.log":
            content = path.read_bytes().lower()
            found += [f"{path.relative_to(folder)}: {it}" for it in words if it.encode() in content]
    return found


def test_an_account_is_deleted_and_nothing_of_it_is_in_any_file(chromium, site):
    context = chromium.new_context(locale="en-GB", viewport={"width": 390, "height": 844})
    page = context.new_page()
    live_a_little(page, site)
    page.goto(f"{site.address}/account/profile/")
    page.get_by_role("link", name="Delete my account").click()
    assert violations(page) == []
    take_data(page)
    page.goto(f"{site.address}/account/leave/")
    page.get_by_label("Type your e-mail address").fill(ADDRESS)
    page.get_by_role("button", name="Delete my account").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Your account is")
    for _look in range(60):
        if page.get_by_role("link", name="Look again").count() == 0:
            break
        page.wait_for_timeout(500)  # the task worker is another process: there is no event
        page.get_by_role("link", name="Look again").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account is deleted")
    assert violations(page) == []
    with page.expect_download() as begun:
        page.get_by_role("link", name="Download the report").click()
    report = Path(begun.value.path()).read_text()
    assert "private notes and bookmarks" in report
    page.goto(f"{site.address}/dashboard/")
    expect(page).to_have_url(f"{site.address}/account/login/?next=%2Fdashboard%2F")
    context.close()
    with sqlite3.connect(site.folder / "data" / "preau.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM accounts_person").fetchone() == (0,)
    words = (NAME.lower(), ADDRESS, NOTE)
    left = words_left(site.folder, words)
    assert {it.partition("/")[0] for it in left} <= {"mail"}  # the report's own letter
    told = preau("manage", "person_erase", "--help", environ=site.environ)
    assert "--dry-run" in told

"""The web log's report in a browser: it shows by itself what comes, and says so without scripts."""

import re
import subprocess
import time
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from tests.journeys.site import PREAU, free_port
from tests.journeys.test_accessibility import violations
from tests.operate.accesslog.logs import line, write

pytestmark = pytest.mark.browser

LINES = [line(f"/{number % 7}", at=number / 3, host=f"h{number % 99}") for number in range(1400)]


@contextmanager
def shown(log, *words):
    """The address of the report."""
    port = free_port()
    command = [PREAU, "accesslog", "serve", log, "--store", log.with_suffix(".store")]
    process = subprocess.Popen(
        [str(it) for it in (*command, "--port", port, *words)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout.readline() == f"The report is on http://127.0.0.1:{port}/\n"
        yield process, f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.communicate(timeout=60)


@pytest.fixture
def log(tmp_path):
    return write(tmp_path / "access.log", *LINES[:700])


def add(log, lines):
    with log.open("a") as more:
        more.writelines(f"{it}\n" for it in lines)


def await_pages(context, address, count):
    """Until the server has them."""
    until = time.monotonic() + 60
    while context.request.get(f"{address}report.json").json()["summary"]["pages"] != count:
        assert time.monotonic() < until


def test_numbers_and_the_days_curve_change_while_one_looks(chromium, log):
    with shown(log, "--live") as (process, address), chromium.new_context() as context:
        page, troubles = context.new_page(), []
        page.on("console", lambda it: troubles.append(it.text) if it.type == "error" else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(address)
        pages = page.locator(".facts div", has_text=re.compile("^Pages")).locator("dd")
        expect(pages).to_have_text("700")
        troubles.clear()  # that nothing was counted yet is no trouble
        page.evaluate("window.kept = true")
        page.locator("#days summary").click()
        curve = page.locator("#last-day svg")
        before = curve.inner_html()
        add(log, LINES[700:1300])
        expect(pages).to_have_text("1,300")
        assert curve.inner_html() != before
        expect(page.locator("#last-day h2")).to_have_text("2026-10-05, hour by hour")
        expect(page.locator("#days details")).to_have_attribute("open", "")
        add(log, [line("/gone", at=470, status=404, host="h1", referrer="https://a.example/")])
        expect(page.locator("#errors")).to_be_visible()  # a list that was not there
        expect(page.locator("#days details")).to_have_attribute("open", "")
        assert page.evaluate("window.kept"), "it was never loaded anew"

        button = page.get_by_role("button", name="Pause")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        add(log, LINES[1300:])
        await_pages(context, address, 1400)
        expect(pages).to_have_text("1,300")
        button.click()
        expect(pages).to_have_text("1,400")
        assert troubles == []

        process.terminate()
        expect(page.get_by_text("Nothing answers any more.")).to_be_visible()


def test_without_scripts_there_is_a_link(chromium, log):
    with (
        shown(log, "--live", "--language", "fr") as (_process, address),
        chromium.new_context(java_script_enabled=False) as context,
    ):
        page = context.new_page()
        page.goto(address)
        pages = page.locator(".facts div", has_text=re.compile("^Pages")).locator("dd")
        expect(pages).to_have_text("700")
        expect(page.get_by_role("button")).to_have_count(0)
        add(log, LINES[700:800])
        link = page.get_by_role("link", name="Recharger")
        for _try in range(100):
            link.click()
            if pages.text_content() == "800":
                return
        pytest.fail("the page stayed as it was")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(chromium, log, scheme, width):
    size = {"width": width, "height": 900}
    with (
        shown(log, "--live") as (_process, address),
        chromium.new_context(color_scheme=scheme, viewport=size) as context,
    ):
        page = context.new_page()
        page.goto(address)
        expect(page.get_by_role("button", name="Pause")).to_be_visible()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width

"""Statistics in a browser: the log is followed, the report stands on its own."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.pages import RUN, sign_in
from tests.journeys.site import preau
from tests.journeys.test_accessibility import violations

pytestmark = [pytest.mark.browser, pytest.mark.serving, pytest.mark.xdist_group("demo-site")]


@pytest.fixture
def signed_in_page(chromium, demo_site):
    """``signed_in_page("otto@demo.example")`` is a page of a browser of their own."""
    opened = []

    def open_page(address):
        opened.append(chromium.new_context(locale="en"))
        page = opened[-1].new_page()
        sign_in(page, demo_site, address)
        page.goto(f"{demo_site.address}/language/en/")
        return page

    yield open_page
    for context in opened:
        context.close()


def test_the_log_shows_what_somebody_does_meanwhile(signed_in_page, demo_site):
    operator, learner = signed_in_page("otto@demo.example"), signed_in_page("ada@demo.example")
    operator.goto(f"{demo_site.address}/statistics/log/?verb=bookmarked")
    rows = operator.locator("table.log tbody tr")
    before = rows.count()
    operator.get_by_label("Follow").check()
    learner.goto(f"{demo_site.address}/learn/{RUN}/what-is-a-signal/")
    learner.locator("button[aria-pressed]", has_text="Bookmark").click()
    learner.wait_for_load_state()
    expect(rows).to_have_count(before + 1)
    expect(rows.first).to_contain_text("ada@demo.example")
    expect(operator.get_by_label("Follow")).to_be_checked()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_report_needs_no_site_and_no_fault_is_found(chromium, demo_site, tmp_path, scheme):
    month = f"{datetime.now(UTC).date() - timedelta(days=10):%Y-%m}"
    report = tmp_path / "report.html"
    preau("stats", "report", "--month", month, "-o", report, environ=demo_site.environ)
    context = chromium.new_context(
        offline=True, color_scheme=scheme, viewport={"width": 390, "height": 844}
    )
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(report.as_uri())
    assert violations(page) == []
    assert asked == [report.as_uri()]
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390, "nothing has to be scrolled sideways"
    context.close()

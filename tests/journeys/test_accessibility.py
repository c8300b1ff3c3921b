"""Every page, in both themes and both languages: axe-core finds nothing."""

from pathlib import Path

import axe_playwright_python
import pytest

from tests.journeys.pages import (
    LEARNER_PAGES,
    OPERATOR_PAGES,
    RUN,
    TEACHER_PAGES,
    VISITOR_PAGES,
    sign_in,
)

pytestmark = [pytest.mark.browser, pytest.mark.serving, pytest.mark.xdist_group("demo-site")]

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
PAGES = {
    "": VISITOR_PAGES,
    "ada@demo.example": LEARNER_PAGES,
    "claire@demo.example": TEACHER_PAGES,
    "otto@demo.example": OPERATOR_PAGES,
}


def violations(page) -> list[str]:
    page.evaluate(AXE)
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    return [
        f"{page.url} {rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]
    ]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing(chromium, demo_site, address, scheme, language):
    context = chromium.new_context(
        locale=language, color_scheme=scheme, viewport={"width": 390, "height": 844}
    )
    page = context.new_page()
    if address:
        sign_in(page, demo_site, address)
    page.goto(f"{demo_site.address}/language/{language}/")  # goes before the person's own
    found = []
    for path in PAGES[address]:
        answer = page.goto(demo_site.address + path)
        assert answer is not None, path
        assert answer.status in {200, 403, 404}, (path, answer.status)
        assert page.locator("html").get_attribute("lang") == language, path
        found += violations(page)
    context.close()
    assert found == []


@pytest.mark.parametrize(("language", "scheme"), [("fr", "light"), ("en", "dark")])
def test_axe_finds_nothing_on_any_activity_of_the_sample_course(
    chromium, demo_site, language, scheme
):
    context = chromium.new_context(
        locale=language, color_scheme=scheme, viewport={"width": 1280, "height": 900}
    )
    page = context.new_page()
    sign_in(page, demo_site, "claire@demo.example")
    page.goto(f"{demo_site.address}/language/{language}/")  # goes before the person's own
    page.goto(f"{demo_site.address}/learn/{RUN}/")
    links = page.locator("a.outline-title")
    addresses = [links.nth(index).get_attribute("href") for index in range(links.count())]
    assert len(addresses) > 20
    found = []
    for path in addresses:
        page.goto(demo_site.address + path)
        found += violations(page)
    context.close()
    assert found == []


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("address", PAGES)
def test_no_page_scrolls_sideways(chromium, demo_site, address, width):
    context = chromium.new_context(locale="fr", viewport={"width": width, "height": 700})
    page = context.new_page()
    if address:
        sign_in(page, demo_site, address)
    wide = []
    for path in PAGES[address]:
        page.goto(demo_site.address + path)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wide.append(path)
    context.close()
    assert wide == []

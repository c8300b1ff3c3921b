"""A browser, and a site that all journeys of a worker share."""

import pytest
from playwright.sync_api import sync_playwright

from tests.journeys.site import chromium_path, preau, served

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
    "--autoplay-policy=no-user-gesture-required",
]  # fmt: skip


@pytest.fixture(scope="session")
def chromium():
    path = chromium_path()
    if path is None:
        pytest.skip("no Chromium; enable with: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory):
    """The sample course with the demonstration people."""
    with served(tmp_path_factory.mktemp("demo") / "site") as site:
        preau("manage", "demo_load", environ=site.environ)
        yield site

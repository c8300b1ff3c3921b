"""A browser, and a site that all journeys of a worker share."""

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.journeys.pages import RUN
from tests.journeys.site import chromium_path, preau, served

SIMULATOR = Path(__file__).parents[2] / "samples" / "simulated-run" / "simulate.py"

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
    expect.set_options(timeout=60_000)  # a busy machine is no fault of the page
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory):
    """The sample course with the demonstration people, and a run of it that is made up."""
    with served(tmp_path_factory.mktemp("demo") / "site") as site:
        preau("manage", "demo_load", environ=site.environ)
        words = ["--site", str(site.folder), "--run", RUN, "--learners", "60", "--weeks", "3"]
        subprocess.run([sys.executable, SIMULATOR, *words], check=True, timeout=120)
        preau("stats", "gather", environ=site.environ)
        yield site


@pytest.fixture(scope="session")
def quiz_site(tmp_path_factory):
    """The small course with a quiz for each journey, and its learners."""
    from tests.journeys.quiz_site import LEARNERS, quizzes_served  # not where there is no Django

    with quizzes_served(tmp_path_factory.mktemp("quizzes"), *LEARNERS) as site:
        yield site


@pytest.fixture
def visit(chromium, quiz_site):
    """``visit("Ada")`` signs her in, in a browser of her own; it is closed at the end."""
    from tests.journeys.quiz_site import Visit

    begun = []

    def sign_in(name, **options):
        begun.append(Visit(chromium, quiz_site, name, **options))
        return begun[-1]

    yield sign_in
    for it in begun:
        it.end()

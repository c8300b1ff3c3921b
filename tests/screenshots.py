"""``make screenshots``: the key pages at phone and desktop width, into docs/screenshots/.

The site is the demonstration site, served for the occasion. Pictures have at most 128 colours,
so that they stay small in git.
"""

import io
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.conftest import FLAGS, SIMULATOR
from tests.journeys.pages import RUN, sign_in
from tests.journeys.site import LiveSite, chromium_path, preau, served

FOLDER = Path(__file__).parents[1] / "docs" / "screenshots"
SIZES = {"phone": (390, 844), "desktop": (1280, 860)}
ADA, CLAIRE = "ada@demo.example", "claire@demo.example"
MINA, OTTO = "mina@demo.example", "otto@demo.example"
TODAY = datetime.now(UTC).date()
OTHER = "telecoms-2027"  # a run with fewer people, to compare with
# name: (who is signed in, path, language, colours)
PAGES = {
    "landing": ("", "/", "fr", "light"),
    "catalogue": ("", "/courses/?q=reseaux", "fr", "light"),
    "course": ("", "/courses/introduction-telecoms/", "en", "light"),
    "sign-up": ("", "/account/signup/", "fr", "light"),
    "dashboard": (ADA, "/dashboard/", "fr", "light"),
    "run": (ADA, f"/learn/{RUN}/", "fr", "light"),
    "activity": (ADA, f"/learn/{RUN}/frequency-and-period/", "fr", "light"),
    "video": (ADA, f"/learn/{RUN}/sampling-video/", "fr", "light"),
    "activity-dark": (ADA, f"/learn/{RUN}/decibels/", "en", "dark"),
    "quiz": (ADA, f"/learn/{RUN}/quiz-signals/", "fr", "light"),
    "forum": (CLAIRE, f"/learn/{RUN}/questions/", "en", "light"),
    "unanswered": (CLAIRE, f"/runs/{RUN}/statistics/unanswered/", "en", "light"),
    "questions": (CLAIRE, f"/runs/{RUN}/questions/", "en", "light"),
    "statistics": (CLAIRE, f"/runs/{RUN}/statistics/", "en", "light"),
    "videos": (CLAIRE, f"/runs/{RUN}/statistics/videos/", "fr", "dark"),
    "lost": (CLAIRE, f"/runs/{RUN}/statistics/lost/", "en", "light"),
    "compare": (MINA, f"/runs/{RUN}/statistics/compare/?with={OTHER}", "fr", "light"),
    "log": (OTTO, f"/statistics/log/?day={TODAY - timedelta(days=9)}", "en", "light"),
    "people": (CLAIRE, f"/runs/{RUN}/people/", "en", "light"),
}
BEGUN = {"quiz"}  # pages whose quiz is begun first, or gone on with


def take(page: Page, path: Path) -> None:
    """One picture of what the window shows."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)


def tour(browser: Browser, site: LiveSite) -> None:
    """All pages in all sizes."""
    for size, (width, height) in SIZES.items():
        for name, (who, path, language, colours) in PAGES.items():
            context = browser.new_context(
                viewport={"width": width, "height": height},
                locale=language,
                color_scheme="dark" if colours == "dark" else "light",
            )
            page = context.new_page()
            if who:
                sign_in(page, site, who)
            page.goto(f"{site.address}/language/{language}/?next=/health/")
            page.goto(site.address + path, wait_until="networkidle")
            if name in BEGUN:
                page.locator(".quiz-start button, a[href*='/quiz/']").first.click()
                page.locator(".question").first.wait_for()
            take(page, FOLDER / f"{name}-{size}.png")
            context.close()
            sys.stdout.write(f"docs/screenshots/{name}-{size}.png\n")


def look_at_report(browser: Browser, page_file: Path) -> None:
    """The report of a month, which needs no site."""
    for size, (width, height) in SIZES.items():
        page = browser.new_page(viewport={"width": width, "height": height})
        page.goto(page_file.as_uri())
        take(page, FOLDER / f"report-{size}.png")
        page.close()


def simulate(site: LiveSite, run: str, learners: int, seed: int) -> None:
    """People who follow a run for eight weeks."""
    words = ["--site", site.folder, "--run", run, "--learners", learners, "--seed", seed]
    subprocess.run([sys.executable, SIMULATOR, *map(str, words)], check=True)


def main() -> int:
    """Serve, look, put away."""
    chromium = chromium_path()
    if chromium is None:
        sys.stdout.write("Screenshots need Chromium: apt-get install chromium\n")
        return 1
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, served(Path(folder) / "site") as site:
        preau("manage", "demo_load", environ=site.environ)
        simulate(site, RUN, 5000, 2013)
        simulate(site, OTHER, 1200, 7)
        preau("stats", "gather", environ=site.environ)
        month = f"{TODAY - timedelta(days=31):%Y-%m}"
        report = Path(folder) / "report.html"
        words = ["--month", month, "-o", report, "--language", "en"]
        preau("stats", "report", *words, environ=site.environ)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            tour(browser, site)
            look_at_report(browser, report)
            browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""``make screenshots``: ten key pages at phone and desktop width, into docs/screenshots/.

The site is the demonstration site, served for the occasion. Pictures have at most 128 colours,
so that they stay small in git.
"""

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.conftest import FLAGS
from tests.journeys.pages import RUN, sign_in
from tests.journeys.site import LiveSite, chromium_path, preau, served

FOLDER = Path(__file__).parents[1] / "docs" / "screenshots"
SIZES = {"phone": (390, 844), "desktop": (1280, 860)}
ADA, CLAIRE = "ada@demo.example", "claire@demo.example"
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
    "people": (CLAIRE, f"/runs/{RUN}/people/", "en", "light"),
}


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
            take(page, FOLDER / f"{name}-{size}.png")
            context.close()
            sys.stdout.write(f"docs/screenshots/{name}-{size}.png\n")


def main() -> int:
    """Serve, look, put away."""
    chromium = chromium_path()
    if chromium is None:
        sys.stdout.write("Screenshots need Chromium: apt-get install chromium\n")
        return 1
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, served(Path(folder) / "site") as site:
        preau("manage", "demo_load", environ=site.environ)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            tour(browser, site)
            browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

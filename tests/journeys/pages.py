"""The pages of the demonstration site, by who sees them."""

import json
from functools import cache

from playwright.sync_api import Page

from tests.journeys.site import LiveSite, preau

RUN = "telecoms-self"
VISITOR_PAGES = (
    "/",
    "/courses/",
    "/courses/?q=reseaux&language=fr",
    "/courses/?q=nothing-has-this-word",
    "/courses/introduction-telecoms/",
    "/account/login/",
    "/account/signup/",
    "/account/password/reset/",
    "/certificates/",
    "/style/",
    "/no-such-page/",
)
LEARNER_PAGES = (
    "/dashboard/",
    f"/learn/{RUN}/",
    f"/learn/{RUN}/what-is-a-signal/",
    f"/learn/{RUN}/sampling-video/",
    f"/learn/{RUN}/questions/",
    f"/learn/{RUN}/questions/forum/new/",
    f"/learn/{RUN}/dns/",
    f"/runs/{RUN}/search/?q=signal",
    f"/runs/{RUN}/notebook/",
    f"/runs/{RUN}/leave/",
    f"/runs/{RUN}/my-progress/",
    f"/runs/{RUN}/certificate/",
    "/runs/telecoms-lycees/enrol/",
    "/account/profile/",
    "/account/leave/",
    "/account/my-data/",
    "/account/email/",
    "/account/password/change/",
    "/account/logout/",
)
TEACHER_PAGES = (
    f"/learn/{RUN}/",
    f"/runs/{RUN}/people/",
    f"/runs/{RUN}/settings/",
    f"/runs/{RUN}/certificates/",
    f"/runs/{RUN}/certificates/settings/",
    f"/runs/{RUN}/statistics/",
    f"/runs/{RUN}/statistics/?by=day",
    f"/runs/{RUN}/statistics/lost/?days=1",
    f"/runs/{RUN}/statistics/failing/?times=1",
    f"/runs/{RUN}/statistics/videos/",
    f"/runs/{RUN}/statistics/unanswered/",
)
OPERATOR_PAGES = (
    "/statistics/",
    "/statistics/log/",
    "/statistics/weblog/",
    f"/runs/{RUN}/statistics/compare/?with=telecoms-2027",
)


@cache
def demo_password(site_folder: str, environ: tuple[tuple[str, str], ...]) -> str:
    """The cast's password on that site."""
    printed = preau("manage", "demo_load", environ=dict(environ))
    found: str = json.loads(printed.strip().splitlines()[-1])["people"][0]["password"]
    return found


def sign_in(page: Page, site: LiveSite, address: str) -> None:
    """Sign one of the demonstration people in."""
    password = demo_password(str(site.folder), tuple(sorted(site.environ.items())))
    page.goto(f"{site.address}/account/login/")
    page.locator("input[name=login]").fill(address)
    page.locator("input[name=password]").fill(password)
    page.locator("main form button[type=submit], main form button").first.click()
    page.wait_for_url("**/dashboard/")

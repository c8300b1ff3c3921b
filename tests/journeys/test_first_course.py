"""A new person reaches the end of the sample course, in a real browser.

The letter is read from a real SMTP server; every activity is opened, ticked or watched.
"""

import queue
import re
from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import expect

from tests.journeys.databases import NAMES, new_database
from tests.journeys.sample_quizzes import QUIZZES, take
from tests.journeys.site import free_port, served

pytestmark = [pytest.mark.browser, pytest.mark.serving]


class Letters:
    """What an SMTP server received, to be awaited."""

    def __init__(self):
        self.received = queue.Queue()

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.received.put(message_from_bytes(envelope.content, policy=default))
        return "250 OK"

    def next(self):
        return self.received.get(timeout=90)


@pytest.fixture
def letters():
    handler = Letters()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    handler.port = controller.port
    yield handler
    controller.stop()


@pytest.fixture
def site(tmp_path, letters, request):
    with (
        new_database(request.param) as settings,
        served(
            tmp_path / "site",
            PREAU_MAIL_DELIVERY="smtp",
            PREAU_MAIL_HOST="127.0.0.1",
            PREAU_MAIL_PORT=str(letters.port),
            **settings,
        ) as live,
    ):
        yield live


def sign_up(page, site, letters):
    page.goto(site.address)
    page.get_by_role("link", name="Sign up").first.click()
    page.get_by_label("Your name").fill("Zoé Martin")
    page.get_by_label("Email").fill("zoe@example.org")
    page.get_by_label("Password", exact=True).fill("a long and quiet sentence")
    page.get_by_role("button", name="Sign Up").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Verify")
    letter = letters.next()
    assert letter["To"] == "zoe@example.org"
    link = re.search(r"http://\S+/confirm-email/\S+", letter.get_content())
    assert link is not None, letter.get_content()
    page.goto(link[0])
    page.get_by_role("button", name="Confirm").click()


def enrol(page, site):
    page.goto(f"{site.address}/courses/?q=telecom")
    page.locator(".course-card a").first.click()
    offer = page.locator(".offer", has_text="At your own pace")
    offer.get_by_role("button", name="Enrol").click()
    expect(page.get_by_text("You are enrolled")).to_be_visible()


def watch(page):
    """Play the video to its end at eight times its speed; the server says when it is enough."""
    video = page.locator("video")
    expect(video).to_have_js_property("paused", True)
    with page.expect_response(
        lambda response: "/watched/" in response.url and response.json().get("completed") is True,
        timeout=60_000,
    ):
        video.evaluate("it => { it.muted = true; it.playbackRate = 8; return it.play(); }")


def take_in_french(page, site):
    """Another attempt at every quiz, in French; the mark stays whole but for the essay's."""
    page.goto(f"{site.address}/language/fr/?next=/dashboard/")
    for key in QUIZZES:
        page.goto(f"{site.address}/learn/telecoms-self/{key}/")
        take(page, site, key, "fr")
        result = page.locator(".quiz-result").inner_text()
        if key == "quiz-mobile":
            assert "En attente de correction" in result
        else:
            assert "100" in result, (key, result)


def finish(page, site):
    """Walk from the first activity to the last, doing what each asks."""
    page.get_by_role("link", name="Start").first.click()
    for _step in range(60):
        if page.locator(".quiz-front").count():
            back, key = page.url, page.url.rstrip("/").rsplit("/", 1)[1]
            take(page, site, key, "en")
            page.goto(back)
        elif page.locator("video").count():
            watch(page)
        elif page.get_by_role("button", name="Mark as done").count():
            page.get_by_role("button", name="Mark as done").click()
        after = page.locator(".activity-next")
        last = after.get_attribute("rel") != "next"
        after.click()
        if last:
            return
    raise AssertionError("the course did not end after sixty activities")


@pytest.mark.parametrize(
    "site",
    [pytest.param(name, marks=pytest.mark.xdist_group(f"journey-{name}")) for name in NAMES],
    indirect=True,
)
def test_a_new_person_finishes_the_sample_course(chromium, site, letters):
    context = chromium.new_context(locale="en-GB", viewport={"width": 390, "height": 844})
    page = context.new_page()
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
    sign_up(page, site, letters)
    enrol(page, site)
    finish(page, site)
    expect(page.get_by_text("100 %")).to_be_visible()
    expect(page.get_by_text("You have finished this course")).to_be_visible()
    page.goto(f"{site.address}/dashboard/")
    expect(page.get_by_text("100 %")).to_be_visible()
    take_in_french(page, site)
    page.goto(f"{site.address}/runs/telecoms-self/marks/")
    expect(page.locator(".mark-line")).to_have_count(len(QUIZZES))
    assert problems == []
    context.close()

"""What people do in the small course, by its addresses, and what they see of it."""

import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any

from django.db import connections
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from preau.learn.accounts.models import Person
from preau.learn.courses.models import Asset, Run
from preau.learn.enrolments.actions import place_in_run
from preau.learn.enrolments.models import Enrolment
from tests.people import RUN, imported, signed_in, small_folder

COURSE = f"/learn/{RUN}/"
SEARCH = f"/runs/{RUN}/search/"
NOTEBOOK = f"/runs/{RUN}/notebook/"
PEOPLE = f"/runs/{RUN}/people/"
ROLE = f"/runs/{RUN}/people/role/"
SETTINGS = f"/runs/{RUN}/settings/"
ENROL = f"/runs/{RUN}/enrol/"
LEAVE = f"/runs/{RUN}/leave/"
PAGES = ("sine", "practice", "film", "packets", "table", "data", "rfc")  # all count for progress


def words(html: str) -> str:
    """What a reader finds in a page: its text, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def see(browser: Client, path: str = COURSE, **query: str) -> str:
    """A page that must be there, as HTML."""
    response = browser.get(path, query)
    assert response.status_code == 200, f"{path}: {response.status_code}"
    return response.content.decode()


def read(browser: Client, path: str = COURSE, **query: str) -> str:
    """The text of a page that must be there."""
    return words(see(browser, path, **query))


def said(response: HttpResponse) -> str:
    """The text of an answer, whatever its status."""
    return words(response.content.decode())


def tick(browser: Client, key: str = "practice", done: str = "1", **more: str) -> HttpResponse:
    """Tick an activity by hand, or take the tick away."""
    return browser.post(f"{COURSE}{key}/complete/", {"done": done, **more})


def watch(
    browser: Client, *seen: tuple[float, float], position: float = 0, duration: float = 20
) -> HttpResponse:
    """Report as the player does."""
    sent: Any = {"position": position, "duration": duration, "seen": seen}
    return browser.post(f"{COURSE}film/watched/", sent, content_type="application/json")


def complete_waves(browser: Client) -> None:
    """All that counts in the first section."""
    browser.get(f"{COURSE}sine/")
    tick(browser)
    watch(browser, (0, 20))


def complete_everything(browser: Client) -> None:
    """All that counts in the course."""
    complete_waves(browser)
    for key in ("packets", "table", "data", "rfc"):
        assert browser.get(f"{COURSE}{key}/").status_code == 200


def open_sections(browser: Client, path: str = COURSE) -> list[str]:
    """Keys of the sections that the course page shows open."""
    found = re.findall(r'<section class="(outline-section[^"]*)" id="([^"]+)"', see(browser, path))
    return [key for classes, key in found if "is-locked" not in classes]


def bars(html: str) -> list[tuple[int, int]]:
    """The progress bars of a page: value and maximum of each."""
    found = re.findall(r'<progress max="(\d+)" value="(\d+)"', html)
    return [(int(value), int(most)) for most, value in found]


def ticked(html: str) -> list[str]:
    """The titles that a course page shows as completed, in order."""
    items = re.findall(r'<li class="outline-item">(.*?)</li>', html, re.DOTALL)
    done = [it.split('class="outline-title"')[1] for it in items if "tick-check" in it]
    return [words(it.split(">", 1)[1].split("</")[0]) for it in done]


def way_on(html: str) -> tuple[str, str]:
    """The big button of a course page or a dashboard card: its words and where it leads."""
    address, inside = re.findall(r'<a class="button" href="([^"]+)">(.*?)</a>', html)[0]
    return words(inside), address


def file_address(path: str) -> str:
    """Where a file of the course is served."""
    asset = Asset.objects.select_related("course").get(path=path)
    place = [asset.course.uuid, asset.digest, path.rsplit("/", 1)[-1]]
    return reverse("courses:media", args=place)


def course_with(folder: Path, run: str = "", networks: str = "", **files: str | None) -> Run:
    """The small course with its one run and its second section described otherwise.

    ``run`` is the rest of the run's entry (``pace: self`` …), ``networks`` the release rule.
    """
    if run:
        files["runs.yaml"] = f"runs: [{{key: {RUN}, {run}}}]\n"
    imported(small_folder(folder, **files))
    if networks:
        section = folder / "networks/section.yaml"
        text = section.read_text()
        rule = f"release: {networks}" if networks != "at once" else ""
        section.write_text(text.replace("release: {after: waves}", rule))
        imported(folder)
    return Run.objects.select_related("course").get(key=RUN)


def enrolled_at(who: Person, run: Run, moment: datetime) -> Client:
    """Somebody who enrolled at that moment, signed in."""
    enrolment, _news = place_in_run(who, run)
    Enrolment.objects.filter(pk=enrolment.pk).update(enrolled_at=moment)
    return signed_in(who)


def at_once(*jobs: Callable[[], HttpResponse]) -> list[HttpResponse]:
    """Do all jobs at the same time, each in a thread with its own connection."""
    start = threading.Barrier(len(jobs))

    def work(job: Callable[[], HttpResponse]) -> HttpResponse:
        try:
            start.wait(20)
            return job()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [done.result(60) for done in [pool.submit(work, job) for job in jobs]]

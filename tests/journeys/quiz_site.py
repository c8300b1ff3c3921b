"""A served site with quizzes in the small course, and who takes them."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect

from preau.kit.questions.question import Question
from preau.kit.questions.reading import write_questions
from tests.journeys.quiz_people import TEACHER
from tests.journeys.quiz_questions import CHOICE, ESSAY, EVERY_TYPE, SHORT, TRIED
from tests.journeys.site import LiveSite, preau, served
from tests.operate.site.running import await_true
from tests.people import PASSWORD, RUN, SMALL_COURSE, write

ROOT = Path(__file__).parents[2]
# Each has a journey of their own, so that journeys share a site and meet in no attempt.
LEARNERS = (
    "Ada", "Bob", "Cleo", "Dan", "Emma", "Farid", "Gina", "Hugo", "Ines", "Jan", "Kim", "Lea",
    "Max", "Nora", "Olga", "Paul", "Quentin", "Rosa", "Sam", "Tess", "Uma", "Vera",
)  # fmt: skip
THREE = """
::Capital:: What is the capital of France? { =Paris#Well done ~Lyon#No, the second city ~Lille }

::Unit:: The unit of frequency is the... { =hertz =Hz }

::Pi:: How much is pi, to two decimals? {#3.14:0.005}
"""
EXAM = [
    replace(ESSAY, number="EX-1", category=("Exam", "Essays")),
    replace(SHORT, number="EX-2", category=("Exam", "Units")),
]
QUIZZES = """\
  - key: everything
    kind: quiz
    title: {en: Everything in one quiz, fr: Tout en un test}
    questions: [{file: every-type.xml}]
    per_page: 5
  - key: three
    kind: quiz
    title: {en: Three questions, fr: Trois questions}
    questions: [{file: three.gift}]
    completion: passed
  - key: pages
    kind: quiz
    title: {en: Page by page, fr: Page par page}
    questions: [{file: three.gift}]
    per_page: 1
    navigation: sequential
  - key: timed
    kind: quiz
    title: {en: Against the clock, fr: Contre la montre}
    questions: [{file: three.gift}]
    time_limit: 0.3
    grace: 60
  - key: brief
    kind: quiz
    title: {en: Very brief, fr: Très court}
    questions: [{file: three.gift}]
    time_limit: 0.2
    grace: 5
  - key: checked
    kind: quiz
    title: {en: Checked at once, fr: Vérifié tout de suite}
    questions: [{file: tried.xml}]
    behaviour: immediate
  - key: tried
    kind: quiz
    title: {en: Several tries, fr: Plusieurs essais}
    questions: [{file: tried.xml}]
    behaviour: interactive
  - key: sure
    kind: quiz
    title: {en: How sure, fr: À quel point sûr}
    questions: [{file: tried.xml}]
    behaviour: immediate-certainty
  - key: crowd
    kind: quiz
    title: {en: All at once, fr: Tous à la fois}
    questions: [{file: three.gift}]
    time_limit: 45
  - key: exam
    kind: quiz
    title: {en: The exam, fr: L’examen}
    questions: [{category: Exam / Essays, draw: 1}, {category: Exam / Units, draw: 1}]
    attempts: 2
"""


def moodle_xml(*questions: Question) -> bytes:
    """A file of questions that has lost nothing."""
    data, report = write_questions(questions, "moodle-xml")
    assert report.lost == 0, report
    return data


def course_folder(folder: Path) -> Path:
    """The small course with a quiz for each journey."""
    write(folder, SMALL_COURSE)
    section = folder / "waves" / "section.yaml"
    section.write_text(section.read_text() + QUIZZES)
    files = {
        "every-type.xml": moodle_xml(*EVERY_TYPE),
        "tried.xml": moodle_xml(TRIED, CHOICE),
        "three.gift": THREE,
    }
    return write(folder, {f"waves/{name}": content for name, content in files.items()})


@contextmanager
def quizzes_served(folder: Path, *names: str, **settings: str) -> Iterator[LiveSite]:
    """That course on a site of its own, with Claire and these learners."""
    course = course_folder(folder / "course")
    with served(folder / "site", course, **settings) as site:
        exam = folder / "exam.xml"
        exam.write_bytes(moodle_xml(*EXAM))
        preau("manage", "questions_import", RUN, exam, environ=site.environ)
        people = [sys.executable, "-m", "tests.journeys.quiz_people", TEACHER, *names]
        environ = {**site.environ, "DJANGO_SETTINGS_MODULE": "preau.learn.settings"}
        subprocess.run(people, env=environ, cwd=ROOT, check=True, timeout=180)
        yield site


class Visit:
    """Somebody signed in, in a browser of their own.

    Whatever a page's script complains of fails the journey when the visit ends.
    """

    def __init__(self, chromium: Browser, site: LiveSite, name: str, **more: object) -> None:
        self.site = site
        options = {"locale": "en", "viewport": {"width": 1000, "height": 900}, **more}
        self.context: BrowserContext = chromium.new_context(**options)
        self.problems: list[str] = []
        self.page = self.new_page()
        self.sign_in(name, self.page)

    def new_page(self) -> Page:
        """One more tab."""
        page = self.context.new_page()
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        return page

    def sign_in(self, name: str, page: Page) -> None:
        """In that tab."""
        page.goto(f"{self.site.address}/account/login/")
        page.locator("input[name=login]").fill(f"{name.lower()}@example.org")
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("main form button").first.click()
        page.wait_for_url("**/dashboard/")

    def open(self, path: str) -> Page:
        """Go to a page of the site."""
        self.page.goto(self.site.address + path)
        return self.page

    def begin(self, key: str) -> Page:
        """Begin a quiz from its page, as one does."""
        self.open(f"/learn/{RUN}/{key}/")
        self.page.get_by_role("button", name="Begin", exact=True).click()
        expect(self.page.locator(".question").first).to_be_visible()
        return self.page

    def end(self) -> None:
        """Close the browser; no script may have failed."""
        self.context.close()
        assert self.problems == []


def expect_saved(page: Page) -> None:
    """Everything that was typed has been acknowledged."""
    expect(page.locator("[data-saving]")).to_have_attribute("data-state", "saved")
    expect(page.locator("[data-saving]")).to_have_text("All answers saved")


def expect_sent(page: Page) -> None:
    """Nothing waits in this browser any more; what a closing tab sent may have arrived already."""
    await_true(lambda: kept_on_device(page) == [])


def hand_in(page: Page) -> None:
    """From the last page of questions to the review."""
    page.get_by_role("button", name="Look over and hand in").click()
    page.get_by_role("button", name="Hand in", exact=True).click()
    expect(page.get_by_text("Your answers are handed in.")).to_be_visible()


def kept_on_device(page: Page) -> list[dict[str, object]]:
    """What waits in the browser for the network."""
    found = page.evaluate(
        "Object.keys(localStorage).filter(it => it.startsWith('preau-quiz'))"
        ".map(it => localStorage.getItem(it))"
    )
    return [json.loads(it) for it in found]

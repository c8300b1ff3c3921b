"""Quizzes made of chosen questions, and what people do in them by their addresses."""

import re
from collections.abc import Sequence
from html import unescape
from pathlib import Path

from preau.kit.questions.question import Feedback, Hint, Question
from preau.kit.questions.reading import write_questions
from preau.kit.questions.types import Body
from preau.kit.questions.types.choice import Choice, Option
from preau.kit.questions.types.essay import Essay
from preau.kit.questions.types.short_answer import Pattern, ShortAnswer
from preau.learn.courses.models import Run
from preau.learn.quizzes.models import Attempt, Response
from tests.learn.quizzes.quiz_course import begin, hand_in, quiz_folder
from tests.people import RUN, imported

ABOUT = f"/runs/{RUN}/quizzes/test/"
MARKS = f"/runs/{RUN}/marks/"
FILE = "[{file: test.en.gift}]"

RUNS = """
runs:
  - key: small-now
    pace: self
"""

# Words that only a page that may tell them has.
RIGHT_SAID, WRONG_SAID, GENERAL_SAID = "Quite so", "Think of waves", "Read page nine"
HINT_ONE, HINT_TWO = "Begins with H", "A German physicist"

HERTZ = Question(
    "Hertz",
    "<p>Who gave his name to the unit of frequency?</p>",
    ShortAnswer(
        (Pattern("Hertz", 1.0, RIGHT_SAID), Pattern("Ampere", 0.0, WRONG_SAID)),
    ),
    penalty=0.25,
    feedback=Feedback(general=GENERAL_SAID),
    hints=(Hint(HINT_ONE), Hint(HINT_TWO)),
)
ESSAY = Question("Waves", "<p>Tell of waves.</p>", Essay(format="plain"), mark=4.0)


def choice(name: str, *wrong: str, right: str = "right", mark: float = 1.0) -> Question:
    """A single choice whose first option is right."""
    options = (Option(right, 1.0), *(Option(it) for it in wrong or ("wrong", "worse")))
    return Question(name, f"<p>{name}?</p>", Choice(options, shuffle=False), mark=mark)


def asking(name: str, body: Body, **more: object) -> Question:
    """A question of that body."""
    return Question(name, f"<p>{name}?</p>", body, **more)


def written(*questions: Question) -> str:
    """A file with the questions, Moodle's."""
    data, report = write_questions(questions, "moodle-xml")
    assert not report.lost, report
    return data.decode()


def course_of(
    folder: Path, *questions: Question, rules: str = "", completion: str = "", dates: str = "",
    entries: str = FILE, **files: str,
) -> Path:  # fmt: skip
    """The small course whose quiz asks these questions; ``entries`` is its field ``questions``."""
    files = {"test.en.gift": written(*questions), **files} if questions else files
    quiz_folder(folder, rules, completion, **files)
    section = folder / "waves" / "section.yaml"
    text = section.read_text()
    if questions or entries != FILE:
        was = "[{file: {en: test.en.gift, fr: test.fr.gift}}]"
        assert was in text
        section.write_text(text.replace(was, entries))
    if dates:
        (folder / "runs.yaml").write_text(f"{RUNS}    dates: {{test: {dates}}}\n")
    return folder


def run_of(folder: Path, *questions: Question, **more: str) -> Run:
    """That course on the site."""
    imported(course_of(folder, *questions, **more))
    return Run.objects.select_related("course").get(key=RUN)


def see(browser, address: str, status: int = 200) -> str:
    """A page that must answer so, as HTML."""
    answer = browser.get(address)
    assert answer.status_code == status, f"{address}: {answer.status_code}"
    return answer.content.decode()


def text_of(html: str) -> str:
    """What a reader finds in a page, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def read(browser, address: str) -> str:
    """The text of a page that must be there."""
    return text_of(see(browser, address))


def said(answer) -> str:
    """The text of an answer, whatever its status."""
    return text_of(answer.content.decode())


def fill(browser, address: str, go: str = "save", page: int = 1, **fields: str | Sequence[str]):
    """Answer on a page as a browser without a script does: ``fill(…, q1_choice="0")``."""
    html = see(browser, f"{address}?page={page}")
    named = {name.replace("_", "-", 1): value for name, value in fields.items()}
    slots = {name.split("-")[0] for name in named}
    bases = dict(re.findall(r'name="(q\d+-base)" value="([^"]*)"', html))
    kept = {name: value for name, value in bases.items() if name.split("-")[0] in slots}
    return browser.post(address, {"page": str(page), "go": go, **kept, **named})


def questions_on(html: str) -> list[str]:
    """The texts of the questions on a page, in order."""
    return [text_of(it) for it in re.findall(r'question-stem"[^>]*>(.*?)</div>', html, re.DOTALL)]


def attempt_at(address: str, who: str = "Ada") -> Attempt:
    """The attempt at that address."""
    number = int(address.rstrip("/").rsplit("/", 1)[1])
    return Attempt.objects.get(number=number, enrolment__person__name=who)


def shares(attempt: Attempt) -> dict[int, float | None]:
    """What each answer is worth, by slot."""
    return dict(Response.objects.filter(attempt=attempt).values_list("slot", "share"))


def done(browser, **fields: str | Sequence[str]) -> Attempt:
    """One whole attempt, on one page."""
    address = begin(browser)
    fill(browser, address, **fields)
    return hand_in(browser, address)

"""Right answers to the sample course's quizzes, and a page on which they are given.

The answers come from the course's own question files: a question on the page is found by its
words, the values that a calculated one shows are put into its formula.
"""

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import yaml
from playwright.sync_api import Locator, Page, expect

from preau.kit.questions.plain import plain_text
from preau.kit.questions.question import Question
from preau.kit.questions.reading import read_questions
from preau.kit.questions.types.calculated import Calculated
from preau.kit.questions.types.essay import Essay
from preau.learn.quizzes.masks import mask_of
from tests.journeys.site import LiveSite

SAMPLE = Path(__file__).parents[2] / "samples" / "introduction-telecoms"
ORDERS = 24  # ``quizzes.marking``: in how many orders choices stand
QUIZZES = ("quiz-signals", "quiz-networks", "quiz-mobile", "quiz-internet")
ESSAY = "mot " * 120


@cache
def questions(key: str, language: str) -> list[Question]:
    """Everything that a quiz may ask in a language."""
    found: list[Question] = []
    for section in SAMPLE.glob("*/section.yaml"):
        for activity in yaml.safe_load(section.read_text())["activities"]:
            if activity["key"] == key:
                for entry in activity["questions"]:
                    file = entry["file"]
                    name = file if isinstance(file, str) else file[language]
                    found += read_questions(section.parent / name).questions
    assert found, key
    return found


def take(page: Page, site: LiveSite, key: str, language: str) -> None:
    """From the quiz's own page to its review, every answer right."""
    words = {"en": ("Begin", "Next page", "Look over and hand in", "Hand in"),
             "fr": ("Commencer", "Page suivante", "Relire et rendre", "Rendre")}[language]  # fmt: skip
    begin, on, look_over, hand_in = words
    _go(page, page.locator(".quiz-front").get_by_role("button", name=re.compile(begin)))
    seed = _seed(site, key)
    for _page in range(20):
        for box in page.locator(".question:not(.question-text)").all():
            _answer(box, questions(key, language), seed)
        last = page.get_by_role("button", name=look_over)
        if last.count():
            _go(page, last)
            break
        _go(page, page.get_by_role("button", name=on))
    _go(page, page.get_by_role("button", name=hand_in, exact=True))
    expect(page.locator(".quiz-result")).to_be_visible()


def _seed(site: LiveSite, key: str) -> int:
    """Of the attempt just begun."""
    environ = {**site.environ, "DJANGO_SETTINGS_MODULE": "preau.learn.settings"}
    words = [sys.executable, "-m", "tests.journeys.quiz_seed", key]
    done = subprocess.run(words, env=environ, cwd=SAMPLE.parents[1], check=True,
                          capture_output=True, text=True, timeout=120)  # fmt: skip
    return int(done.stdout)


def _go(page: Page, button: Locator) -> None:
    """Press it and wait for the next page."""
    with page.expect_navigation():
        button.click()


def _answer(box: Locator, known: list[Question], seed: int) -> None:
    slot = box.get_attribute("data-slot")
    shown, whole = _shown(box.locator(".question-stem")), _shown(box)
    question, answer = _found(shown, known, whole)
    order = seed % ORDERS * 1000 + int(slot or 0)
    for name, values in mask_of(question.body, order).shown(answer).items():
        fields = box.locator(f'[name="q{slot}-{name}"]')
        for number, value in enumerate(values):
            first = fields.first
            kind = first.evaluate("it => it.type")
            if kind in {"radio", "checkbox"}:
                box.locator(f'[name="q{slot}-{name}"][value="{value}"]').check()
            elif kind == "select-one":
                first.select_option(value)
            else:
                fields.nth(number).fill(value, force=True)
    assert answer or question.type == "description", shown


def _shown(box: Locator) -> str:
    """Its letters, formulas and spaces left out: between cells a page has none."""
    found: str = box.evaluate(
        "it => { const copy = it.cloneNode(true);"
        " copy.querySelectorAll('math').forEach(math => math.remove()); return copy.textContent; }"
    )
    return "".join(found.split())


def _found(shown: str, known: list[Question], whole: str) -> tuple[Question, dict]:
    """The question with these words, and a right answer to it."""
    for question in known:
        stem = _words(question.stem)
        if isinstance(question.body, Calculated):
            match = _pattern(stem).fullmatch(shown)
            if match:
                values = {it: _number(value) for it, value in match.groupdict().items()}
                return question, {"number": [f"{question.body.formulas[0].value(values):.12g}"]}
        elif stem == shown and _fits(question, whole):
            if isinstance(question.body, Essay):
                return question, {"text": [ESSAY]}
            return question, dict(question.body.solution())
    raise AssertionError(f"no question of the files reads “{shown}”")


def _fits(question: Question, whole: str) -> bool:
    """Several questions may have one stem: the page must also have the words of the text."""
    text = getattr(question.body, "text", "")
    return all(it in whole for it in re.split(r"\[\[\d+\]\]|\{#\d+\}", _words(text)))


def _words(html: str) -> str:
    """The same of a text in a file; a picture has no words on the page either."""
    return "".join(plain_text(_NO_WORDS.sub(" ", html)).split())


_NO_WORDS = re.compile(r"\\\(.*?\\\)|\\\[.*?\\\]|\$\$.*?\$\$|<img[^>]*>", re.DOTALL)


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _pattern(stem: str) -> re.Pattern[str]:
    """The stem with a number in the place of each name in braces."""
    seen: set[str] = set()

    def group(match: re.Match[str]) -> str:
        name = match[1]
        if name in seen:
            return f"(?P={name})"
        seen.add(name)
        return f"(?P<{name}>-?[0-9]+(?:[.,][0-9]+)?)"

    return re.compile(re.sub(r"\\\{([A-Za-z_]\w*)\\\}", group, re.escape(stem)))

"""The small course with quizzes in it, and short words for taking them."""

import json
from pathlib import Path

from preau.learn.courses.models import Run
from preau.learn.quizzes.models import Attempt, Response
from tests.people import RUN, SMALL_COURSE, imported, write

ENGLISH = """
::Capital:: What is the capital of France? { =Paris#Well done ~Lyon#No, the second city ~Lille }

::Sky:: The sky on Mars is blue at sunset. {TRUE}

::Unit:: The unit of frequency is the... { =hertz =Hz }

::Pi:: How much is pi, to two decimals? {#3.14:0.005}

::Pairs:: Match. { =hertz -> frequency =metre -> length =second -> time }
"""
FRENCH = """
::Capitale:: Quelle est la capitale de la France ? { =Paris#Bravo ~Lyon#Non, la deuxième ville ~Lille }

::Ciel:: Le ciel de Mars est bleu au coucher du soleil. {TRUE}

::Unité:: L’unité de fréquence est le... { =hertz =Hz }

::Pi:: Combien vaut pi, à deux décimales ? {#3.14:0.005}

::Paires:: Associez. { =hertz -> fréquence =mètre -> longueur =seconde -> temps }
"""


def quiz_folder(folder: Path, rules: str = "", completion: str = "", **files: str) -> Path:
    """The small course with the quiz ``test`` in its first section; ``rules`` are its fields."""
    entry = """\
  - key: test
    kind: quiz
    title: {en: A test, fr: Un test}
    questions: [{file: {en: test.en.gift, fr: test.fr.gift}}]
"""
    entry += "".join(f"    {line}\n" for line in rules.splitlines() if line.strip())
    entry += f"    completion: {completion}\n" if completion else ""
    write(folder, SMALL_COURSE)
    section = folder / "waves" / "section.yaml"
    section.write_text(section.read_text() + entry)
    texts = {"test.en.gift": ENGLISH, "test.fr.gift": FRENCH, **files}
    write(folder, {f"waves/{name}": text for name, text in texts.items()})
    return folder


def quiz_run(folder: Path, rules: str = "", completion: str = "", **files: str) -> Run:
    """That course on the site."""
    imported(quiz_folder(folder, rules, completion, **files))
    return Run.objects.select_related("course").get(key=RUN)


QUIZ = f"/learn/{RUN}/test/"
START = f"{QUIZ}quiz/start/"


def begin(browser, **form) -> str:
    """Begin the quiz; the address of the attempt."""
    answer = browser.post(START, form)
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def send(browser, address, *answers) -> object:
    """Send answers as the page's script does: ``(slot, answer, base)`` each."""
    body = {"answers": [{"slot": slot, "answer": it, "base": base} for slot, it, base in answers]}
    return browser.post(f"{address}answers/", json.dumps(body), content_type="application/json")


def hand_in(browser, address) -> Attempt:
    """Hand the attempt in; as it stands then."""
    assert browser.post(f"{address}hand-in/").status_code == 302
    number, who = int(address.rstrip("/").rsplit("/", 1)[1]), browser.session["_auth_user_id"]
    return Attempt.objects.get(number=number, enrolment__person=who)


def responses(attempt: Attempt) -> dict[int, Response]:
    """What was answered, by slot."""
    return {row.slot: row for row in Response.objects.filter(attempt=attempt)}

"""People who leave traces everywhere, by the site's own doors, and a search for these traces."""

import email
import email.policy
import json
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import duckdb
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from PIL import Image

from preau.learn.accounts.models import Person
from preau.learn.events.record import recorder
from preau.learn.insights.gathering.now import gathering, yesterday
from tests.learn.accounts.doors import sign_in
from tests.learn.accounts.letters import Letters
from tests.learn.events.writing import event, line_file, moment
from tests.learn.quizzes.quiz_course import begin, hand_in, quiz_run
from tests.people import PASSWORD, person, signed_in

ESSAY = """<quiz><question type="essay"><name><text>Why</text></name>
<questiontext format="html"><text>Why packets?</text></questiontext><defaultgrade>4</defaultgrade>
<responseformat>editor</responseformat><attachments>2</attachments>
</question></quiz>"""
ZELDA = "Zelda Quixworth"
ADDRESS = "zelda@example.org"
WORDS = {
    "about": "zelda-about-herself",
    "note": "zelda-private-note",
    "answer": "zelda-essay-answer",
    "file": "zelda-file-content",
    "search": "zelda-searched-words",
}
NEEDLES = (ZELDA, ADDRESS, *WORDS.values())
SHARED = b"what everybody hands in"


def course_with_quiz(folder: Path):
    """The small course; its quiz asks for an essay with files."""
    return quiz_run(folder, **{"test.en.gift": ESSAY, "test.fr.gift": ESSAY})


def photo(colour: str) -> SimpleUploadedFile:
    """A photo of one colour."""
    import io

    buffer = io.BytesIO()
    Image.new("RGB", (64, 64), colour).save(buffer, "PNG")
    return SimpleUploadedFile("me.png", buffer.getvalue(), "image/png")


def live(name: str, words: dict[str, str], colour: str) -> Person:
    """Do everything that a learner can do in the small course, through its pages."""
    who = person(name)
    assert sign_in(signed_in(None), who.email, "a wrong password").status_code == 200
    browser = signed_in(None)
    assert sign_in(browser, who.email, PASSWORD).status_code == 302
    profile = {"name": name, "language": "en", "time_zone": "", "about": words["about"]}
    browser.post("/account/profile/", {**profile, "new_photo": photo(colour)})
    browser.post("/runs/small-now/enrol/")
    browser.post("/learn/small-now/practice/note/", {"note": words["note"]})
    browser.post("/learn/small-now/sine/bookmark/", {"on": "1"})
    browser.post("/learn/small-now/practice/complete/", {"done": "1"})
    seen = {"position": 9, "duration": 20, "seen": [[0, 9]]}
    browser.post("/learn/small-now/film/watched/", json.dumps(seen), "application/json")
    browser.get("/runs/small-now/search/", {"q": words["search"]})
    address = begin(browser)
    files = [
        SimpleUploadedFile(f"{words['file']}.txt", words["file"].encode(), "text/plain"),
        SimpleUploadedFile("shared.txt", SHARED, "text/plain"),
    ]
    form = {
        "page": "1",
        "q1-base": "",
        "q1-upload": files,
        "q1-text": words["answer"],
        "go": "save",
    }
    browser.post(address, form)
    hand_in(browser, address)
    signed_in(None).post("/account/password/reset/", {"email": who.email})
    return Person.objects.get(pk=who.pk)


def days_before(folder: Path, who: Person, words: str) -> None:
    """Two days ago: an event of theirs, one of another that names them, and statistics of both."""
    day = datetime.now(UTC).date() - timedelta(days=2)
    mine = event(moment(day), person=who.pk, verb="searched", role="learner", run=1,
                 result={"words": words, "found": 0})  # fmt: skip
    named = event(moment(day, 13), person=10**6, verb="granted", run=1,
                  result={"person": who.pk, "role": "tutor"})  # fmt: skip
    other = event(moment(day, 14), person=10**6, role="learner", run=1)
    line_file(folder / "events", f"{day}.1-a", mine, named, other)
    it = gathering(yesterday())
    assert list(it.compact())
    assert list(it.run())


def deliver(folder: Path) -> None:
    """Let the worker send what is queued; the letters stay in the site's folder."""
    letters = Letters(folder / "nowhere")  # which reads, and so removes, nothing
    letters.arrived()


def new_day() -> None:
    """This process begins another file of events, as each does at midnight."""
    recorder().close()


def traces(folder: Path, needles=NEEDLES) -> list[str]:
    """Where any of these words stand: tables, files, letters, days of events, the cache."""
    found = [*_in_database(needles), *_in_cache(needles)]
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            found += [f"{path.relative_to(folder)}: {it}" for it in _in_file(path, needles)]
    return found


def rows() -> dict[str, list[tuple]]:
    """Every row of every table, as text."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names()):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found[table] = sorted(tuple(map(str, row)) for row in cursor.fetchall())
    return found


def _in_database(needles):
    for table, lines in rows().items():
        for line in lines:
            yield from (f"{table}: {it}" for it in _in_text(" ".join(line), needles))


def _in_cache(needles):
    stored = cache._execute("SELECT key, value FROM kept", {}) if hasattr(cache, "_execute") else ()
    for key, value in stored:
        text = f"{key} {bytes(value).decode('latin-1')}"
        yield from (f"cache {key}: {it}" for it in _in_text(text, needles))


def _in_file(path, needles):
    text = path.read_bytes().decode("latin-1")
    if path.suffix == ".parquet":
        text += str(duckdb.sql(f"SELECT * FROM '{path}'").fetchall())
    if path.suffix == ".log":
        letter = email.message_from_string(text, policy=email.policy.default)
        parts = [it for it in letter.walk() if isinstance(it, EmailMessage)]
        text += " ".join(
            str(it.get_content()) for it in parts if it.get_content_maintype() == "text"
        )
    yield from _in_text(f"{path.name} {text}", needles)


def _in_text(text, needles):
    lower = text.lower()
    return [it for it in needles if it.lower() in lower]

"""Bookmarks and private notes."""

import re

import pytest

from preau.learn.courses.models import Run
from preau.learn.enrolments.actions import place_in_run
from preau.learn.enrolments.models import Mark
from tests.learn.courses.changing import without_practice
from tests.learn.enrolments.doing import (
    COURSE,
    LEAVE,
    NOTEBOOK,
    PEOPLE,
    SEARCH,
    complete_waves,
    enrolled_at,
    read,
    see,
)
from tests.people import ada, claire, imported, mina, person, place, signed_in, theo

pytestmark = pytest.mark.django_db

SECRET = "Between me and myself."


@pytest.fixture
def browser(run):
    """Ada's."""
    return signed_in(ada(run))


def bookmark(browser, key: str, value: str = "1"):
    return browser.post(f"{COURSE}{key}/bookmark/", {"bookmarked": value})


def note(browser, key: str, text: str):
    return browser.post(f"{COURSE}{key}/note/", {"note": text})


def note_on_page(browser, key: str) -> str:
    page = see(browser, f"{COURSE}{key}/")
    return page.split('id="note-text"')[1].split(">", 1)[1].split("</textarea>")[0]


def test_an_empty_notebook_says_how_to_fill_it(browser):
    assert "Bookmark an activity or write a note beside it" in read(browser, NOTEBOOK)


def test_a_bookmark_is_set_found_and_removed(browser):
    assert 'aria-pressed="false"' in see(browser, f"{COURSE}sine/")
    answer = bookmark(browser, "sine")
    assert (answer.status_code, answer["Location"]) == (302, f"{COURSE}sine/")
    page = see(browser, f"{COURSE}sine/")
    assert 'aria-pressed="true"' in page
    assert 'name="bookmarked" value="0"' in page
    assert "Bookmarked: The sine" in read(browser, NOTEBOOK)
    bookmark(browser, "sine", "0")
    assert "The sine" not in read(browser, NOTEBOOK)
    assert 'aria-pressed="false"' in see(browser, f"{COURSE}sine/")


def test_a_note_is_kept_shown_changed_and_taken_away(browser):
    answer = note(browser, "sine", "First.\nSecond & <last>.")
    assert answer["Location"] == f"{COURSE}sine/#note"
    assert "Your note is saved." in read(browser, f"{COURSE}sine/")
    assert note_on_page(browser, "sine") == "First.\nSecond &amp; &lt;last&gt;."
    assert "First.<br>Second &amp; &lt;last&gt;." in see(browser, NOTEBOOK)
    assert "Bookmarked:" not in read(browser, NOTEBOOK)
    note(browser, "sine", "Another.")
    assert note_on_page(browser, "sine") == "Another."
    note(browser, "sine", "   ")
    assert note_on_page(browser, "sine") == ""
    assert "The sine" not in read(browser, NOTEBOOK)


def test_the_note_is_open_where_there_is_one(browser):
    assert '<details class="note-box" id="note">' in see(browser, f"{COURSE}sine/")
    note(browser, "sine", "x")
    assert '<details class="note-box" id="note" open>' in see(browser, f"{COURSE}sine/")


def test_a_note_leaves_the_bookmark_and_a_bookmark_the_note(browser):
    bookmark(browser, "sine")
    note(browser, "sine", "x")
    bookmark(browser, "sine", "0")
    mark = Mark.objects.get()
    assert (mark.bookmarked, mark.note) == (False, "x")


def test_a_note_may_hold_any_script_and_sign(browser):
    text = "λ = c/f · 波 · 🎓 · e\u0301 · ½"
    note(browser, "sine", text)
    assert note_on_page(browser, "sine") == text
    assert text in read(browser, NOTEBOOK)


def test_a_note_as_long_as_its_field_takes_is_kept(browser):
    """A browser counts a line break as one character and sends two."""
    text = "a line of the note\r\n" * 1000
    written = len(text.replace("\r\n", "\n"))
    assert 'maxlength="20000"' in see(browser, f"{COURSE}sine/")
    assert written < 20_000
    longest = text + "x" * (20_000 - written)
    assert note(browser, "sine", longest).status_code == 302


def test_the_notebook_follows_the_order_of_the_course(browser):
    complete_waves(browser)
    for key in ("packets", "sine", "film"):
        bookmark(browser, key)
    page = see(browser, NOTEBOOK)
    assert page.index("The sine") < page.index("A film") < page.index("Packets")


def test_a_note_on_what_left_the_course_can_be_read_and_is_there_when_it_comes_back(
    browser, folder
):
    note(browser, "practice", SECRET)
    without_practice(folder)
    imported(folder)
    page = read(browser, NOTEBOOK)
    assert SECRET in page
    assert "No longer part of the course; your note is kept." in page
    assert Mark.objects.get().note == SECRET


# Whose they are


def test_nobody_else_ever_sees_a_note_or_a_bookmark(run, browser):
    note(browser, "sine", SECRET)
    bookmark(browser, "sine")
    zoe = enrolled_at(person("Zoé"), run, run.enrolments.get().enrolled_at)
    others = {"learner": zoe, "tutor": signed_in(theo(run)), "teacher": signed_in(claire(run))}
    others["manager"] = signed_in(mina())
    pages = (COURSE, f"{COURSE}sine/", SEARCH + "?q=myself", NOTEBOOK, PEOPLE, "/dashboard/")
    for name, other in others.items():
        for path in pages:
            page = other.get(path).content.decode()
            assert SECRET not in page, (name, path)
            assert "Bookmarked:" not in page, (name, path)
        assert 'aria-pressed="true"' not in see(other, f"{COURSE}sine/"), name
    assert SECRET in read(browser, NOTEBOOK)


def test_each_writes_in_a_notebook_of_their_own(run, browser):
    zoe = enrolled_at(person("Zoé"), run, run.enrolments.get().enrolled_at)
    note(browser, "sine", "Ada's.")
    note(zoe, "sine", "Zoé's.")
    assert note_on_page(browser, "sine") == "Ada&#x27;s."
    assert note_on_page(zoe, "sine") == "Zoé&#x27;s."
    note(zoe, "sine", "")
    assert note_on_page(browser, "sine") == "Ada&#x27;s."


def test_notes_of_two_runs_of_a_course_are_apart(run, browser):
    place_in_run(run.enrolments.get().person, Run.objects.get(key="small-keyed"))
    note(browser, "sine", SECRET)
    assert SECRET not in read(browser, "/runs/small-keyed/notebook/")


def test_who_only_looks_in_has_no_notebook(run):
    browser = signed_in(mina())
    assert browser.get(NOTEBOOK).status_code == 404
    assert note(browser, "sine", "x").status_code == 404
    assert bookmark(browser, "sine").status_code == 404
    assert not Mark.objects.exists()


def test_who_left_writes_no_longer(run):
    who = ada(run)
    browser = signed_in(who)
    note(browser, "sine", SECRET)
    enrolment = place(who).enrolment
    browser.post(LEAVE)
    assert note(browser, "sine", "gone").status_code == 403
    assert enrolment.marks.get().note == SECRET


def test_a_note_changed_in_another_window_is_not_overwritten_unseen(run, browser):
    path = f"{COURSE}sine/note/"
    seen = re.search(r'name="seen" value="(\w+)"', see(browser, f"{COURSE}sine/"))[1]
    browser.post(path, {"note": "From the phone.", "seen": seen})
    answer = browser.post(path, {"note": "From the desk.", "seen": seen})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "From the phone." in page
    assert "From the desk." in page
    assert run.enrolments.get().marks.get().note == "From the phone."
    now = re.search(r'name="seen" value="(\w+)"', page)[1]
    assert browser.post(path, {"note": "Both.", "seen": now}).status_code == 302
    assert run.enrolments.get().marks.get().note == "Both."


def test_the_same_note_sent_twice_is_no_conflict(run, browser):
    path = f"{COURSE}sine/note/"
    seen = re.search(r'name="seen" value="(\w+)"', see(browser, f"{COURSE}sine/"))[1]
    for _again in range(2):
        assert browser.post(path, {"note": "Once.", "seen": seen}).status_code == 302

"""A teacher and a quiz: the bank, results, marking by hand, another key, other rules, marks."""

import csv
import io
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from preau.kit.questions.types.short_answer import Pattern, ShortAnswer
from tests.journeys.quiz_site import EXAM, hand_in, moodle_xml
from tests.people import RUN

pytestmark = [pytest.mark.browser, pytest.mark.serving, pytest.mark.xdist_group("quiz-teaching")]

BANK = f"/runs/{RUN}/questions/"
EXAM_PAGES = f"/runs/{RUN}/quizzes/exam/"
GIFT = b"""
$CATEGORY: Travel

::Seat:: Where does the government of the Netherlands sit? {=The Hague#Quite ~Amsterdam#No}

::Canal:: A lock lifts boats. {TRUE}
"""


def sit_exam(visit, name, unit):
    """Somebody writes an essay and names a unit."""
    person = visit(name)
    page = person.begin("exam")
    page.locator(".question", has_text="packets").get_by_label("Your answer").fill(
        f"{name} says: packets of many people share one line."
    )
    page.locator(".question", has_text="resistance").get_by_label("Your answer").fill(unit)
    hand_in(page)
    return person


@pytest.fixture(scope="module")
def exam_sat():
    """Whether the exam was sat already: once for all tests of this module."""
    return []


@pytest.fixture
def claire(visit, exam_sat):
    """The teacher, after two learners sat the exam."""
    if not exam_sat:
        exam_sat += [sit_exam(visit, "Sam", "ohm"), sit_exam(visit, "Tess", "siemens")]
    return visit("Claire")


def upload(page, name, data, *, dry_run=False):
    page.get_by_label("File of questions").set_input_files(
        {"name": name, "mimeType": "text/plain", "buffer": data}
    )
    page.get_by_label("Only show what would become of each question").set_checked(dry_run)
    page.get_by_role("button", name="Go on").click()


def mark_what_waits(claire):
    """Each essay that has no mark yet gets one."""
    page = claire.open(f"{EXAM_PAGES}marking/")
    while page.locator("main ol a.button").count():
        page.locator("main ol a.button").click()
        page.get_by_label("Mark out of 3").fill("2")
        page.get_by_role("button", name="Save and go on").click()
        claire.open(f"{EXAM_PAGES}marking/")


def test_a_file_is_looked_at_then_taken_and_tried(visit):
    claire = visit("Claire")
    page = claire.open(BANK)
    expect(page.get_by_text("Seat", exact=True)).to_have_count(0)
    page.get_by_role("link", name="Import questions").click()
    upload(page, "travel.gift", GIFT, dry_run=True)
    expect(page.get_by_role("heading", name="2 taken, 0 with losses")).to_be_visible()
    claire.open(BANK)
    expect(page.get_by_role("link", name="Seat")).to_have_count(0)
    page.get_by_role("link", name="Import questions").click()
    upload(page, "travel.gift", GIFT)
    expect(page.get_by_text("2 questions were taken, 0 lost something.")).to_be_visible()
    page.get_by_role("searchbox", name="Find a question").fill("seat")
    page.locator(".bank-search").get_by_role("button", name="Search").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    page.get_by_role("link", name="Seat").click()
    page.get_by_text("Amsterdam", exact=True).click()
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("group", name="Feedback")).to_contain_text("No")
    expect(page.locator(".question")).to_contain_text("0 / 1 · Wrong")
    page.get_by_role("link", name="Begin again").click()
    page.get_by_text("The Hague", exact=True).click()
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("group", name="Feedback")).to_contain_text("Quite")


def test_a_file_that_is_none_is_refused_in_words(visit):
    claire = visit("Claire")
    page = claire.open(f"{BANK}import/")
    upload(page, "holiday.jpg", b"\xff\xd8\xff\xe0 no questions at all")
    expect(page.locator(".errorlist")).to_contain_text("name its format")


def test_the_results_show_a_picture_and_lead_to_each_question(claire):
    page = claire.open(EXAM_PAGES)
    for heading in ("Marking", "Attempts", "Regrade", "Rules"):
        expect(page.get_by_role("navigation", name="About this quiz")).to_contain_text(heading)
    page.get_by_role("link", name="Attempts").click()
    expect(page.locator("tbody tr")).to_have_count(2)
    expect(page.locator("tr", has_text="Tess")).to_contain_text("waiting to be marked")
    page.get_by_role("searchbox", name="Find a person").fill("tess")
    page.locator("main form[role=search] button").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    page.get_by_role("link", name="Tess").click()
    expect(page.locator("h1")).to_have_text("Tess, attempt 1")
    expect(page.locator(".question", has_text="resistance")).to_contain_text("0 / 1 · Wrong")


def test_essays_are_marked_by_a_rubric_without_names(claire, visit):
    page = claire.open(f"{EXAM_PAGES}marking/")
    expect(page.get_by_text("0 of 2 marked")).to_be_visible()
    page.get_by_role("link", name="Mark 2 answers").click()
    expect(page.locator("h1")).to_have_text("2 answers to mark")
    first = "Sam" if "Sam says" in page.locator(".essay-text").inner_text() else "Tess"
    page.get_by_role("group", name="Reasons").get_by_text("two or more").click()
    page.get_by_role("group", name="Language").get_by_text("unclear").click()
    page.get_by_label("Comment for the learner").fill("Well argued.")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.locator("h1")).to_have_text("1 answer to mark")
    expect(page.locator("main")).not_to_contain_text(f"{first} says")
    page.get_by_label("Mark out of 3").fill("4")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.locator(".errorlist")).to_contain_text("between 0 and 3")
    page.get_by_label("Mark out of 3").fill("1,5")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_text("Every answer to this question is marked.")).to_be_visible()
    learner = visit(first).open(f"/learn/{RUN}/exam/quiz/1/")
    expect(learner.locator(".question", has_text="packets")).to_contain_text("2 / 3")
    expect(learner.locator(".marker-comment")).to_contain_text("Well argued.")
    expect(learner.locator("main")).not_to_contain_text("Look at the argument")
    page = claire.open(EXAM_PAGES)
    expect(page.locator(".chart rect")).to_have_count(20)
    page.get_by_role("link", name="Short").click()
    expect(page.get_by_role("row", name="siemens")).to_contain_text("50 %")


def test_another_key_is_looked_at_then_marked_by(claire, visit):
    mended = replace(EXAM[1], body=ShortAnswer((Pattern("ohm*"), Pattern("siemens", 0.5))))
    page = claire.open(f"{EXAM_PAGES}regrade/")
    expect(page.get_by_text("Nobody’s mark would change.")).to_be_visible()
    claire.open(f"{BANK}import/")
    upload(page, "mended.xml", moodle_xml(mended))
    expect(page.get_by_text("1 question was taken")).to_be_visible()
    claire.open(f"{EXAM_PAGES}regrade/")
    expect(page.locator(".lead")).to_contain_text("1 attempt would get another mark")
    expect(page.get_by_role("row", name="Tess")).to_be_visible()
    page.get_by_role("button", name="Regrade now").click()
    expect(page.get_by_text("1 attempt has a new mark.")).to_be_visible()
    tess = visit("Tess").open(f"/learn/{RUN}/exam/quiz/1/")
    expect(tess.locator(".question", has_text="resistance")).to_contain_text("0.5 / 1")


def test_one_learner_may_have_other_rules(claire, visit):
    sam = visit("Sam")
    page = claire.open(f"{EXAM_PAGES}rules/")
    page.get_by_label("Learner (e-mail address)").fill("nobody@example.org")
    page.get_by_label("Access key").fill("crocus")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".errorlist")).to_contain_text("Nobody with this address")
    page.get_by_label("Learner (e-mail address)").fill("sam@example.org")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The rules are saved")).to_be_visible()
    sam.open(f"/learn/{RUN}/exam/")
    sam.page.get_by_label("Access key").fill("tulip")
    sam.page.get_by_role("button", name="Begin another attempt").click()
    expect(sam.page.get_by_text("This is not the access key")).to_be_visible()
    page.get_by_role("row", name="Sam").get_by_role("button", name="Remove").click()
    expect(page.get_by_text("These rules are gone")).to_be_visible()
    sam.open(f"/learn/{RUN}/exam/")
    expect(sam.page.get_by_label("Access key")).to_have_count(0)
    expect(sam.page.get_by_role("button", name="Begin another attempt")).to_be_visible()


def test_everybodys_marks_are_a_table_and_a_file(claire):
    mark_what_waits(claire)
    page = claire.open(f"/runs/{RUN}/marks/everybody/")
    expect(page.get_by_role("row", name="Sam")).to_contain_text("/ 4")
    with page.expect_download() as loaded:
        page.get_by_role("link", name="All marks as CSV").click()
    rows = list(csv.reader(io.StringIO(loaded.value.path().read_text("utf-8-sig"))))
    assert any("exam" in cell.lower() for cell in rows[0]), rows[0]
    assert [row for row in rows if "Sam" in row], rows
    claire.open(EXAM_PAGES)
    with page.expect_download() as loaded:
        page.get_by_role("link", name="All answers as CSV").click()
    assert "siemens" in loaded.value.path().read_text("utf-8-sig")

"""Marks: one's own, everybody's, and as a file."""

import csv
import io

import pytest

from preau.learn.accounts.models import Person
from preau.learn.courses.models import Run
from preau.learn.enrolments.actions import place_in_run, unenrol
from preau.learn.enrolments.models import Enrolment, RunRole
from tests.learn.quizzes.quiz_course import begin
from tests.learn.quizzes.taking import MARKS, choice, course_of, done, read, run_of, see, text_of
from tests.people import RUN, ada, claire, imported, mina, noah, person, signed_in, small_run, theo

pytestmark = pytest.mark.django_db

EVERYBODY, CSV = f"{MARKS}everybody/", f"{MARKS}marks.csv"


@pytest.fixture
def run(tmp_path):
    return run_of(tmp_path / "course", choice("One"), choice("Two", mark=2.0))


@pytest.fixture
def tutor(run):
    who = person("Tom")
    place_in_run(who, run, RunRole.TUTOR)
    return signed_in(who)


def learner(run, name, group=""):
    who = person(name)
    place_in_run(who, run)
    Enrolment.objects.filter(person=who).update(group=group)
    return signed_in(who)


def rows_of(browser, query=""):
    """The table, row by row."""
    html = see(browser, f"{EVERYBODY}{query}")
    if "<tbody>" not in html:
        return []
    body = html.split("<tbody>")[1].split("</tbody>")[0]
    return [text_of(row) for row in body.split("<tr>")[1:]]


def csv_of(browser):
    answer = browser.get(CSV)
    assert answer["Content-Disposition"] == f'attachment; filename="{RUN}-marks.csv"'
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_a_learner_sees_every_attempt_and_what_counts(run):
    browser = learner(run, "Ada")
    assert "A test Not begun" in read(browser, MARKS)
    done(browser, q2_choice="0")
    done(browser, q1_choice="0")
    begin(browser)
    page = read(browser, MARKS)
    assert "2 / 3 so far, in 1 activity" in page
    assert [it.split()[0] for it in page.split("Attempt ")[1:]] == ["1", "2", "3"]
    assert "1 / 3" in page
    assert "in progress" in page
    assert "Everybody" not in page


def test_a_quiz_in_a_section_that_is_locked_is_not_open_yet(tmp_path):
    folder = course_of(tmp_path / "course", choice("One"))
    section = folder / "waves" / "section.yaml"
    section.write_text("release: {days: 7}\n" + section.read_text())
    imported(folder)
    browser = signed_in(ada(Run.objects.get(key=RUN)))
    assert "A test Not open yet" in read(browser, MARKS)


def test_a_course_without_quizzes_says_so(tmp_path):
    run = small_run(tmp_path / "course")
    assert "This course has no activity that earns a mark." in read(signed_in(ada(run)), MARKS)
    assert "no activity that earns a mark" in read(signed_in(claire(run)), EVERYBODY)


def test_everybodys_marks_are_in_a_table(run, tutor):
    done(learner(run, "Ada", "Evening"), q2_choice="0")
    learner(run, "Bea")
    assert rows_of(tutor) == ["Ada Evening 2 / 3", "Bea –"]


def test_who_teaches_or_left_is_not_in_the_table(run, tutor):
    done(learner(run, "Ada"), q1_choice="0")
    done(tutor, q1_choice="0")
    learner(run, "Bea")
    unenrol(Enrolment.objects.get(person__name="Bea"))
    assert rows_of(tutor) == ["Ada 1 / 3"]
    assert [row[0] for row in csv_of(tutor)] == ["name", "Ada"]


def test_people_are_found_by_name_and_by_the_beginning_of_their_address(run, tutor):
    for name in ("Ada", "Adam", "Bea"):
        learner(run, name)
    assert rows_of(tutor, "?q=ada") == ["Ada –", "Adam –"]
    assert rows_of(tutor, "?q=bea@ex") == ["Bea –"]
    assert rows_of(tutor, "?q=example.org") == []
    assert "Nobody here has this name or address." in read(tutor, f"{EVERYBODY}?q=zz")


def test_the_table_has_fifty_a_page(run, tutor):
    for number in range(53):
        learner(run, f"L{number:02}")
    html = see(tutor, EVERYBODY)
    assert len(rows_of(tutor)) == 50
    onward = html.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    assert rows_of(tutor, onward) == ["L50 –", "L51 –", "L52 –"]


def test_odd_queries_are_answered(run, tutor):
    for query in (f"?after={'9' * 5000}", "?after=x", "?after=²", f"?q={'é' * 500}", "?q=%00"):
        assert tutor.get(f"{EVERYBODY}{query}").status_code in {200, 400}, query


def test_the_file_has_everybody_and_plain_numbers(run, tutor):
    done(learner(run, "Ada", "Evening"), q2_choice="0")
    learner(run, "Bea")
    assert csv_of(tutor) == [
        ["name", "email", "group", "test"],
        ["Ada", "ada@example.org", "Evening", "2"],
        ["Bea", "bea@example.org", "", ""],
    ]


def test_a_name_like_a_formula_is_defused(run, tutor):
    learner(run, "Ada", "=1+1")
    Person.objects.filter(name="Ada").update(name='=HYPERLINK("http://evil")')
    assert csv_of(tutor)[1][:3] == ['\'=HYPERLINK("http://evil")', "ada@example.org", "'=1+1"]


def test_tutors_teachers_and_managers_see_everybody_and_learners_do_not(run):
    for who in (theo(run), claire(run), mina()):
        browser = signed_in(who)
        assert browser.get(EVERYBODY).status_code == browser.get(CSV).status_code == 200
    for who in (ada(run), noah()):
        browser = signed_in(who)
        assert browser.get(EVERYBODY).status_code == browser.get(CSV).status_code == 403
    assert signed_in(None).get(EVERYBODY).status_code == 302


def test_marks_are_written_by_the_language_of_the_page(tmp_path):
    run = run_of(tmp_path / "course", choice("One", mark=1.5))
    who = ada(run)
    done(signed_in(who), q1_choice="0")
    assert "1,5 / 1,5" in read(signed_in(who, "fr"), MARKS)
    assert "1.5 / 1.5" in read(signed_in(who, "en"), MARKS)

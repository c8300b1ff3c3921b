"""What the pages about a quiz say: its figures, its answers, its attempts, as files too."""

import csv
import io
from datetime import datetime
from uuid import uuid4

import duckdb
import pytest
from django.utils.translation import override

from preau.kit.questions.analysis import Attempt as Marks
from preau.kit.questions.analysis import analyse
from preau.learn.enrolments.actions import place_in_run
from preau.learn.enrolments.models import Enrolment, RunRole
from preau.learn.quizzes.models import Attempt, Response
from preau.learn.theme.templatetags.marks import mark, percent
from tests.learn.quizzes.quiz_course import begin
from tests.learn.quizzes.taking import (
    ABOUT,
    ESSAY,
    HERTZ,
    choice,
    done,
    fill,
    read,
    run_of,
    said,
    see,
    text_of,
)
from tests.people import claire, person, signed_in

pytestmark = pytest.mark.django_db

CSV, PARQUET = f"{ABOUT}answers.csv", f"{ABOUT}answers.parquet"
# Which of the three questions each of five learners gets right.
TAKEN = {"Ada": "110", "Bea": "111", "Carl": "000", "Dora": "100", "Emil": "101"}


@pytest.fixture
def run(tmp_path):
    return run_of(tmp_path / "course", choice("One"), choice("Two", mark=2.0), HERTZ)


@pytest.fixture
def tutor(run):
    who = person("Tom")
    place_in_run(who, run, RunRole.TUTOR)
    return signed_in(who)


def learner(run, name):
    who = person(name)
    place_in_run(who, run)
    return signed_in(who)


def take(browser, right):
    one, two, three = (it == "1" for it in right)
    name = "Hertz" if three else "Ampere"
    return done(browser, q1_choice="01"[not one], q2_choice="01"[not two], q3_text=name)


@pytest.fixture
def taken(run):
    return {name: take(learner(run, name), right) for name, right in TAKEN.items()}


def expected():
    out_of = [1.0, 2.0, 1.0]
    marks = [
        Marks([most * (it == "1") for most, it in zip(out_of, right, strict=True)], ["a", "b", "c"])
        for right in TAKEN.values()
    ]
    return analyse(out_of, marks, {"a": 1 / 3, "b": 1 / 3, "c": 0.0})


def figures(html):
    """The figures of the whole, by their names."""
    pairs = html.split('class="figures"')[1].split("</dl>")[0].split("<dt>")[1:]
    return {text_of(it.split("</dt>")[0]): text_of(it.split("</dt>")[1]) for it in pairs}


def rows_of(html):
    """The cells of the first table, row by row."""
    body = html.split("<tbody>")[1].split("</tbody>")[0]
    return [
        [text_of(f"<td{cell}") for cell in row.replace("<th", "<td").split("<td")[1:]]
        for row in body.split("<tr>")[1:]
    ]


def test_the_figures_are_those_of_the_analysis(taken, tutor):
    quiz, shown = expected().quiz, figures(see(tutor, ABOUT))
    with override("en"):
        wanted = {
            "Learners": "5",
            "Mean": f"{mark(quiz.mean)} / 4",
            "Median": mark(quiz.median),
            "Standard deviation": mark(quiz.standard_deviation),
            "Internal consistency (Cronbach’s alpha)": mark(quiz.alpha),
            "Error ratio": percent(quiz.error_ratio).replace("\u00a0", " "),
            "Standard error": mark(quiz.standard_error),
            "Skewness": mark(quiz.skewness),
            "Kurtosis": mark(quiz.kurtosis),
        }
    assert shown == wanted


def test_the_figures_of_each_question_are_those_of_the_analysis(taken, tutor):
    names = ("One", "Two", "Hertz")
    wanted = [
        [f"{number}. {name}", *(
            percent(it).replace("\u00a0", " ")
            for it in (
                item.facility, item.standard_deviation, item.guess, item.intended_weight,
                item.effective_weight, item.discrimination, item.efficiency,
            )
        )]
        for number, (name, item) in enumerate(zip(names, expected().slots, strict=True), 1)
    ]  # fmt: skip
    assert rows_of(see(tutor, ABOUT)) == wanted


def test_of_each_learner_the_attempt_that_was_asked_for_is_taken(run, tutor):
    browser = learner(run, "Ada")
    for right in ("100", "111", "011"):
        take(browser, right)
    take(learner(run, "Bea"), "000")
    means = {
        which: figures(see(tutor, f"{ABOUT}?which={which}"))["Mean"]
        for which in ("first", "last", "best", "nonsense")
    }
    assert means == {"first": "0.5 / 4", "last": "1.5 / 4", "best": "2 / 4", "nonsense": "0.5 / 4"}


def test_the_figures_follow_a_new_attempt_and_a_mark_by_hand(tmp_path):
    run = run_of(tmp_path / "course", choice("One"), ESSAY)
    teacher = signed_in(claire(run))
    assert "Nobody has handed in an attempt yet." in read(teacher, ABOUT)
    done(learner(run, "Carl"), q1_choice="0")
    done(learner(run, "Ada"), q1_choice="1", q2_text="Up.")
    assert "1 attempt has answers that wait to be marked by hand." in read(teacher, ABOUT)
    row = Response.objects.get(to_mark=True)
    address = f"{ABOUT}marking/{row.version.question_id}/"
    teacher.post(address, {"response": str(row.pk), "mark": "0"})
    assert "wait to be marked" not in read(teacher, ABOUT)
    begin(learner(run, "Bea"))
    page = read(teacher, ABOUT)
    assert "1 attempt is in progress." in page
    assert "Learners 2" in page


def test_a_question_shows_what_was_answered_to_it(taken, tutor):
    table = rows_of(see(tutor, f"{ABOUT}questions/3/"))
    assert table[0][:3] == ["Ampere", "3", "60 %"]
    assert table[1][:3] == ["Hertz", "2", "40 %"]
    assert table[0][3] == "1.33"
    assert "A right answer: Hertz" in read(tutor, f"{ABOUT}questions/3/")
    assert tutor.get(f"{ABOUT}questions/4/").status_code == 404
    assert tutor.get(f"{ABOUT}questions/0/").status_code == 404


# As files


def csv_of(browser):
    answer = browser.get(CSV)
    assert answer["Content-Disposition"] == 'attachment; filename="small-now-test.csv"'
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def parquet_of(browser, tmp_path):
    file = tmp_path / "answers.parquet"
    file.write_bytes(browser.get(PARQUET).content)
    with duckdb.connect() as engine:
        found = engine.execute("SELECT * FROM read_parquet(?)", [str(file)])
        names = [it[0] for it in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def test_csv_and_parquet_have_every_answer(taken, tutor, tmp_path):
    Enrolment.objects.filter(person__name="Bea").update(group="Evening")
    plain, typed = csv_of(tutor), parquet_of(tutor, tmp_path)
    assert len(plain) == len(typed) == 15
    assert list(plain[0]) == list(typed[0])
    attempt = taken["Bea"]
    one = next(it for it in typed if it["name"] == "Bea" and it["slot"] == 2)
    assert one == {
        "name": "Bea", "email": "bea@example.org", "group": "Evening", "attempt": 1,
        "language": "en", "started": attempt.started_at.replace(tzinfo=None, microsecond=0),
        "submitted": attempt.submitted_at.replace(tzinfo=None, microsecond=0), "slot": 2,
        "question": "Two", "version": 1, "type": "choice", "answer": "right", "share": 1.0,
        "mark": 2.0, "out_of": 2.0,
    }  # fmt: skip
    for text, value in zip(plain, typed, strict=True):
        assert {name: str(it or "") for name, it in value.items() if isinstance(it, str)} == {
            name: text[name] for name, it in value.items() if isinstance(it, str)
        }
        assert float(text["mark"]) == value["mark"]
        assert datetime.fromisoformat(text["submitted"]) == value["submitted"]


HOSTILE = ['=HYPERLINK("http://evil")', "+1+1", "-2+3", "@SUM(A1)", 'a "quoted", thing', "a;b|c",
           "'; DROP TABLE", "\\N", "NULL", "é\u202e\U0001f600", "{}", "\ufeffx"]  # fmt: skip


def test_answers_like_formulas_are_defused_and_odd_ones_stay_whole(run, tutor, tmp_path):
    for number, text in enumerate(HOSTILE):
        done(learner(run, f"L{number}"), q3_text=text)
    spreadsheet = [it["answer"] for it in csv_of(tutor) if it["slot"] == "3"]
    assert spreadsheet == [f"'{it}" if it[0] in "=+-@" else it for it in HOSTILE]
    assert [it["answer"] for it in parquet_of(tutor, tmp_path) if it["slot"] == 3] == HOSTILE


def test_texts_of_many_lines_stay_whole(tmp_path):
    run = run_of(tmp_path / "course", ESSAY)
    text = 'First "line",\nsecond;\n\n\ttabbed\rlast ' + "x" * 50_000
    done(learner(run, "Ada"), q1_text=text)
    done(learner(run, "Bea"), q1_text="short")
    teacher = signed_in(claire(run))
    for rows in (csv_of(teacher), parquet_of(teacher, tmp_path)):
        assert [it["answer"] for it in rows] == [text, "short"]
        assert {it["share"] for it in rows} <= {"", None}


def test_without_an_answer_the_files_are_empty_but_there(run, tutor, tmp_path):
    assert csv_of(tutor) == parquet_of(tutor, tmp_path) == []


# Attempts one by one


def test_attempts_are_fifty_a_page_and_found_by_name(run, tutor):
    first = take(learner(run, "Ada"), "100")
    enrolment = first.enrolment
    for number in range(2, 53):
        first.pk, first.uuid, first.number = None, uuid4(), number
        first.save()
    assert Attempt.objects.filter(enrolment=enrolment).count() == 52
    html = see(tutor, f"{ABOUT}attempts/")
    assert [it[1] for it in rows_of(html)] == [str(it) for it in range(52, 2, -1)]
    onward = html.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    assert [it[1] for it in rows_of(see(tutor, f"{ABOUT}attempts/{onward}"))] == ["2", "1"]
    take(learner(run, "Zoë"), "000")
    assert [it[0] for it in rows_of(see(tutor, f"{ABOUT}attempts/?q=zo"))] == ["Zoë"]
    assert "No attempt here yet." in read(tutor, f"{ABOUT}attempts/?q=nobody")


def test_an_attempt_shows_its_answers_to_who_teaches(taken, tutor):
    page = read(tutor, f"{ABOUT}attempts/{taken['Bea'].pk}/")
    assert "Bea, attempt 1" in page
    assert "4 / 4" in page
    assert tutor.get(f"{ABOUT}attempts/999999/").status_code == 404


def test_an_open_attempt_is_shown_as_it_stands(run, tutor):
    browser = learner(run, "Ada")
    fill(browser, begin(browser), q3_text="Hertz")
    attempt = Attempt.objects.get()
    page = tutor.get(f"{ABOUT}attempts/{attempt.pk}/")
    assert "in progress" in said(page)
    assert 'value="Hertz"' in page.content.decode()


def test_odd_queries_are_answered(taken, tutor, subtests):
    nines = "9" * 5000
    for query in (f"attempts/?before={nines}", "attempts/?before=x", "attempts/?q=%00", "?which=",
                  f"attempts/?q={'é' * 500}", "attempts/?before=²"):  # fmt: skip
        with subtests.test(query[:30]):
            assert tutor.get(f"{ABOUT}{query}").status_code in {200, 400}


def test_learners_see_none_of_it(run, taken):
    browser = learner(run, "Fay")
    attempt = taken["Bea"].pk
    for path in ("", "questions/1/", "attempts/", f"attempts/{attempt}/", "answers.csv",
                 "answers.parquet"):  # fmt: skip
        assert browser.get(f"{ABOUT}{path}").status_code == 403

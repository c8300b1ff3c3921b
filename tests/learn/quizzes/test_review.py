"""What a learner is shown of an attempt in each phase: nothing that the quiz keeps back."""

import re

import pytest

from preau.kit.questions.question import Feedback, Question
from preau.kit.questions.types.choice import Choice, Option
from preau.kit.questions.types.markers import Marker, Markers, Zone
from preau.kit.questions.types.matching import Matching, Pair
from preau.kit.questions.types.numerical import Numerical, Value
from preau.kit.questions.types.ordering import Ordering
from preau.kit.questions.types.short_answer import Pattern, ShortAnswer
from preau.kit.questions.types.true_false import TrueFalse
from preau.learn.quizzes.models import Response
from tests.learn.quizzes.quiz_course import QUIZ, begin, hand_in
from tests.learn.quizzes.taking import ABOUT, MARKS, asking, fill, read, run_of, see
from tests.people import ada, claire, signed_in

pytestmark = pytest.mark.django_db

SAID, WHOLE, GENERAL = "MeansWhat", "TakenAsAWhole", "SeeTheNotes"
NUMBER = Question(
    "Number",
    "<p>How many?</p>",
    Numerical((Value(1789.25, 0.0, 1.0, SAID), Value(None, 0.0, 0.0, SAID))),
    mark=7.0,
    feedback=Feedback(general=GENERAL),
)
SOLUTION = "1789.25"
GIVEN = "4711"
PHASES = ("after", "later", "closed")


@pytest.fixture
def quiz(tmp_path, clock):
    """Builds the quiz with that review; the learner's browser."""

    def make(review, *questions, rules="", dates="{closes: '2027-01-12T10:00'}"):
        run = run_of(
            tmp_path / "course", *(questions or (NUMBER,)), dates=dates,
            rules=f"review: {review}\n{rules}",
        )  # fmt: skip
        return signed_in(ada(run))

    return make


def move_to(clock, phase):
    """From the moment it was handed in, into that phase."""
    clock.later(**{"after": {"minutes": 1}, "later": {"minutes": 3}, "closed": {"days": 2}}[phase])


def shown(html):
    """Which parts of the answer's review a page has."""
    found = {
        "answers": f'value="{GIVEN}"' in html,
        "right": "is-wrong" in html or ">Wrong<" in html or "Wrong</span>" in html,
        "marks": re.search(r"\b0 / 7\b", html) is not None,
        "feedback": SAID in html,
        "general": GENERAL in html,
        "solution": SOLUTION in html,
    }
    return {name for name, there in found.items() if there}


PARTS = ("answers", "right", "marks", "feedback", "general", "solution", "")


@pytest.mark.parametrize("first", range(len(PARTS)))
def test_a_review_shows_what_its_phase_names_and_nothing_else(quiz, clock, subtests, first):
    parts = [PARTS[(first + step) % len(PARTS)] for step in range(len(PHASES))]
    named = {
        phase: ["answers", *({part} - {"answers"})] if part else []
        for phase, part in zip(PHASES, parts, strict=True)
    }
    browser = quiz(str(named).replace("'", ""))
    address = begin(browser)
    fill(browser, address, q1_number=GIVEN)
    attempt = hand_in(browser, address)
    for phase in PHASES:
        with subtests.test(phase):
            clock.now = attempt.submitted_at
            move_to(clock, phase)
            assert shown(see(browser, address)) == set(named[phase])


def test_the_solution_of_markers_is_a_picture(quiz):
    picture = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"/>'
    zones = (Zone(1, "circle", (10, 20, 5)),)
    body = Markers("map.svg", (Marker("here"), Marker("nowhere")), zones)
    markers = Question("Map", "<p>Where?</p>", body, files={"map.svg": picture})
    browser = quiz("{after: [answers, solution]}", markers)
    address = begin(browser)
    hand_in(browser, address)
    html = see(browser, address)
    told = html[html.index("A right answer:") :]
    image = re.search(r'<img src="([^"]+)"', told)[1]
    assert browser.get(image).status_code == 200
    assert re.findall(r'value="([^"]*)"', told[: told.index("</section>")]) == ["10,20"]
    assert 'aria-label="Point 1 of here: x,y"' in told


@pytest.mark.parametrize("phase", PHASES)
def test_the_other_phases_show_everything(quiz, clock, phase):
    others = ", ".join(f"{it}: []" for it in PHASES if it != phase)
    browser = quiz(f"{{{others}}}")
    address = begin(browser)
    fill(browser, address, q1_number=GIVEN)
    hand_in(browser, address)
    move_to(clock, phase)
    assert shown(see(browser, address)) == {
        "answers", "right", "marks", "feedback", "general", "solution",
    }  # fmt: skip


@pytest.mark.parametrize("phase", PHASES)
def test_a_mark_that_is_kept_back_is_nowhere(quiz, clock, phase):
    browser = quiz(f"{{{phase}: [answers, right, feedback]}}")
    address = begin(browser)
    fill(browser, address, q1_number=SOLUTION)
    hand_in(browser, address)
    move_to(clock, phase)
    for page in (address, QUIZ, MARKS, "/learn/small-now/", "/dashboard/"):
        assert not re.search(r"\b7 / 7\b|100\s%", see(browser, page)), page
    assert "Your mark will be shown later." in read(browser, address)
    assert "handed in" in read(browser, QUIZ)
    assert "No mark yet" in read(browser, MARKS)


def test_a_mark_that_may_be_told_is_on_all_three_pages(quiz, clock):
    browser = quiz("{after: [marks]}")
    address = begin(browser)
    fill(browser, address, q1_number=SOLUTION)
    hand_in(browser, address)
    for page in (address, QUIZ, MARKS):
        assert "7 / 7" in read(browser, page), page
    assert "How many" not in see(browser, address)


def test_one_attempt_whose_mark_is_kept_back_keeps_back_the_best(quiz, clock):
    browser = quiz("{after: []}")
    for answer in (SOLUTION, GIVEN):
        address = begin(browser)
        fill(browser, address, q1_number=answer)
        hand_in(browser, address)
        clock.later(minutes=5)
    clock.later(minutes=-4)
    for page in (QUIZ, MARKS):
        html = see(browser, page)
        assert html.count("7 / 7") == 1, page  # the attempt's own line
        assert "handed in" in html


# Before the attempt is handed in

SECRET = (
    asking(
        "Single",
        Choice((Option("Blue", 1.0, SAID), Option("Red", 0.0, SAID))),
        feedback=Feedback(WHOLE, WHOLE, WHOLE, GENERAL),
    ),
    asking("Short", ShortAnswer((Pattern("Zephyrus", 1.0, SAID),))),
    asking("Words", TrueFalse(right=True, if_true=SAID, if_false=SAID)),
    NUMBER,
)


def given_away(html):
    return [
        it for it in (SAID, WHOLE, GENERAL, SOLUTION, "Zephyrus", "A right answer") if it in html
    ]


@pytest.mark.parametrize(
    "behaviour",
    ["deferred", "immediate", "interactive", "deferred-certainty", "immediate-certainty"],
)
def test_an_open_attempt_gives_nothing_away(quiz, behaviour):
    browser = quiz("{}", *SECRET, rules=f"behaviour: {behaviour}")
    address = begin(browser)
    fill(browser, address, q1_choice="0", q2_text="Zephyr", q3_choice="true", q4_number="3")
    for page in (address, f"{address}summary/", QUIZ, MARKS):
        html = see(browser, page)
        assert not given_away(html), page
        assert "verdict" not in html, page


def test_a_checked_question_shows_what_during_names_but_never_the_solution(quiz):
    browser = quiz(
        "{during: [answers, right, marks, feedback, general, solution]}",
        *SECRET, rules="behaviour: immediate",
    )  # fmt: skip
    address = begin(browser)
    fill(browser, address, "check:4", q4_number=GIVEN)
    html = see(browser, address)
    assert given_away(html) == [SAID, GENERAL]
    assert "0 / 7" in html


def test_during_may_keep_back_everything(quiz):
    browser = quiz("{during: []}", *SECRET, rules="behaviour: immediate")
    address = begin(browser)
    fill(browser, address, "check:4", q4_number=SOLUTION)
    html = see(browser, address)
    assert not given_away(html.replace(f'value="{SOLUTION}"', ""))
    assert "7 / 7" not in html
    assert "verdict" not in html


def test_a_comment_is_feedback(quiz, clock):
    browser = quiz("{after: [answers], later: [answers, feedback]}")
    address = begin(browser)
    fill(browser, address, q1_number=GIVEN)
    hand_in(browser, address)
    Response.objects.update(comment="Almost, Ada")
    assert "Almost, Ada" not in see(browser, address)
    clock.later(minutes=3)
    assert "Almost, Ada" in see(browser, address)


def test_who_teaches_sees_everything_whatever_the_review_says(quiz, clock):
    browser = quiz("{after: []}")
    address = begin(browser)
    fill(browser, address, q1_number=GIVEN)
    attempt = hand_in(browser, address)
    teacher = signed_in(claire(attempt.enrolment.run))
    assert shown(see(teacher, f"{ABOUT}attempts/{attempt.pk}/")) >= {"marks", "solution", "answers"}


# Where the numbers of the fields are the order of the author's file

ORDER = asking("Order", Ordering(tuple("abcdef")))
PAIRS = asking("Pairs", Matching(tuple(Pair(f"phrase {it}", f"answer {it}") for it in range(6))))


@pytest.mark.usefixtures("shuffling")
def test_the_names_of_the_fields_do_not_tell_the_order(quiz):
    html = see(browser := quiz("{}", ORDER), begin(browser))
    names = re.findall(r'name="q1-place-(\d+)".*?order-text">(\w)<', html, re.DOTALL)
    assert len(names) == 6
    assert [item for _number, item in sorted(names)] != list("abcdef")


@pytest.mark.usefixtures("shuffling")
def test_the_values_of_the_answers_do_not_tell_the_pairs(quiz):
    html = see(browser := quiz("{}", PAIRS), begin(browser))
    rows = dict(re.findall(r'id="q1-pair-(\d+)-phrase">phrase (\d)<', html))
    answers = dict(re.findall(r'<option value="(\d+)">answer (\d)<', html))
    assert len(rows) == len(answers) == 6
    assert any(answers.get(number) != phrase for number, phrase in rows.items())

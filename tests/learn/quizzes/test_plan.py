"""What an attempt asks: pages, orders, what is drawn, what it counts."""

from dataclasses import replace

import pytest

from preau.kit.questions.types.description import Description
from preau.learn.courses.models import Course
from preau.learn.quizzes.bank import import_questions
from preau.learn.quizzes.building import plan_again
from tests.learn.quizzes.quiz_course import QUIZ, begin, hand_in
from tests.learn.quizzes.taking import (
    asking,
    choice,
    done,
    fill,
    questions_on,
    read,
    run_of,
    see,
)
from tests.people import ada, signed_in

pytestmark = pytest.mark.django_db
MANY = [choice(f"Question {number}") for number in range(1, 13)]


@pytest.fixture
def taker(tmp_path):
    """Builds a quiz of those questions; its learner's browser."""

    def make(*questions, **more):
        return signed_in(ada(run_of(tmp_path / "course", *questions, **more)))

    return make


def test_pages_have_so_many_questions_each(taker):
    browser = taker(*MANY[:5], rules="per_page: 2")
    address = begin(browser)
    pages = [questions_on(see(browser, f"{address}?page={page}")) for page in (1, 2, 3)]
    assert [len(it) for it in pages] == [2, 2, 1]
    answer = fill(browser, address, "next", q1_choice="0")
    assert answer["Location"] == f"{address}?page=2"
    answer = fill(browser, address, "previous", page=2, q3_choice="0")
    assert answer["Location"] == f"{address}?page=1"
    assert hand_in(browser, address).mark == 2


def test_an_attempt_keeps_its_order_and_others_have_their_own(taker):
    browser = taker(*MANY, rules="shuffle: true")
    orders = []
    for _attempt in range(3):
        address = begin(browser)
        orders.append(questions_on(see(browser, address)))
        assert questions_on(see(browser, address)) == orders[-1]
        hand_in(browser, address)
        assert questions_on(see(browser, address)) == orders[-1]
    assert {tuple(sorted(it)) for it in orders} == {tuple(sorted(orders[0]))}
    assert len({tuple(it) for it in orders}) > 1


def test_the_answers_of_a_shuffled_attempt_belong_to_their_questions(taker):
    named = [choice(f"Question {number}", mark=float(number)) for number in range(1, 9)]
    browser = taker(*named, rules="shuffle: true")
    address = begin(browser)
    assert fill(browser, address, q8_choice="0", q1_choice="1").status_code == 302
    assert hand_in(browser, address).mark == 8


def test_questions_are_drawn_from_a_file(taker):
    browser = taker(*MANY, entries="[{file: test.en.gift, draw: 3}]")
    assert "3 questions" in read(browser, QUIZ)
    drawn = set()
    for _attempt in range(4):
        address = begin(browser)
        asked = questions_on(see(browser, address))
        assert len(set(asked)) == 3
        drawn.add(tuple(asked))
        assert hand_in(browser, address).out_of == 3
    assert len(drawn) > 1


def test_questions_are_drawn_from_a_category_and_all_below_it(taker):
    browser = taker(choice("One"), entries="[{file: test.en.gift}, {category: Signals, draw: 2}]")
    course = Course.objects.get()
    shelves = {"Below": ("Signals", "Decibels"), "There": ("Signals",), "Else": ("Signal",)}
    import_questions(
        course,
        [
            *(replace(choice(name), category=shelf) for name, shelf in shelves.items()),
            replace(asking("Said", Description()), category=("Signals",)),
        ],
    )
    plan_again(course)
    address = begin(browser)
    assert sorted(questions_on(see(browser, address))) == ["Below?", "One?", "There?"]


def test_an_entry_says_what_its_questions_count(taker):
    browser = taker(
        choice("One", mark=5.0), choice("Two"), entries="[{file: test.en.gift, mark: 2.5}]"
    )
    attempt = done(browser, q1_choice="0")
    assert (attempt.mark, attempt.out_of) == (2.5, 5)
    assert "2.5 / 5" in read(browser, QUIZ)

"""GIFT: what people write by hand comes in, what goes out comes back or is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preau.kit.errors import PreauError
from preau.kit.questions.formats import gift
from preau.kit.questions.question import Feedback, Question
from preau.kit.questions.types.choice import Choice, Option
from preau.kit.questions.types.description import Description
from preau.kit.questions.types.essay import Essay
from preau.kit.questions.types.matching import Matching, Pair
from preau.kit.questions.types.numerical import Numerical, Value
from preau.kit.questions.types.ordering import Ordering
from preau.kit.questions.types.short_answer import Pattern, ShortAnswer
from preau.kit.questions.types.true_false import TrueFalse
from tests.kit.questions import strategies as some
from tests.kit.questions.strategies import questions


def body(text: str):
    report = gift.read(text.encode())
    assert report.lost == 0, report.items
    (question,) = report.questions
    return question.body


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sine? {T}", TrueFalse(right=True)),
        ("Sine? {false#No!#Yes!}", TrueFalse(False, "No!", "Yes!")),
        ("Sine? {TRUE#No!#Yes!}", TrueFalse(True, "Yes!", "No!")),
        (
            "Unit? {=hertz ~second#It is time ~%50%baud}",
            Choice(
                (Option("hertz", 1.0), Option("second", 0.0, "It is time"), Option("baud", 0.5))
            ),
        ),
        (
            "Units? {~%50%hertz ~%50%1/s ~%-100%second}",
            Choice((Option("hertz", 0.5), Option("1/s", 0.5), Option("second", -1.0)), True),
        ),
        (
            "Who? {=Fourier =%50%Joseph*}",
            ShortAnswer((Pattern("Fourier"), Pattern("Joseph*", 0.5))),
        ),
        ("Pi? {#3.14:0.01}", Numerical((Value(3.14, 0.01),))),
        ("Pi? {#3,14:0,01}", Numerical((Value(3.14, 0.01),))),
        ("Pi? {#3..4}", Numerical((Value(3.5, 0.5),))),
        (
            "Pi? {#=3.14:0.001 =%50%3:0.2#Roughly ~#No}",
            Numerical(
                (Value(3.14, 0.001), Value(3.0, 0.2, 0.5, "Roughly"), Value(None, 0, 0, "No"))
            ),
        ),
        (
            "Match {=2 -> two =3 -> three = -> four}",
            Matching((Pair("2", "two"), Pair("3", "three"), Pair("", "four"))),
        ),
        ("Say why. {}", Essay()),
        ("Only a text.", Description()),
        (
            r"Braces? {=\{a\} ~b\=c\~d\#e\:f\\g}",
            Choice((Option("{a}", 1.0), Option(r"b=c~d#e:f\g"))),
        ),
    ],
)
def test_each_type(text, expected):
    assert body(text) == expected


FILE = """// A file about waves
$CATEGORY: $course$/top/Ondes/A//B

// question: 12 [id:W-1] [tag:waves] [tag:a\\]b]
::Frequency::[html]<p>What is it?</p> {
  =[html]<b>1/T</b> # Yes.
  ~T
####Think of hertz.}

[markdown]The *hertz* is a {=unit ~number} of something.

A period
is a {
= time
= duration
}
"""


def test_a_file_as_people_write_it():
    report = gift.read(FILE.replace("\n", "\r\n").encode("utf-8-sig"))
    assert (report.format, report.taken, report.lost) == ("gift", 3, 0)
    first, second, third = report.questions
    assert first == Question(
        "Frequency",
        "<p>What is it?</p>",
        Choice((Option("<b>1/T</b>", 1.0, "Yes."), Option("T"))),
        feedback=Feedback(general="Think of hertz."),
        category=("Ondes", "A/B"),
        tags=("waves", "a]b"),
        number="W-1",
    )
    assert second.stem == "<p>The <em>hertz</em> is a _____ of something.</p>"
    assert second.name == "The *hertz* is a _____ of something."
    assert (third.stem, third.number, third.tags) == ("A period<br>is a", "", ())
    assert third.category == ("Ondes", "A/B")
    assert [item.line for item in report.items] == [5, 10, 12]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a {=b", "a “{” has no “}”"),
        ("a {=b}}", "braces too many"),
        ("a {=b {=c}", "braces too many"),
        ("a }", "braces too many"),
        ("::a {T}", "the name has no “::”"),
        ("a {b =c}", "“b” stands before the first"),
        ("a {#}", "no number between"),
        ("a {#1:2:3}", "“2:3” is no number"),
        ("a {#x}", "“x” is no number"),
        ("a {#4..3}", "“4..3” is no range"),
        ("a {#1..2..3}", "“2..3” is no number"),
        ("a {=b}", None),  # a short answer
        ("a {~b ~c}", "0%"),
        ("a {~%50%b ~c}", "50%"),
        ("a {=%999%b ~c}", "whole mark"),
        ("a {=b -> c}", "two phrases"),
        ("a {=%50%b -> c =d -> e}", "neither a weight"),
        ("a \ufdd0 {T}", "characters that are none"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_the_others_are_taken(text, said):
    report = gift.read(f"First {{T}}\n\n{text}\n\nLast {{F}}\n".encode())
    assert [item.line for item in report.items] == [1, 3, 5]
    assert report.items[0].question is not None
    assert report.items[2].question is not None
    if said is None:
        assert report.lost == 0
    else:
        assert report.items[1].mapped_to is None
        assert said in report.items[1].dropped[0]


@pytest.mark.parametrize("data", [b"", b"\n\n// only a remark\n", b"\x00{T}", b"\xff\xfe\xff"])
def test_a_file_without_questions_is_refused(data):
    with pytest.raises(PreauError):
        gift.read(data)


@pytest.mark.parametrize(
    "piece", ["{", "~", "\\", "=%", "->", "::", "#", "[html]", "//", "..", "$"]
)
def test_a_megabyte_of_nonsense_is_read_once(piece):
    """No pattern may go over the text again and again: this would take hours."""
    text = piece * (1_000_000 // len(piece))
    report = gift.read(f"a {{={text}}}\n\n{text}\n".encode())
    assert report.items


@given(st.one_of(st.text(), st.text("{}=~#:\\%->abT \n$[]/0123456789.")))
def test_whatever_is_in_a_file_is_questions_or_refused(text):
    gift.looks_like(text.encode(errors="replace"))
    try:
        items = gift.read(text.encode(errors="replace")).items
    except PreauError:
        items = (None,)
    assert items


CARRIED = st.one_of(
    some.single_choices(),
    some.multiple_choices(),
    some.true_false,
    some.short_answers(),
    some.numericals(),
    some.matchings(),
    some.descriptions,
)


@st.composite
def bare(draw):
    """A question that has nothing which GIFT lacks."""
    asked = draw(questions(CARRIED, feedback=False))
    inner = asked.body
    if isinstance(inner, Choice):
        inner = Choice(inner.options, inner.several)
    if isinstance(inner, ShortAnswer):
        inner = ShortAnswer(inner.patterns)
    if isinstance(inner, Matching):
        inner = Matching(inner.pairs)
    general = Feedback(general=draw(some.some_html))
    return Question(asked.name, asked.stem, inner, feedback=general, category=asked.category,
                    tags=asked.tags, number=asked.number)  # fmt: skip


@given(st.lists(st.one_of(bare(), bare(), questions()), max_size=4))
def test_what_is_not_reported_as_lost_comes_back(asked):
    data, report = gift.write(asked)
    assert [item.name for item in report.items] == [it.name for it in asked]
    kept = [it for it in report.items if it.mapped_to is not None]
    back = gift.read(data) if kept else None
    assert len(back.items if back else ()) == len(kept)
    for item, again in zip(kept, back.items if back else (), strict=True):
        if not item.lost:
            assert again.question == item.question


@given(bare())
def test_what_gift_can_carry_is_carried(asked):
    _data, report = gift.write([asked])
    arrow = isinstance(asked.body, Matching) and any("->" in it.phrase for it in asked.body.pairs)
    said = isinstance(asked.body, Description) and asked.feedback.general
    assert arrow or said or report.lost == 0, report.items[0].dropped


def test_what_is_lost_is_said():
    _data, report = gift.write([Question("a", "b", Ordering(("x", "y")))])
    assert report.items[0].dropped == ("GIFT has no questions of type “ordering”.",)
    marked = Question("a", "b", TrueFalse(right=True), mark=3.0, feedback=Feedback("Good."))
    _data, report = gift.write([marked])
    assert report.items[0].dropped == (
        "GIFT has no place for the mark.",
        "GIFT has no place for the feedback to right answers.",
    )

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
from preau.kit.questions.types.numerical import Numerical, Unit, Value
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
        ("::A::Only a text.", Description()),
        ("Pi? {#=*#Any}", Numerical((Value(None, 0.0, 1.0, "Any"),))),
        (
            "Thirds? {~%33,5%b ~%66.5%c ~%-100%d ~%PATH%}",
            Choice(
                (Option("b", 0.335), Option("c", 0.665), Option("d", -1), Option("%PATH%")), True
            ),
        ),
        ("Sine? {T#No#Yes####All}", TrueFalse(True, "Yes", "No")),
        ("Yes? {=a#####All}", ShortAnswer((Pattern("a"),))),
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
    ("text", "stem"),
    [
        ("a < b\nc {T}", "a &lt; b<br>c"),
        ("if a<b and c>d {T}", "if a&lt;b and c&gt;d"),
        ("<p>a</p>\n<p>b\nc</p> {T}", "<p>a</p><p>b<br>c</p>"),  # Moodle's own format has tags
        ("[plain]<b>a</b>\nb {T}", "&lt;b&gt;a&lt;/b&gt;<br>b"),
        ("[moodle]a\\nb {T}", "a<br>b"),
        ("[html]<b>a</b>\nb {T}", "<b>a</b>\nb"),
        ("[markdown]**a**\\n\\nb {T}", "<p><strong>a</strong></p>\n<p>b</p>"),
        ("[other]a {T}", "[other]a"),
        ("Two is {=2}.", "Two is _____."),
        ("a\n// b {~\nc {T}", "a<br>c"),
    ],
)
def test_texts_in_each_format(text, stem):
    (question,) = gift.read(text.encode()).questions
    assert question.stem == stem


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("[html]<p>How <b>much</b>?</p><p>&lt; 3</p> {T}", "How much? < 3"),
        ("[html]<img src\\=a> {T}", "<img src=a>"),
    ],
)
def test_a_question_without_a_name_has_its_words(text, name):
    assert gift.read(text.encode()).questions[0].name == name


def test_a_category_ends_a_question():
    text = "Q {T}\n$CATEGORY: $cat1$/A\nR {F}\n\n$CATEGORY: $5 notes/B\n\nS {F}"
    assert [(it.stem, it.category) for it in gift.read(text.encode()).questions] == [
        ("Q", ()),
        ("R", ("A",)),
        ("S", ("$5 notes", "B")),
    ]


def test_an_image_that_cannot_be_there_is_named():
    (item,) = gift.read(b'[html]<img src\\="@@PLUGINFILE@@/a%20b.png"> {T}').items
    assert (item.missing, item.lost) == (("a b.png",), True)
    assert item.question.stem == '<img src="question-files/a%20b.png">'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_other_encodings_are_recognised(encoding):
    text = "::Été::Où est l’œuvre ? {=là ~ça}\n"
    assert gift.looks_like(text.encode(encoding))
    assert gift.read(text.encode(encoding)) == gift.read(text.encode())


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
        ("a {=b ~%999%c}", "the weight “999” is no number from -100 to 100"),
        ("a {=b ~%5O%c}", "the weight “5O” is no number"),
        ("a {=b ~%1.2.3%c}", "the weight “1.2.3” is no number"),
        ("a {=%50%b ~c}", "100 %"),
        ("a {=b -> c =d}", "“d” has no “->”"),
        ("a {#=}", "“” is no number"),
        ("a {#1:2:3:4}", "“2:3:4” is no number"),
        ("a {#1:-2}", "below 0"),
        ("a {#1e999}", "“1e999” is no number"),
        ("a {#1,000,000}", "“1,000,000” is no number"),
        (f"[markdown]{'a' * 10_001} {{T}}", "longer than"),
        (f"a {{#{'x' * 1000}}}", f"“{'x' * 59}…” is no number"),
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
        unread = report.items[1].type == "unknown"
        assert ("(line 3)" in report.items[1].dropped[0]) is unread


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "line 1: there is no question"),
        (b"// {}", "line 1: there is no question"),
        (b"\n\n// only a remark\n", "line 3: this is no GIFT"),
        (b"\nOnly words.\n\nAnd more.", "line 2: this is no GIFT"),
        (b"\n<?xml version='1.0'?><quiz>{}</quiz>", "line 2: this is XML"),
        (b"a {T}\n\x00{T}", "line 2: a character that no text has"),
        (b"\x89PNG\r\n\x1a\n{T}", "neither UTF-8 nor"),
        (b"\xff\xfe\xff", "begins as utf-16 but is not"),
        ("Ő és ö {T}".encode("cp1250"), "neither UTF-8 nor"),
        ("Привет {T}".encode("cp1251"), "neither UTF-8 nor"),
    ],
)
def test_a_file_that_is_no_gift_is_refused(data, said):
    with pytest.raises(PreauError, match=said):
        gift.read(data)


@pytest.mark.parametrize(
    "piece", ["{", "~", "\\", "=%", "->", "::", "#", "[html]", "//", "..", "$"]
)
def test_a_megabyte_of_nonsense_is_read_once(piece):
    """No pattern may go over the text again and again: this would take hours."""
    text = piece * (1_000_000 // len(piece))
    data = f"a {{={text}}}\n\n{text}\n".encode()
    gift.looks_like(data)
    assert gift.read(data).items


@pytest.mark.parametrize(
    ("start", "piece"),
    [
        ("// ", "[id:"),
        ("// ", "[tag:\\]"),
        ("", "\n"),
        ("", " \n"),
        ("[markdown]", "!["),
        ("[markdown]", "["),
        ("a {#", "9"),
        ("a {~%", "9"),
        ("[html]", "<a "),
        ("<b>a</b>", "> "),
        ("<p>", "<p "),
        ("[html]", "@@PLUGINFILE@@/"),
        ("$CATEGORY: ", "/"),
    ],
)
def test_no_place_of_a_file_takes_the_square_of_its_length(start, piece):
    data = f"{start}{piece * (1_000_000 // len(piece))}\n\na {{T}}\n".encode()
    assert gift.looks_like(data) is not start.startswith("<")
    assert gift.read(data).items


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
    st.just(Essay()),
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
    pairs = asked.body.pairs if isinstance(asked.body, Matching) else ()
    patterns = asked.body.patterns if isinstance(asked.body, ShortAnswer) else ()
    arrow = any("->" in it.phrase for it in pairs) or any("->" in it.text for it in patterns)
    said = isinstance(asked.body, Description) and asked.feedback.general
    image = "@@PLUGINFILE@@/" in repr(asked)  # a text that names an image of Moodle's
    assert arrow or said or image or report.lost == 0, report.items[0].dropped


anything = st.text(st.characters(codec=None), max_size=8) | st.text(
    "\r\n\\]/[:id%-> \0\ufeff$~=", max_size=8
)
shares = st.one_of(st.just(1.0), st.floats(-1.2, 1.2))


@st.composite
def wild(draw):
    """A question such as a database may hold: its texts and numbers are whatever."""
    texts = draw(st.lists(anything, min_size=2, max_size=3))
    body = draw(
        st.sampled_from(
            [
                Choice(tuple(Option(it, draw(shares), draw(anything)) for it in texts)),
                Choice(tuple(Option(it, draw(shares)) for it in texts), several=True),
                ShortAnswer(tuple(Pattern(it, draw(shares)) for it in texts)),
                Matching(tuple(Pair(it, it) for it in texts)),
                TrueFalse(draw(st.booleans()), *texts[:2]),
                Numerical(
                    (Value(draw(st.floats()), draw(st.floats()), relative=draw(st.booleans())),)
                ),
                Essay(),
                Description(),
            ]
        )
    )
    return Question(
        draw(anything), draw(anything), body, feedback=Feedback(general=draw(anything)),
        category=tuple(draw(st.lists(anything, max_size=2))),
        tags=tuple(draw(st.lists(anything, max_size=2))), number=draw(anything),
    )  # fmt: skip


@given(st.lists(wild() | bare(), max_size=4))
def test_no_text_breaks_the_file_or_its_neighbours(asked):
    data, report = gift.write(asked)
    kept = [it for it in report.items if it.mapped_to is not None]
    back = gift.read(data).items if kept else ()
    assert len(back) == len(kept)
    for item, again in zip(kept, back, strict=True):
        assert again.question.type == item.question.type
        if not item.lost:
            assert again.question == item.question


def test_thirds_stay_thirds():
    body_ = Choice(tuple(Option(it, 1 / 3) for it in "abc"), several=True)
    data, report = gift.write([Question("a", "b", body_)])
    assert report.lost == 0
    assert gift.read(data).questions[0].body == body_


def test_what_would_become_another_question_is_not_written():
    units = Numerical((Value(1.0),), (Unit("m"),))
    arrows = ShortAnswer((Pattern("a->b"), Pattern("c->d")))
    nearly = Choice((Option("a", 0.9999999), Option("b")))
    nobody = Choice((Option("a", 0.2), Option("b", 0.2)), several=True)
    asked = [Question("a", "b", it) for it in (units, arrows, nearly, nobody)]
    data, report = gift.write(asked)
    assert data == b""
    assert [it.mapped_to for it in report.items] == [None] * 4
    assert [it.dropped[0] for it in report.items] == [
        "GIFT has no units; without them the answers would not be marked alike.",
        "Its text would be read as something else in GIFT.",
        "Its text would be read as something else in GIFT.",
        "Nobody could be asked it: The right choices add up to 40% instead of 100 %.",
    ]


def test_what_gift_does_not_carry_keeps_no_question_out():
    odd = Question("", "b", TrueFalse(right=True), penalty=2.0)
    data, report = gift.write([odd])
    assert report.items[0].dropped == (
        "GIFT has no place for the name.",
        "GIFT has no place for the penalty.",
    )
    assert gift.read(data).questions == [Question("b", "b", TrueFalse(right=True))]


def test_a_relative_tolerance_is_written_as_what_it_comes_to():
    body_ = Numerical((Value(200.0, 0.01, relative=True),))
    data, report = gift.write([Question("a", "b", body_)])
    assert report.lost == 1
    assert gift.read(data).questions[0].body == Numerical((Value(200.0, 2.0),))


def test_what_is_lost_is_said():
    _data, report = gift.write([Question("a", "b", Ordering(("x", "y")))])
    assert report.items[0].dropped == ("GIFT has no questions of type “ordering”.",)
    marked = Question("a", "b", TrueFalse(right=True), mark=3.0, feedback=Feedback("Good."))
    _data, report = gift.write([marked])
    assert report.items[0].dropped == (
        "GIFT has no place for the mark.",
        "GIFT has no place for the feedback to right answers.",
    )

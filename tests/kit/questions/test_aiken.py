"""Aiken files: what they hold, what they cannot hold, what is wrong with them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preau.kit.errors import PreauError
from preau.kit.questions.formats import aiken
from preau.kit.questions.formats.encoding import recognised
from preau.kit.questions.question import Feedback, Question
from preau.kit.questions.types.choice import Choice, Option
from preau.kit.questions.types.true_false import TrueFalse
from tests.kit.questions.strategies import plain, questions, single_choices

FILE = """What is the unit of frequency?
A. The second
B) The hertz
ANSWER: B

Qui a écrit la « Théorie analytique de la chaleur » ?
(1822)
A. Joseph Fourier
B. Claude Shannon
C. 3 < 4 & 5
ANSWER: A
"""


def test_a_file_and_its_questions():
    report = aiken.read(FILE.encode())
    assert (report.format, report.taken, report.lost) == ("aiken", 2, 0)
    first, second = report.questions
    assert first.stem == first.name == "What is the unit of frequency?"
    assert first.body == Choice((Option("The second"), Option("The hertz", 1.0)))
    assert second.stem == "Qui a écrit la « Théorie analytique de la chaleur » ?<br>(1822)"
    assert second.body.options[2].text == "3 &lt; 4 &amp; 5"
    assert [item.line for item in report.items] == [1, 6]
    assert [item.mapped_to for item in report.items] == ["choice", "choice"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_other_encodings_are_recognised(encoding, ends):
    data = FILE.replace("\n", ends).encode(encoding)
    assert aiken.looks_like(data)
    assert aiken.read(data).questions == aiken.read(FILE.encode()).questions


def test_the_encoding_is_named():
    assert recognised("é".encode()) == ("é", "utf-8")
    assert recognised("é".encode("utf-8-sig")) == ("é", "utf-8")
    assert recognised("é".encode("utf-16")) == ("é", "utf-16")
    assert recognised("é".encode("cp1252")) == ("é", "cp1252")


@pytest.mark.parametrize(
    "data",
    [
        FILE.replace("second", "ημέρα").encode("iso8859-7", errors="replace"),
        FILE.encode("cp1252").replace(b"\xe9", b"\x8f"),  # what no western text has
        FILE.encode("koi8-r", errors="replace").replace(b"second", "секунда".encode("koi8-r")),
        b"\xff\xfe" + b"a" * 11,
        b"\x00" + FILE.encode(),
        FILE.encode("utf-16-le"),  # without its mark
        FILE.replace("second", "Őrült jövő ö").encode("cp1250", errors="replace"),
        FILE.replace("second", "Příklad").encode("cp1250", errors="replace"),
    ],
)
def test_what_would_only_be_guessed_is_refused(data):
    with pytest.raises(PreauError):
        aiken.read(data)
    assert not aiken.looks_like(data)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("", "no question"),
        ("Why?\nA. x\nB. y\n", "line 1: this question has no line"),
        ("Why?\nA. x\nB. y\nANSWER: C\n", "line 4: the answer must be one of A, B"),
        ("Why?\nA. x\nB. y\nANSWER: AB\n", "line 4: the answer"),
        ("Why?\nA. x\nB. y\nANSWER:\n", "line 4: the answer"),
        ("Why?\nA. x\nB. y\nANSWER: A or B\n", "line 4: the answer"),
        ("Why?\nA. x\nB. y\nANSWER: b\n", "line 4: the answer"),
        ("Why?\nA. x\nANSWER: A\n", "line 1: a question needs two"),
        ("Why?\nA. x\nC. y\nANSWER: A\n", "line 3: choice C stands where B should"),
        ("Why?\nA. x\nB. y\nmore\nANSWER: A\n", "line 4: a choice (“C. …”)"),
        ("ANSWER: A\n", "line 1: an answer without a question"),
        ("Why?\nB. y\nA. x\nANSWER: A\n", "line 2: choice B stands where A should"),
    ],
)
def test_a_mistake_is_told_with_its_line(text, where):
    with pytest.raises(PreauError, match=where.replace("(", r"\(").replace(")", r"\)")):
        aiken.read(text.encode())


@given(st.one_of(st.text(), st.text("AB.) :\nANSWER"), st.binary()))
def test_whatever_is_in_a_file_is_questions_or_refused(text):
    data = text if isinstance(text, bytes) else text.encode()
    try:
        taken = aiken.read(data).taken
    except PreauError:
        taken = -1
    assert taken


@pytest.mark.parametrize(
    "end", ["ANSWER:{}x y", "ANSWER{}x", "{}C. z{}", "C.{}", "{}", "ANSWER: {}"]
)
@pytest.mark.parametrize("piece", [" ", "A", "\n", "A.", "ANSWER:", ": "])
def test_a_megabyte_in_a_line_is_read_once(end, piece):
    """No pattern may go over the line again and again: this would take hours."""
    text = end.format(piece * (1_000_000 // len(piece)), "")
    data = f"Why?\nA. x\nB. y\n{text}\n".encode()
    aiken.looks_like(data)
    with pytest.raises(PreauError):
        aiken.read(data)


@pytest.mark.parametrize("stem", ["<![x[ why?", "&#" + "9" * 5000, "<a " * 100_000])
def test_no_markup_stops_the_writing(stem):
    body = Choice((Option(stem, 1.0), Option("y")))
    _data, report = aiken.write([Question("Why?", stem, body)])
    assert report.taken == 1


def test_a_block_is_a_line_of_the_question():
    stem = "<p>Which of\nthem?</p><pre>a = 1\nb = 2</pre>Say it."
    choice = Choice((Option("<p>a</p><p>b</p>", 1.0), Option("c")))
    data, _report = aiken.write([Question("Which?", stem, choice)])
    assert data.decode().split("\n") == [
        "Which of them?", "a = 1", "b = 2", "Say it.", "A. a b", "B. c", "ANSWER: A", "",
    ]  # fmt: skip


plain_html = plain.map(
    lambda it: it.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
)


@st.composite
def bare(draw):
    """A question that has nothing which Aiken lacks, as far as one can tell beforehand."""
    texts = draw(st.lists(plain_html, min_size=2, max_size=5, unique=True))
    right = draw(st.integers(0, len(texts) - 1))
    options = tuple(Option(text, float(place == right)) for place, text in enumerate(texts))
    stem = draw(plain)
    return Question(
        " ".join(stem.split())[:80],
        stem.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"),
        Choice(options),
    )


@given(st.lists(st.one_of(bare(), bare(), questions(single_choices()), questions()), max_size=5))
def test_what_is_not_reported_as_lost_comes_back(asked):
    data, report = aiken.write(asked)
    assert [item.name for item in report.items] == [it.name for it in asked]
    kept = [it for it in report.items if it.mapped_to is not None]
    back = aiken.read(data).questions if kept else []
    assert len(back) == len(kept)
    for item, question in zip(kept, back, strict=True):
        if not item.lost:
            assert question == item.question


anything = st.text(st.characters(codec=None), max_size=8) | st.text(
    "\r\n\0\ufeffAB.) :<&", max_size=8
)


@given(st.lists(st.builds(
    lambda name, stem, first, second: Question(
        name, stem, Choice((Option(first, 1.0), Option(second)))
    ), anything, anything, anything, anything) | bare(), max_size=4))  # fmt: skip
def test_no_text_breaks_the_file_or_its_neighbours(asked):
    data, report = aiken.write(asked)
    kept = [it for it in report.items if it.mapped_to is not None]
    back = aiken.read(data).questions if kept else []
    assert len(back) == len(kept)
    for item, again in zip(kept, back, strict=True):
        if not item.lost:
            assert again == item.question


def test_most_plain_questions_lose_nothing():
    plain_ = Question("Why?", "Why?", Choice((Option("x", 1.0), Option("y"))))
    assert aiken.write([plain_])[1].lost == 0


def test_what_is_lost_is_said():
    body = Choice((Option("x", 1.0, "Yes."), Option("y")))
    rich = Question("Why?", "<p>Why?</p>", body, mark=2, feedback=Feedback("Well done."))
    _data, report = aiken.write([rich, Question("T", "True?", TrueFalse(right=True))])
    assert report.items[0].dropped == (
        "Aiken has no place for the formatting of the question.",
        "Aiken has no place for the mark.",
        "Aiken has no place for the formatting, feedback or settings of the answers.",
        "Aiken has no place for the feedback to right answers.",
    )
    assert report.items[1].mapped_to is None
    assert report.taken == 2
    assert aiken.write([replace(rich, body=replace(body, several=True))])[0] == b""

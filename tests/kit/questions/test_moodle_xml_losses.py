"""Moodle XML: whatever has no place on either side is told, in reading and in writing."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preau.kit.questions.formats import moodle_xml
from preau.kit.questions.question import FILES, Question
from preau.kit.questions.types.choice import Choice, Option
from preau.kit.questions.types.numerical import Numerical, Unit, Value
from preau.kit.questions.types.ordering import Ordering
from preau.kit.questions.types.true_false import TrueFalse
from tests.kit.questions.test_moodle_xml import TRUE, answer, file, question, quiz

AB = answer("a", "100") + answer("b")
NUMBER = "<answer fraction='100'><text>1</text></answer>"
HALF = "<answer fraction='50'><text>2</text></answer>"
UNITS = "<units><unit><multiplier>1</multiplier><unit_name>m</unit_name></unit></units>"


def dropped(kind: str, inner: str, text: str = "Why?", extra: str = "") -> tuple[str, ...]:
    (item,) = moodle_xml.read(quiz(question(kind, inner, text, extra))).items
    return item.dropped


@pytest.mark.parametrize(
    ("kind", "inner", "said"),
    [
        ("truefalse", TRUE + "<a><b>1</b></a>", "<a> has no place here."),
        ("truefalse", TRUE + "<flag/>", "<flag> has no place here."),
        ("truefalse", TRUE + "stray", "The text beside the elements of <question> has no"),
        ("truefalse", TRUE + "<name><text>2</text></name>", "A further <name> has no place"),
        ("truefalse", TRUE + "<generalfeedback colour='red'/>", "“colour” of <generalfeedback>"),
        ("truefalse", TRUE + "<hint><text>x</text><options>1</options></hint>", "<options> in <hi"),
        ("truefalse", TRUE + "<image>a.png</image>", "<image> has no place here."),
        ("multichoice", answer("a", "100", "<w>2</w>") + answer("b"), "<w> in <answer> has no"),
        ("multichoice", answer("<p>a</p>b", "100") + answer("c"), "A choice has no text."),
        ("multichoice", answer("a<b>c</b>", "100") + answer("c"), "<b> in <text> has no place"),
        ("multichoice", AB + "<single>maybe</single>", "neither true nor false"),
        ("multichoice", AB + "<correctfeedback format='wiki_like'/>", "wiki_like is not known"),
        ("essay", "<responseformat>video</responseformat>", "video is not known"),
        ("essay", "<maxbytes>1024</maxbytes>", "The largest size of a file"),
        ("essay", "<responsefieldlines>1.5</responsefieldlines>", "not a whole number"),
        ("essay", "<responsefieldlines>1e200</responsefieldlines>", "not a whole number"),
        ("ordering", AB + "<layouttype>HORIZONTAL</layouttype>", "Items stand below each other"),
        ("ordering", AB + "<selecttype>RANDOM</selecttype>", "not some of them"),
        ("ordering", AB + "<numberingstyle>iii</numberingstyle>", "Items have no number"),
        ("numerical", NUMBER + "<instructions><text>x</text></instructions>", "<instructions>"),
        ("numerical", NUMBER + HALF + UNITS + "<unitgradingtype>1</unitgradingtype>", "a wrong un"),
        ("numerical", answer("1_000", "100"), "“1_000” is not a number"),
        ("numerical", answer("٣", "100"), "“٣” is not a number"),
        ("multichoice", answer("a", "1e9999999999") + answer("b"), "is not a number"),
        ("multichoice", answer("a", "-1e999") + answer("b"), "not a finite number"),
        ("multichoice", answer("a", "Infinity") + answer("b"), "is not a number"),
    ],
)
def test_what_a_question_loses_is_told(kind, inner, said):
    assert said in " ".join(dropped(kind, inner))


def test_what_means_nothing_is_not_told():
    inner = TRUE + "<image></image><shownumcorrect/><!-- seen --><idnumber/>"
    assert dropped("truefalse", inner) == ()


def test_tags_of_the_course_are_tags():
    tags = (
        "<tags><tag><text>a</text></tag><tag><text/></tag></tags>"
        "<coursetags><tag><text>b</text></tag></coursetags>"
    )
    (taken,) = moodle_xml.read(quiz(question("truefalse", TRUE + tags))).questions
    assert taken.tags == ("a", "b")


@pytest.mark.parametrize(
    ("given_", "text", "html"),
    [
        ("plain_text", "&lt;b&gt; &amp;eacute;", "&lt;b&gt; &amp;eacute;"),
        ("moodle_auto_format", "1 &lt; 2 &amp; &amp;eacute;", "1 &lt; 2 &amp; &eacute;"),
        ("moodle_auto_format", "a\nb", "a<br>b"),
        (
            "moodle_auto_format",
            "&lt;p&gt;a&lt;/p&gt;\n&lt;p&gt;b\nc&lt;/p&gt;",
            "<p>a</p><p>b<br>c</p>",
        ),
        ("html", "a\nb", "a\nb"),
        ("markdown", "**a** &amp; b", "<p><strong>a</strong> &amp; b</p>"),
    ],
)
def test_a_text_says_how_it_is_written_and_others_follow(given_, text, html):
    part = (
        f'<question type="truefalse"><name><text>Q</text></name><questiontext format="{given_}">'
        f"<text>{text}</text></questiontext><generalfeedback><text>{text}</text>"
        f"</generalfeedback>{TRUE}</question>"
    )
    (taken,) = moodle_xml.read(quiz(part)).questions
    assert (taken.stem, taken.feedback.general) == (html, html)


@pytest.mark.parametrize(
    ("path", "category"),
    [
        ("$course$/top/A/B", ("A", "B")),
        ("$system$/A//B/C", ("A/B", "C")),
        ("top/Default", ("Default",)),
        ("$module$/top", ()),
        ("A / B", ("A", "B")),
    ],
)
def test_categories(path, category):
    part = f'<question type="category"><category><text>{path}</text></category></question>'
    (taken,) = moodle_xml.read(quiz(part, question("truefalse", TRUE))).questions
    assert taken.category == category


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("/a/b/c.png", "c.png"),
        ("..", "file"),
        (".hidden", "hidden"),
        ("a..png", "a.png"),
        ("a:b|c&lt;d.png", "a_b_c_d.png"),
        ("été λ (1).png", "été λ (1).png"),
    ],
)
def test_names_of_files_are_safe(written, name):
    part = question("truefalse", TRUE, "Why?", file(written, b"x"))
    (taken,) = moodle_xml.read(quiz(part)).questions
    assert taken.files == {name: b"x"}


@pytest.mark.parametrize(
    "src", ["a & b.png", "a%20%26%20b.png", "a%20&amp;%20b.png", "a &amp; b.png?forcedownload=1"]
)
def test_images_are_found_however_they_are_named(src):
    text = f'<img src="@@PLUGINFILE@@/{src}">'
    (item,) = moodle_xml.read(
        quiz(question("truefalse", TRUE, text, file("a &amp; b.png", b"x")))
    ).items
    assert item.missing == ()
    assert f'src="{FILES}a%20_%20b.png' in item.question.stem


def test_a_name_given_twice_in_one_text():
    extra = file("a", b"1") + file("a", b"1") + file("a", b"2")
    assert dropped("truefalse", TRUE, "Why?", extra) == (
        "The file “a” is there twice; the first is kept.",
    )


def test_an_image_that_the_question_never_had_is_missing_both_ways():
    lone = Question("Q", f'<img src="{FILES}a.png">', TrueFalse(True))
    data, report = moodle_xml.write([lone])
    assert report.items[0].missing == ("a.png",)
    assert moodle_xml.read(data).items[0].missing == ("a.png",)
    foreign = question("truefalse", TRUE, f'<img src="{FILES}b.png">')
    assert moodle_xml.read(quiz(foreign)).items[0].missing == ("b.png",)


def test_what_moodle_would_misread_is_told():
    plain = Question("Q", "x", TrueFalse(True))
    _data, report = moodle_xml.write(
        [
            replace(plain, stem="@@PLUGINFILE@@/a"),
            replace(plain, category=("a/", "b")),
            replace(plain, category=("bell \x07",)),
            replace(plain, category=("A/B", "top", "$x")),
        ]
    )
    assert [item.lost for item in report.items] == [True, True, True, False]
    assert "Moodle cannot name this category" in report.items[1].dropped[0]


@given(st.floats(-1, 1, allow_nan=False))
def test_a_share_comes_back_to_the_last_digit(share):
    body = Choice((Option("a", 1.0), Option("b", share)))
    data, _report = moodle_xml.write([Question("Q", "x", body)])
    (taken,) = moodle_xml.read(data).questions
    assert taken.body == body


def test_a_wrong_unit_costs_a_share_of_the_mark_and_items_have_their_place():
    number = Numerical((Value(1.0), Value(2.0, 0.0, 0.5)), (Unit("m"),), 0.2)
    order = Ordering(("a", "b"))
    data, _report = moodle_xml.write([Question("Q", "x", number), Question("R", "x", order)])
    assert b"<unitgradingtype>2<" in data
    assert b'<answer fraction="2.0000000" format="html">' in data
    assert [it.body for it in moodle_xml.read(data).questions] == [number, order]


@pytest.mark.parametrize(
    ("said", "grading"),
    [
        ("", "neighbour"),
        ("<gradingtype>RELATIVE</gradingtype>", "neighbour"),
        ("<gradingtype>ABSOLUTE</gradingtype>", "place"),
        ("<gradingtype>ALL_OR_NOTHING</gradingtype>", "all-or-nothing"),
    ],
)
def test_gradings_of_an_order_as_older_files_name_them(said, grading):
    (taken,) = moodle_xml.read(quiz(question("ordering", AB + said))).questions
    assert taken.body.grading == grading

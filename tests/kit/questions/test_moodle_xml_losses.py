"""Moodle XML: whatever has no place on either side is told, in reading and in writing."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preau.kit.questions.formats import moodle_xml
from preau.kit.questions.question import FILES, Feedback, Hint, Question
from preau.kit.questions.types.choice import Choice, Option
from preau.kit.questions.types.description import Description
from preau.kit.questions.types.gaps import Gaps, Word
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
        ("truefalse", answer("Vrai", "100") + answer("Faux", "-50"), "takes nothing off"),
        ("truefalse", TRUE + answer("perhaps"), "there are not two answers"),
        ("truefalse", answer("a", "100") + answer("b", "100"), "one of them worth 100"),
        ("essay", "<rubric><text>x</text></rubric>", "<rubric> has no place here."),
        ("essay", "<responseformat>editorfilepicker</responseformat>", "Files are handed in"),
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


@pytest.mark.parametrize(
    ("kind", "inner"),
    [
        ("truefalse", TRUE + "<image></image><!-- seen --><idnumber/>"),
        ("truefalse", TRUE + "<shuffleanswers>0</shuffleanswers>"),
        ("numerical", NUMBER + '<instructions format="html"><text></text></instructions>'),
        ("essay", "<maxbytes>0</maxbytes><filetypeslist></filetypeslist>"),
    ],
)
def test_what_means_nothing_is_not_told(kind, inner):
    assert dropped(kind, inner) == ()


@pytest.mark.parametrize(
    ("first", "second", "right"),
    [
        ("Vrai", "Faux", True),
        ("Wahr", "Falsch", False),
        ("true", "false", False),
        ("false", "true", True),
        ("True", "False", True),
        ("真", "偽", True),
    ],
)
def test_true_stands_first_unless_the_words_say_otherwise(first, second, right):
    swapped = first == "false"
    shares = ("100", "0") if right != swapped else ("0", "100")
    feedback = "<feedback><text>{}</text></feedback>"
    inner = answer(first, shares[0], feedback.format(first)) + answer(
        second, shares[1], feedback.format(second)
    )
    (taken,) = moodle_xml.read(quiz(question("truefalse", inner))).questions
    said = (second, first) if swapped else (first, second)
    assert taken.body == TrueFalse(right, *said)


def test_how_many_parts_are_right_is_told_again():
    parts = Choice((Option("a", 0.5), Option("b", 0.5), Option("c", -1.0)), several=True)
    hint = Hint("x", show_right_parts=True, clear_wrong_parts=True)
    data, report = moodle_xml.write([Question("Q", "x", parts, hints=(hint,))])
    assert report.lost == 0
    assert data.count(b"<shownumcorrect") == 2
    assert data.count(b"<clearwrong") == 1
    back = moodle_xml.read(data)
    assert (back.lost, back.questions[0].hints) == (0, (hint,))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (Question("Q", "x", TrueFalse(True), feedback=Feedback(right="Yes")), "no feedback to"),
        (Question("Q", "x", Description(), hints=(Hint("x"),)), "no hints for this type"),
        (
            Question("Q", "x", TrueFalse(True), hints=(Hint("x", True),)),
            "no hint tells of the parts",
        ),
        (Question("Q", "x", Gaps("[[1]]", (Word("a"),))), "become one"),
        (Question("Q", "", Gaps("[[1]]", (Word("a", 1, True),))), "may be chosen again"),
    ],
)
def test_what_moodle_does_not_show_is_told_and_comes_back(question, said):
    data, report = moodle_xml.write([question])
    assert said in report.items[0].dropped[0]
    (again,) = moodle_xml.read(data).questions
    assert (again.feedback, again.hints) == (question.feedback, question.hints)


@pytest.mark.parametrize(
    ("written", "word", "lost"),
    [
        ("a &lt; b &amp; c", "a < b & c", False),
        ("H<sub>2</sub>O, m<sup>-1</sup>", "H₂O, m⁻¹", False),
        ("<b>bold</b><br>word", "bold word", True),
        ("x<sup>n</sup>", "xn", True),
        ("a<b", "a<b", False),
        ("  two\n words ", "two words", False),
    ],
)
@pytest.mark.parametrize("tag", ["dragbox", "selectoption"])
def test_words_that_hold_html(tag, written, word, lost):
    inner = f"<{tag}><text><![CDATA[{written}]]></text><group>1</group></{tag}>"
    (item,) = moodle_xml.read(quiz(question("ddwtos", inner, "[[1]]"))).items
    assert item.question.body.words == (Word(word),)
    assert item.dropped == (
        (f"The formatting of “{word}” has no place here: a word is plain text.",) if lost else ()
    )


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("", None),
        ('<info format="html"><text></text></info><idnumber></idnumber>', None),
        ('<info format="moodle_auto_format"><text/></info><idnumber/>', None),
        ("<info><text>&lt;p&gt;&amp;nbsp;&lt;/p&gt;</text></info>", None),
        ("<info><text>For 2024</text></info>", "description has no place"),
        ("<info><text>&lt;img src='a.png'&gt;</text></info>", "description has no place"),
        ("<idnumber>C-1</idnumber>", "own number has no place"),
        ("<owner>me</owner>", "<owner> has no place"),
    ],
)
def test_what_a_category_says_of_itself(inside, said):
    part = f'<question type="category"><category><text>top/A</text></category>{inside}</question>'
    report = moodle_xml.read(quiz(part, question("truefalse", TRUE)))
    assert report.questions[0].category == ("A",)
    if said is None:
        assert report.lost == 0
    else:
        assert said in report.items[0].dropped[0]
        assert (report.items[0].name, report.lost) == ("A", 1)


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

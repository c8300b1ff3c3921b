"""Moodle XML: what Moodle exports comes in whole or is named, what goes out comes back."""

import base64
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preau.kit.errors import PreauError
from preau.kit.questions.formats import moodle_xml
from preau.kit.questions.question import FILES, Feedback, Hint, Question
from preau.kit.questions.types.calculated import Calculated
from preau.kit.questions.types.choice import Choice, Option
from preau.kit.questions.types.cloze import Cloze
from preau.kit.questions.types.description import Description
from preau.kit.questions.types.essay import Essay
from preau.kit.questions.types.gaps import Gaps, Word
from preau.kit.questions.types.markers import Markers
from preau.kit.questions.types.matching import Pair
from preau.kit.questions.types.numerical import Numerical, Unit, Value
from preau.kit.questions.types.short_answer import Pattern, ShortAnswer
from preau.kit.questions.types.true_false import TrueFalse
from tests.kit.questions import strategies as some
from tests.kit.questions.strategies import questions

CARRIED = st.one_of(
    some.single_choices(),
    some.multiple_choices(),
    some.true_false,
    some.short_answers(),
    some.numericals(),
    some.numericals_with_units(),
    some.matchings(),
    some.orderings,
    some.gaps(),
    some.markers(),
    some.clozes(),
    some.calculateds(),
    some.essays,
    some.descriptions,
)
TEXT_IN_BODY = (Gaps, Cloze)
NO_PARTS = (TrueFalse, ShortAnswer, Numerical, Calculated)
NO_COMBINED = (TrueFalse, ShortAnswer, Numerical, Cloze, Essay, Description)


def as_moodle_can_say(it: Question) -> Question:
    """The question without what Moodle has no place for, and with two images."""
    if isinstance(it.body, NO_COMBINED):
        it = replace(it, feedback=Feedback(general=it.feedback.general))
    if isinstance(it.body, Essay | Description):
        it = replace(it, hints=())
    if isinstance(it.body, NO_PARTS):
        it = replace(it, hints=tuple(Hint(hint.text) for hint in it.hints))
    if isinstance(it.body, Cloze):
        parts = tuple(
            replace(part, choice=part.choice and replace(part.choice, numbering="none", instruction=False),
                    weight=float(round(part.weight * 2)))
            for part in it.body.parts
        )  # fmt: skip
        it = replace(
            it, body=replace(it.body, parts=parts), mark=sum(part.weight for part in parts)
        )
    stem = "" if isinstance(it.body, TEXT_IN_BODY) else it.stem
    return replace(it, stem=stem)


def quiz(*parts: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>{"".join(parts)}</quiz>'.encode()


def question(kind: str, inner: str = "", text: str = "Why?", extra: str = "") -> str:
    return (
        f'<question type="{kind}"><name><text>Q</text></name>'
        f'<questiontext format="html"><text><![CDATA[{text}]]></text>{extra}</questiontext>'
        f"{inner}</question>"
    )


def answer(text: str, fraction: str = "0", inner: str = "") -> str:
    return f'<answer fraction="{fraction}"><text>{text}</text>{inner}</answer>'


TRUE = answer("true", "100") + answer("false")


def computes_no_text(it: Question) -> bool:
    return not isinstance(it.body, Calculated) or "{=" not in str(it.to_data())


def with_images(it: Question, picture: bytes) -> Question:
    files = {"map.png": picture} if isinstance(it.body, Markers) else {}
    if not isinstance(it.body, TEXT_IN_BODY):
        files["a b.png"] = picture[::-1]
        it = replace(it, stem=f'{it.stem}<img src="{FILES}a%20b.png">')
    return replace(it, files=files)


@given(st.lists(questions(CARRIED), max_size=4), st.binary(max_size=20))
def test_what_goes_out_comes_back(asked, picture):
    asked = [with_images(as_moodle_can_say(it), picture) for it in asked if computes_no_text(it)]
    data, report = moodle_xml.write(asked)
    assert report.lost == 0, report.items
    back = moodle_xml.read(data)
    assert back.lost == 0, back.items
    assert back.questions == asked
    assert moodle_xml.looks_like(data)


def export_of_moodle() -> bytes:
    """Five types of questions as Moodle writes them."""
    return quiz(
        '<question type="category"><category><text>$course$/top/Ondes/A//B</text></category>'
        '<info format="html"><text></text></info></question>',
        question(
            "multichoice",
            '<generalfeedback format="html"><text>Think of hertz.</text></generalfeedback>'
            "<defaultgrade>2.0000000</defaultgrade><penalty>0.3333333</penalty><hidden>0</hidden>"
            "<idnumber>F-1</idnumber><single>false</single><shuffleanswers>true</shuffleanswers>"
            "<answernumbering>ABCD</answernumbering>"
            "<showstandardinstruction>0</showstandardinstruction>"
            '<correctfeedback format="html"><text>Yes.</text></correctfeedback><shownumcorrect/>'
            '<answer fraction="50" format="html"><text><![CDATA[<p>kHz</p>]]></text>'
            '<feedback format="html"><text>Good</text></feedback></answer>'
            '<answer fraction="50" format="plain_text"><text>1 &lt; 2</text></answer>'
            '<answer fraction="-100" format="markdown"><text>*second*</text></answer>'
            '<hint format="html"><text>Look</text><shownumcorrect/></hint>'
            "<tags><tag><text>waves</text></tag></tags>",
            text="<p>Which? &eacute;</p>",
        ),
        question(
            "numerical",
            answer("3.14", "100", "<tolerance>0.01</tolerance>")
            + answer("*", "0", "<feedback><text>No</text></feedback>")
            + "<units><unit><multiplier>1</multiplier><unit_name>m</unit_name></unit></units>"
            "<unitgradingtype>1</unitgradingtype><unitpenalty>0.2</unitpenalty>"
            "<showunits>0</showunits><unitsleft>0</unitsleft>",
        ),
        question("shortanswer", "<usecase>1</usecase>" + answer("*Fourier*", "100")),
        question(
            "matching",
            "<shuffleanswers>true</shuffleanswers>"
            "<subquestion format='html'><text>2</text><answer><text>two</text></answer>"
            "</subquestion><subquestion format='html'><text>3</text><answer><text>three</text>"
            "</answer></subquestion>",
        ),
        question(
            "ddwtos",
            "<shuffleanswers>0</shuffleanswers>"
            "<dragbox><text>hertz</text><group>1</group><infinite/></dragbox>"
            "<dragbox><text>watt</text><group>1</group></dragbox>",
            text="The [[1]]",
        ),
    )


def test_an_export_of_moodle():
    report = moodle_xml.read(export_of_moodle())
    assert (report.taken, report.lost) == (5, 0), report.items
    many, number, short, match, drag = report.questions
    assert many == Question(
        "Q",
        "<p>Which? &eacute;</p>",
        Choice(
            (
                Option("<p>kHz</p>", 0.5, "Good"),
                Option("1 &lt; 2", 0.5),
                Option("<p><em>second</em></p>", -1.0),
            ),
            several=True,
            numbering="ABCD",
            instruction=False,
        ),
        2.0,
        0.3333333,
        Feedback(right="Yes.", general="Think of hertz."),
        (Hint("Look", show_right_parts=True),),
        ("Ondes", "A/B"),
        ("waves",),
        "F-1",
    )
    assert number.body == Numerical(
        (Value(3.14, 0.01), Value(None, 0.0, 0.0, "No")), (Unit("m"),), 0.2
    )
    assert short.body == ShortAnswer((Pattern("*Fourier*"),), heed_case=True)
    assert match.body.pairs == (Pair("2", "two"), Pair("3", "three"))
    assert drag.body == Gaps(
        "The [[1]]", (Word("hertz", 1, True), Word("watt")), drag=True, shuffle=False
    )


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (question("stack"), "“stack” are not taken yet"),
        (question("random"), "drawn from its category"),
        (question("randomsamatch"), "as a matching question"),
        (question("truefalse", TRUE + "<surprise>7</surprise>"), "<surprise> has no place"),
        (question("truefalse", TRUE + "<hidden>1</hidden>"), "was hidden"),
        (question("truefalse", answer("maybe", "100")), "not two answers"),
        (question("multichoice", answer("a", "100")), "two choices"),
        (question("multichoice", answer("a", "NaN")), "can't be understood"),
        (question("multichoice", answer("a", "1e999")), "can't be understood"),
        (question("numerical", answer("3,14", "100")), "can't be understood"),
        (question("truefalse", TRUE + "<defaultgrade>many</defaultgrade>"), "can't be understood"),
        (question("truefalse", TRUE + "<penalty>7</penalty>"), "not between 0 and 1"),
        (
            question(
                "ordering",
                "<gradingtype>LONGEST_ORDERED_SUBSET</gradingtype>" + answer("a") + answer("b"),
            ),
            "LONGEST_ORDERED_SUBSET is not known",
        ),
        ("<thing>1</thing>", "<thing> is no question"),
    ],
)
def test_what_is_left_out_is_said(part, said):
    (item,) = moodle_xml.read(quiz(part)).items
    assert item.lost
    assert said in " ".join(item.dropped)


def file(name: str, content: bytes | str, path: str = "/") -> str:
    data = content if isinstance(content, str) else base64.b64encode(content).decode()
    return f'<file name="{name}" path="{path}" encoding="base64">{data}</file>'


def test_images_come_along_under_safe_names_of_their_own():
    inner = (
        '<generalfeedback format="html"><text>&lt;img src="@@PLUGINFILE@@/a.png"&gt;</text>'
        f"{file('a.png', b'two')}</generalfeedback>" + TRUE
    )
    text = '<img src="@@PLUGINFILE@@/a.png"><img src="@@PLUGINFILE@@/sub/b%20c.png">'
    extra = file("a.png", b"one") + file("b c.png", b"three", "/sub/") + file("../../x", b"4")
    (item,) = moodle_xml.read(quiz(question("truefalse", inner, text, extra))).items
    taken = item.question
    assert taken.files == {"a.png": b"one", "b c.png": b"three", "x": b"4", "a-2.png": b"two"}
    assert taken.stem == f'<img src="{FILES}a.png"><img src="{FILES}b%20c.png">'
    assert taken.feedback.general == f'<img src="{FILES}a-2.png">'
    assert (item.images, item.missing, item.lost) == (4, (), False)


def test_images_that_are_not_there_are_named():
    text = '<img src="@@PLUGINFILE@@/gone.png"><img src="@@PLUGINFILE@@/broken.png">'
    part = question("truefalse", TRUE, text, file("broken.png", "this is not base64!"))
    (item,) = moodle_xml.read(quiz(part)).items
    assert item.missing == ("broken.png", "gone.png")
    assert item.lost


BOMB = """<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;">]><quiz>&c;</quiz>"""


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (BOMB.encode(), "declares entities"),
        (BOMB.encode() + b" " * (50 << 20), "declares entities"),
        (b'<!DOCTYPE q SYSTEM "file:///etc/passwd"><quiz/>', "declares entities"),
        (b"<quiz><question></quiz>", "line 1, column 19: mismatched tag"),
        (b"<quiz>\n<question &></quiz>", "line 2"),
        (b"<html></html>", "begins with <html>"),
        (b'<?xml version="1.0" encoding="klingon"?><quiz/>', "encoding"),
        ('<?xml version="1.0" encoding="UTF-8"?><quiz>é</quiz>'.encode("latin-1"), "line 1"),
        (b"", "line 1"),
        (b"\x00\x01", "line 1"),
    ],
)
def test_a_file_that_is_no_question_file_is_refused(data, said):
    with pytest.raises(PreauError, match=said):
        moodle_xml.read(data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_the_encoding_that_the_file_names_is_heeded(encoding):
    part = question("truefalse", TRUE, text="Été ?")
    data = f'<?xml version="1.0" encoding="{encoding}"?><quiz>{part}</quiz>'.encode(encoding)
    assert moodle_xml.read(data).questions[0].stem == "Été ?"


@given(st.binary(), st.text())
def test_whatever_is_in_a_file_is_questions_or_refused(data, text):
    for given_ in (data, quiz(text), quiz(question(text[:5].replace('"', ""), text))):
        moodle_xml.looks_like(given_)
        try:
            report = moodle_xml.read(given_)
        except PreauError:
            continue
        assert report.taken <= len(report.items)


def test_what_xml_cannot_have_is_left_out_and_said():
    bad = Question("bell \x07", "x", some.TrueFalse(right=True))
    data, report = moodle_xml.write([bad])
    assert report.items[0].dropped == ("A character that XML cannot have was left out.",)
    assert moodle_xml.read(data).questions[0].name == "bell"


def test_what_moodle_cannot_keep_is_said():
    relative = Numerical((Value(50.0, 0.1, relative=True),))
    accents = ShortAnswer((Pattern("été"),), heed_accents=False)
    data, report = moodle_xml.write([Question("a", "x", relative), Question("b", "x", accents)])
    assert [item.dropped for item in report.items] == [
        ("A relative tolerance becomes an absolute one.",),
        ("Moodle heeds accents.",),
    ]
    assert moodle_xml.read(data).questions[0].body.values[0].tolerance == pytest.approx(5.0)

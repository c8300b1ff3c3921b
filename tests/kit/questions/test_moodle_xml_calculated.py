"""Moodle XML: formulas whose values differ from attempt to attempt."""

from dataclasses import replace
from xml.etree.ElementTree import fromstring

import pytest

from preau.kit.questions.formats import moodle_xml
from preau.kit.questions.question import Question
from preau.kit.questions.types.calculated import Calculated, Formula, Variable
from preau.kit.questions.types.numerical import Unit
from tests.kit.questions.test_moodle_xml import answer, question, quiz

SETTINGS = (
    "<tolerance>0.05</tolerance><tolerancetype>{}</tolerancetype>"
    "<correctanswerformat>{}</correctanswerformat><correctanswerlength>{}</correctanswerlength>"
    "<feedback format='html'><text>Ohm</text></feedback>"
)


def formula(text: str, tolerance: object = 1, format_: int = 1, digits: int = 2) -> str:
    return answer(text, "100", SETTINGS.format(tolerance, format_, digits))


def dataset(name: str, inner: str = "", distribution: str = "uniform", status: str = "private"):
    return (
        f"<dataset_definition><status><text>{status}</text></status><name><text>{name}</text>"
        f"</name><type>calculated</type><distribution><text>{distribution}</text></distribution>"
        "<minimum><text>1.0</text></minimum><maximum><text>12</text></maximum><decimals><text>1"
        f"</text></decimals><itemcount>1</itemcount>{inner}<number_of_items>1</number_of_items>"
        "</dataset_definition>"
    )


def definitions(*parts: str) -> str:
    return f"<dataset_definitions>{''.join(parts)}</dataset_definitions>"


ITEM = (
    "<dataset_items><dataset_item><number>1</number><value>7.5</value></dataset_item>"
    "</dataset_items>"
)
UI = definitions(dataset("u"), dataset("i"))


def read(inner: str, kind: str = "calculated", text: str = "{u} V over {i} A?"):
    (item,) = moodle_xml.read(quiz(question(kind, inner, text))).items
    return item


def body(inner: str) -> Calculated:
    item = read(inner)
    assert not item.lost, item.dropped
    return item.question.body


@pytest.mark.parametrize("kind", ["calculated", "calculatedsimple"])
def test_a_formula_with_its_values_and_units(kind):
    item = read(
        "<synchronize>0</synchronize><single>0</single><answernumbering>abc</answernumbering>"
        "<shuffleanswers>0</shuffleanswers><correctfeedback><text>Yes</text></correctfeedback>"
        + formula("{u}/{i}", 1, 2, 3)
        + "<unitgradingtype>1</unitgradingtype><unitpenalty>0.2</unitpenalty>"
        "<showunits>0</showunits><unitsleft>0</unitsleft>"
        "<instructions format='html'><text></text></instructions>"
        "<units><unit><multiplier>1</multiplier><unit_name>Ω</unit_name></unit></units>" + UI,
        kind,
    )
    assert not item.lost, item.dropped
    assert item.question.feedback.right == "Yes"
    assert item.question.stem == "{u} V over {i} A?"
    assert item.question.body == Calculated(
        (Formula("{u}/{i}", 0.05, True, 1.0, "Ohm", 3, True),),
        (Variable("u", 1.0, 12.0, 1), Variable("i", 1.0, 12.0, 1)),
        (Unit("Ω"),),
        0.2,
    )


@pytest.mark.parametrize(
    ("kind", "relative"), [(1, True), (2, False), ("relative", True), ("nominal", False)]
)
def test_tolerances(kind, relative):
    (found,) = body(formula("{u}/{i}", kind) + UI).formulas
    assert (found.tolerance, found.relative) == (0.05, relative)


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("pow({u},2)*PI()", "pow({u},2)*pi()"),
        ("{u}**2 + Sqrt ( {i} )", "{u}^2 + sqrt ( {i} )"),
        ("{u}+{i}*0", "{u}+{i}*0"),
    ],
)
def test_formulas_are_written_as_ours(theirs, ours):
    assert body(formula(theirs) + UI).formulas[0].text == ours


@pytest.mark.parametrize(
    ("inner", "said"),
    [
        (formula("{u}/{i}", 3) + UI, "A geometric tolerance becomes a relative one"),
        (formula("{u}/{i}", 7) + UI, "The tolerance 7 is not known"),
        (formula("{u}^{i}") + UI, "for Moodle it is “exclusive or”"),
        (formula("{u}%{i}") + UI, "for Moodle whole ones"),
        (formula("{u}") + formula("*") + UI, "The answer “*”, any other number"),
        (formula("{u}") + definitions(dataset("u", ITEM)), "The file's values (1 of each) are left out"),
        (formula("{u}") + definitions(dataset("u", "", "loguniform")), "distribution loguniform"),
        (formula("{u}") + definitions(dataset("u", status="shared")), "not shared with others"),
        ("<synchronize>1</synchronize>" + formula("{u}") + UI, "not shared with others"),
        (formula("{u}") + UI + "<instructions><text>x</text></instructions>", "<instructions>"),
        (formula("{u}") + UI + "<generalfeedback><text>{={u}*2}</text></generalfeedback>",
         "The formula “{={u}*2}” in a text"),
        # Not taken:
        (formula("{v}") + UI, "needs a value “v”"),
        (formula("{u}") + definitions(dataset("u 1")), "“u 1” is no name of a value"),
        (formula("bindec({u})") + UI, "no function “bindec”"),
        (formula("{u} &gt; 2 ? 1 : 0") + UI, "can't be computed"),
        (formula("{u}", digits=-2) + UI, "there can't be -2 digits"),
        (formula("{u}"), "needs a value “u”"),
        (formula("{u}") + definitions(dataset("u").replace("1.0", "1,0")), "not a number"),
    ],
)  # fmt: skip
def test_what_is_left_out_is_told(inner, said):
    assert said in " ".join(read(inner).dropped)


def test_a_formula_in_the_text_is_told():
    item = read(formula("{u}") + UI, text="What is {={u}*2}?")
    assert item.dropped == ("The formula “{={u}*2}” in a text is shown as it is written.",)


def option(text: str, fraction: int) -> str:
    return answer(text, str(fraction), SETTINGS.format(1, 1, 2))


def test_choices_that_are_formulas_are_typed():
    item = read(
        "<single>1</single>"
        + option("{={u}*{i}}", 100)
        + option("&lt;p&gt;{={u}/{i}}&lt;/p&gt;", 0)
        + option("{u}", -50)
        + option("none of them", 0)
        + UI,
        "calculatedmulti",
    )
    assert item.dropped == (
        "The number is typed, not chosen from several.",
        "The choice “none of them” is left out: it is no formula.",
    )
    assert [(it.text, it.share) for it in item.question.body.formulas] == [
        ("{u}*{i}", 1.0),
        ("{u}/{i}", 0.0),
        ("{u}", -0.5),
    ]


@pytest.mark.parametrize(
    ("inner", "said"),
    [
        ("<single>0</single>" + option("{={u}}", 100) + UI, "several formulas may be chosen"),
        ("<single>1</single>" + option("{={u}} V", 100) + UI, "is not a formula alone"),
    ],
)
def test_other_choices_are_not_taken(inner, said):
    item = read(inner, "calculatedmulti")
    assert item.question is None
    assert said in " ".join(item.dropped)


OHM = Question(
    "Ohm",
    "{u} V over {i} A?",
    Calculated(
        (Formula("{u}^2 / {i}", 0.01, False),), (Variable("u", 1.0, 12.0, 2), Variable("i", 1, 2))
    ),
)


def test_moodle_gets_values_that_it_can_take():
    data, report = moodle_xml.write([OHM])
    assert report.lost == 0
    written = fromstring(data)
    assert written.findtext(".//answer/text") == "{u}**2 / {i}"
    assert written.findtext(".//answer/tolerancetype") == "2"
    rows = written.findall(".//dataset_definition")
    assert [row.findtext("name/text") for row in rows] == ["u", "i"]
    for row in rows:
        values = [item.findtext("value") for item in row.iterfind("dataset_items/dataset_item")]
        assert len(values) == int(row.findtext("itemcount")) == 20
        assert all(1 <= float(value) <= 12 for value in values)
        assert all(
            len(value.partition(".")[2]) == int(row.findtext("decimals/text")) for value in values
        )
    assert moodle_xml.read(data).questions == [OHM]


def test_values_that_were_changed_after_they_were_written_are_told():
    data, _report = moodle_xml.write([OHM])
    first = fromstring(data).findtext(".//dataset_item/value").encode()
    (item,) = moodle_xml.read(data.replace(b"<value>" + first, b"<value>9" + first, 1)).items
    assert item.dropped == (
        "The file's values (20 of each) are left out: an attempt draws its own.",
    )


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (Formula("{u} % {i}"), "takes whole numbers only in Moodle"),
        (Formula("{u}", digits=20), "fewer than 17 digits"),
        (Formula("{u} / 0"), "No values can be drawn"),
    ],
)
def test_what_moodle_cannot_say_is_told(changed, said):
    _data, report = moodle_xml.write([replace(OHM, body=replace(OHM.body, formulas=(changed,)))])
    assert said in " ".join(report.items[0].dropped)

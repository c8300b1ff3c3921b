"""QTI: whatever has no place here is told; how rules, values and packages are understood."""

import io
import zipfile

import pytest

from preau.kit.errors import PreauError
from preau.kit.questions.formats import qti
from preau.kit.questions.question import FILES, Feedback, Hint, Question
from preau.kit.questions.types.calculated import Calculated, Formula, Variable
from preau.kit.questions.types.choice import Choice, Option
from preau.kit.questions.types.gaps import Gaps, Word
from preau.kit.questions.types.markers import Marker, Markers, Zone
from preau.kit.questions.types.matching import Matching, Pair
from preau.kit.questions.types.numerical import Numerical, Unit, Value
from preau.kit.questions.types.short_answer import Pattern, ShortAnswer
from preau.kit.questions.types.true_false import TrueFalse
from tests.kit.questions.test_qti import (
    FIELD,
    LONE,
    PAIRS,
    choices,
    field_of,
    item,
    mapped,
    package,
    resource,
    response,
    taken,
)

ONE = choices("A", "B").replace('maxChoices="0"', 'maxChoices="1"')
A = response("A")


def dropped(data: bytes) -> str:
    """Everything that was lost of the only item."""
    (found,) = qti.read(data).items
    return " ".join(found.dropped)


def altered(data: bytes, old: str, new: str) -> bytes:
    changed = data.replace(old.encode(), new.encode(), 1)
    assert changed != data
    return changed


NEVER = '<modalFeedback outcomeIdentifier="X" identifier="never" showHide="show">x</modalFeedback>'
CHOICE = item(A, ONE, "match_correct")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('adaptive="false"', 'adaptive="true"', "The item is adaptive"),
        ('timeDependent="false"', 'timeDependent="true"', "depends on the time"),
        ("<itemBody>", '<stylesheet href="a.css"/><itemBody>', "<stylesheet> in <assessmentItem>"),
        (
            "<itemBody>",
            '<assessmentStimulusRef href="a.xml" surprise="1"/><itemBody>',
            "“surprise”",
        ),
        ('shuffle="false"', 'shuffle="false" colour="red"', "“colour” of <choiceInteraction>"),
        ('shuffle="false"', 'shuffle="false" class="qti-x"', "laid out (qti-x) has no place"),
        ('shuffle="false"', 'shuffle="false" data-x="1"', "“data-x” of <choiceInteraction>"),
        ("</choiceInteraction>", "<surprise/></choiceInteraction>", "<surprise> in <choiceInt"),
        ("</itemBody>", "<p><templateInline>x</templateInline></p></itemBody>", "<templateInline>"),
        ("</itemBody>", '<p><printedVariable identifier="V"/></p></itemBody>', "The value “V”"),
        ("</itemBody>", '<rubricBlock view="tutor">x</rubricBlock></itemBody>', "for tutor has no"),
        ("</itemBody>", '<rubricBlock view="scorer">x</rubricBlock></itemBody>', "only essays"),
        ("</itemBody>", "<endAttemptInteraction/></itemBody>", "<endAttemptInteraction>: a button"),
        (
            "</assessmentItem>",
            f"{NEVER}</assessmentItem>",
            "The feedback “never” is shown by no answer",
        ),
        ("match_correct", "riddle", "template “riddle” is not known"),
        ('identifier="RESPONSE" card', 'identifier="R2" card', "has no response “RESPONSE”"),
        ("choiceInteraction r", "drawingInteraction r", "mismatched tag"),
    ],
)
def test_what_an_item_loses_is_told(old, new, said):
    try:
        found = dropped(altered(CHOICE, old, new))
    except PreauError as error:
        found = str(error)
    assert said in found


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (item("", "<p><drawingInteraction/></p>"), "<drawingInteraction> has no type of question"),
        (item(response(""), ONE), "no answer to “RESPONSE” earns anything"),
        (item(response("", "single string"), FIELD), "no right answer to “RESPONSE” is named"),
        (item(A + response("x", name="R2"), ONE, "match_correct"), "“R2” belongs to nothing"),
        (item(response("", "multiple directedPair"), PAIRS), "no right pair is named"),
        (
            item(response("a x|a y", "multiple directedPair"), PAIRS),
            "The answers are the phrases",
        ),
        (
            item(response("A|B", "multiple identifier"), choices("A", "B", "C"), "match_correct"),
            "Only all right choices together",
        ),
        (
            item(
                response("A|B", "multiple identifier", mapped("A=1", "B=1")),
                choices("A", "B", "C").replace('"0"', '"2"'),
                "map_response",
            ),
            "not 2 at most",
        ),
        (
            item(response("x y", "multiple directedPair"), "<p>a</p>" + PAIRS + ONE),
            "<matchInteraction> beside others",
        ),
    ],
)
def test_what_cannot_be_said_is_told(data, said):
    assert said.lower() in dropped(data).lower()


def test_a_reference_to_an_item_that_is_elsewhere():
    data = b'<assessmentTest><assessmentItemRef identifier="a" href="a.xml"/></assessmentTest>'
    (found,) = qti.read(data).items
    assert (found.mapped_to, found.line) == (None, 1)
    assert "“a.xml” is not in this file" in found.dropped[0]


def test_items_inside_one_file_each_have_their_line():
    inner = CHOICE.split(b"?>\n")[1]
    data = b"<assessmentSection>\n" + inner + b"\n" + inner + b"</assessmentSection>"
    report = qti.read(data)
    assert [found.line for found in report.items] == [2, 3]
    assert report.taken == 2


def rules(*parts: str) -> str:
    return f"<responseProcessing>{''.join(parts)}</responseProcessing>"


def branch(tag: str, condition: str, score: str, said: str = "") -> str:
    feedback = f'<setOutcomeValue identifier="F"><baseValue>{said}</baseValue></setOutcomeValue>'
    return (
        f'<{tag}>{condition}<setOutcomeValue identifier="SCORE"><baseValue baseType="float">'
        f"{score}</baseValue></setOutcomeValue>{feedback if said else ''}</{tag}>"
    )


def condition(*branches: str) -> str:
    return f"<responseCondition>{''.join(branches)}</responseCondition>"


def compared(tag: str, value: str, how: str = "") -> str:
    return (
        f'<{tag} {how}><variable identifier="RESPONSE"/><baseValue baseType="string">{value}'
        f"</baseValue></{tag}>"
    )


def said(identifier: str, text: str) -> str:
    return (
        f'<modalFeedback outcomeIdentifier="F" identifier="{identifier}" showHide="show">{text}'
        "</modalFeedback>"
    )


def test_an_answer_is_compared_in_one_of_several_ways():
    processing = rules(
        condition(
            branch(
                "responseIf", compared("stringMatch", "five", 'caseSensitive="false"'), "4", "f"
            ),
            branch("responseElseIf", compared("substring", "V", 'caseSensitive="false"'), "2"),
            branch(
                "responseElseIf",
                '<patternMatch pattern="[sS]i.*x\\."><variable identifier="RESPONSE"/></patternMatch>',
                "1",
            ),
        )
    ) + said("f", "Well read.")
    found = taken(item(response("", "single string"), LONE, processing))
    assert [pattern.share for pattern in found.body.patterns] == [1.0, 0.5, 0.25]
    assert found.body.patterns[1].text == "*V*"
    assert found.body.patterns[0].feedback == "Well read."
    assert found.mark == 4.0


@pytest.mark.parametrize(
    ("how", "value", "told"),
    [
        ('toleranceMode="exact"', Value(10.0), ""),
        ('toleranceMode="absolute" tolerance="0.5 0.5"', Value(10.0, 0.5), ""),
        ('toleranceMode="relative" tolerance="5"', Value(10.0, 0.05, relative=True), ""),
        ('toleranceMode="absolute" tolerance="1 3"', Value(11.0, 2.0), "their middle"),
    ],
)
def test_tolerances(how, value, told):
    processing = rules(condition(branch("responseIf", compared("equal", "10", how), "1")))
    (found,) = qti.read(item(response("10", "single float"), LONE, processing)).items
    assert found.question.body == Numerical((value,))
    assert told in " ".join(found.dropped)


def test_a_number_that_is_rounded_first():
    how = 'roundingMode="decimalPlaces" figures="2"'
    processing = rules(condition(branch("responseIf", compared("equalRounded", "3.14", how), "1")))
    (found,) = qti.read(item(response("", "single float"), LONE, processing)).items
    assert found.question.body == Numerical((Value(3.14, 0.005),))
    assert "rounded before it is compared" in " ".join(found.dropped)


def test_what_is_said_of_right_and_wrong_answers():
    right = '<match><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match>'
    processing = rules(
        condition(
            branch("responseIf", right, "1", "yes"),
            f"<responseElse>{branch('x', '', '0', 'no')[3:-4]}</responseElse>",
        )
    )
    texts = said("yes", "Good.") + said("no", "Sorry.")
    data = item(response("B"), choices("A", "B", "C"), processing + texts)
    found = taken(data)
    assert found.feedback == Feedback(wrong="Sorry.")
    assert found.body.options[1].feedback == "Good."
    pairs = item(response("a x|b z", "multiple directedPair"), PAIRS, processing + texts)
    (other,) = qti.read(pairs).questions
    assert (other.feedback.right, other.feedback.wrong) == ("Good.", "Sorry.")


def test_parts_that_count_only_together_count_apart():
    both = "".join(
        f'<match><variable identifier="{name}"/><correct identifier="{name}"/></match>'
        for name in ("R1", "R2")
    )
    processing = rules(condition(branch("responseIf", f"<and>{both}</and>", "2")))
    declared = response("x", "single string", name="R1") + response("y", "single string", name="R2")
    (found,) = qti.read(
        item(declared, f"<p>{field_of('R1')} {field_of('R2')}</p>", processing)
    ).items
    assert "Only the whole answer earns the mark" in found.dropped[0]
    parts = found.question.body.parts
    assert [part.short_answer.patterns for part in parts] == [(Pattern("x"),), (Pattern("y"),)]


DRAWN = (
    "<templateProcessing>"
    '<setTemplateValue identifier="N"><randomInteger min="2" max="9"/></setTemplateValue>'
    '<setTemplateValue identifier="X"><roundTo roundingMode="decimalPlaces" figures="1">'
    '<randomFloat min="1" max="2.5"/></roundTo></setTemplateValue>'
    '<setTemplateValue identifier="H"><divide><variable identifier="N"/><baseValue>2</baseValue>'
    "</divide></setTemplateValue>"
    '<setCorrectResponse identifier="RESPONSE"><sum><variable identifier="H"/><product>'
    '<variable identifier="X"/><baseValue>3</baseValue></product></sum></setCorrectResponse>'
    "</templateProcessing>"
)


def test_values_that_are_drawn_become_a_formula():
    declared = response("", "single float") + "".join(
        f'<templateDeclaration identifier="{name}" cardinality="single" baseType="float"/>'
        for name in "NXH"
    )
    body = '<p>N is <printedVariable identifier="N"/>.</p>' + LONE
    found = taken(item(declared + DRAWN, body, "match_correct"))
    assert found.stem == "<p>N is {N}.</p><p>Say it:</p>"
    assert found.body == Calculated(
        (Formula("({N} / 2) + ({X} * 3)", 0.0, relative=False),),
        (Variable("N", 2.0, 9.0, 0), Variable("X", 1.0, 2.5, 1)),
    )


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('max="9"', 'max="9" step="2"', "not in steps"),
        ("</templateProcessing>", "<templateConstraint/></templateProcessing>", "without conditio"),
        ("<baseValue>2</baseValue>", "<baseValue>men</baseValue>", "“men” is not a number"),
        ("<sum>", "<sum><customOperator/>", "<customOperator> in a formula"),
        ("<templateProcessing>", "<templateProcessing><templateCondition/>", "<templateCondition>"),
    ],
)
def test_what_drawn_values_lose_is_told(old, new, told):
    data = item(response("", "single float") + DRAWN, LONE, "match_correct")
    assert told in dropped(altered(data, old, new))


def test_drawn_values_without_a_number_to_be_asked():
    assert "which only numbers may" in dropped(item(A + DRAWN, ONE, "match_correct"))


IMAGE = '<object type="image/png" data="map.png"/>'


def on_image(declared: str, body: str, processing: str = "") -> Question:
    files = {"a.xml": item(declared, body, processing), "map.png": b"png"}
    (found,) = qti.read(package(files, resource("a.xml"))).questions
    return found


def test_places_on_an_image():
    areas = (
        '<areaMapping defaultValue="0"><areaMapEntry shape="circle" coords="10,20,5" '
        'mappedValue="1"/><areaMapEntry shape="rect" coords="1,2,11,22" mappedValue="1"/>'
        '<areaMapEntry shape="poly" coords="0,0,9,0,0,9,0,0" mappedValue="1"/></areaMapping>'
    )
    declared = response("", "multiple point", areas)
    zones = (
        Zone(1, "circle", (10, 20, 5)),
        Zone(1, "rectangle", (1, 2, 10, 20)),
        Zone(1, "polygon", (0, 0, 9, 0, 0, 9)),
    )
    point = f'<selectPointInteraction responseIdentifier="RESPONSE" maxChoices="3">{IMAGE}</selectPointInteraction>'
    found = on_image(declared, point, "map_response_point")
    assert found.body == Markers("map.png", (Marker("×", 3),), zones)
    assert (found.files, found.mark) == ({"map.png": b"png"}, 3.0)
    stage = (
        f'<positionObjectStage>{IMAGE}<positionObjectInteraction responseIdentifier="RESPONSE" '
        'maxChoices="3"><object type="image/png" data="pin.png">Pin</object>'
        "</positionObjectInteraction></positionObjectStage>"
    )
    assert on_image(declared, stage).body == Markers("map.png", (Marker("Pin", 3),), zones)


def test_hot_spots_are_zones():
    spots = "".join(
        f'<hotspotChoice identifier="{name}" shape="circle" coords="{x},5,4"/>'
        for name, x in (("A", 1), ("B", 20))
    )
    body = f'<hotspotInteraction responseIdentifier="RESPONSE" maxChoices="1">{IMAGE}{spots}</hotspotInteraction>'
    found = on_image(response("B"), body, "match_correct")
    assert found.body == Markers("map.png", (Marker("×"),), (Zone(1, "circle", (20, 5, 4)),))


def test_pairs_of_one_list():
    each = "".join(
        f'<simpleAssociableChoice identifier="{name}" matchMax="1">{name}</simpleAssociableChoice>'
        for name in "ABCDE"
    )
    body = f'<associateInteraction responseIdentifier="RESPONSE" shuffle="true">{each}</associateInteraction>'
    (found,) = qti.read(item(response("A B|D C", "multiple pair"), body, "match_correct")).questions
    assert found.body == Matching((Pair("A", "B"), Pair("D", "C"), Pair("", "E")))


def test_a_package_says_more_of_its_items():
    metadata = (
        '<metadata><lom xmlns="http://ltsc.ieee.org/xsd/LOM"><general><identifier>'
        "<catalog>number</catalog><entry>F-1</entry></identifier><keyword><string>waves</string>"
        "</keyword></general><rights/><classification><taxonPath><taxon><entry><string>Physics"
        "</string></entry></taxon><taxon><entry><string>Light</string></entry></taxon></taxonPath>"
        "</classification></lom></metadata>"
    )
    text = '<p><img src="../media/a%20b.png" alt="x"/><img src="gone.png" alt=""/></p>'
    files = {
        "items/a.xml": item(A, text + ONE, "match_correct"),
        "media/a b.png": b"png",
        "extra.pdf": b"pdf",
        "test.xml": "<assessmentTest/>",
    }
    data = package(
        files,
        resource("items/a.xml", inner=metadata + '<file href="extra.pdf"/>'),
        resource("test.xml", "imsqti_test_xmlv2p1"),
    )
    found, test = qti.read(data).items
    question = found.question
    assert (question.category, question.tags, question.number) == (
        ("Physics", "Light"), ("waves",), "F-1",
    )  # fmt: skip
    assert question.files == {"a b.png": b"png", "extra.pdf": b"pdf"}
    assert f'src="{FILES}a%20b.png"' in question.stem
    assert found.missing == ("gone.png",)
    assert found.dropped == ("The metadata rights has no place here.",)
    assert "A test's order" in test.dropped[0]


def test_a_text_that_items_share_comes_along():
    passage = '<assessmentStimulus><stimulusBody><p>Once <img src="i.png" alt=""/></p></stimulusBody></assessmentStimulus>'
    reference = '<assessmentStimulusRef identifier="s" href="texts/s.xml"/>'
    files = {
        "a.xml": item(A + reference, ONE, "match_correct"),
        "texts/s.xml": passage,
        "texts/i.png": b"png",
    }
    (found,) = qti.read(package(files, resource("a.xml"))).questions
    assert found.stem.startswith(f'<p>Once <img src="{FILES}i.png" alt=""></p>')
    assert found.files == {"i.png": b"png"}


def test_two_files_of_one_name():
    text = (
        '<p><img src="a/x.png" alt=""/><img src="b/x.png" alt=""/><img src="a/x.png" alt=""/></p>'
    )
    files = {"i.xml": item("", text), "a/x.png": b"1", "b/x.png": b"2"}
    (found,) = qti.read(package(files, resource("i.xml"))).questions
    assert found.files == {"x.png": b"1", "x-2.png": b"2"}
    assert found.stem.count("x-2.png") == 1


def test_what_another_tool_changed_counts():
    asked = Question("Q", "<p>Old<br>line", Choice((Option("a", 1.0), Option("b"))))
    data, report = qti.write([asked])
    assert report.lost == 0
    source = zipfile.ZipFile(io.BytesIO(data)).read("items/item-0001/item.xml")
    new = altered(source, "<p>Old<br />line</p>", "<p>New</p>")
    assert taken(package({"a.xml": new}, resource("a.xml"))).stem == "<p>New</p>"


def test_what_another_tool_added_counts():
    asked = Question("Q", "", Gaps("<p>[[1]]</p>", (Word("x"), Word("y"))))
    data, _report = qti.write([asked])
    source = zipfile.ZipFile(io.BytesIO(data)).read("items/item-0001/item.xml")
    new = altered(source, "</qti-item-body>", "<p>More</p></qti-item-body>")
    found = taken(package({"a.xml": new}, resource("a.xml")))
    assert (found.stem, found.body.text) == ("<p>More</p>", "<p>[[1]]</p>")


def test_what_cannot_be_written_is_told():
    plain = Question("Q", "x", TrueFalse(True))
    odd = [
        Question("Q", f'<img src="{FILES}a.png">', TrueFalse(True)),
        Question("Q", "x", Numerical((Value(float("inf")),))),
        Question("Q", "x", Calculated((Formula("{SCORE}"),), (Variable("SCORE", 1, 2),))),
        Question("Q", "x", Choice((Option("a", 0.5), Option("b")))),
        Question("Q", "x", TrueFalse(True), files={"a/b.png": b"x"}),
        plain,
    ]
    data, report = qti.write(odd)
    assert [found.mapped_to is None for found in report.items] == [
        False, True, True, True, False, False,
    ]  # fmt: skip
    assert report.items[0].missing == ("a.png",)
    assert "not a finite number" in report.items[1].dropped[0]
    assert "name of a value" in report.items[2].dropped[0]
    assert "Nobody could be asked it" in report.items[3].dropped[0]
    assert "images as they are named" in report.items[4].dropped[0]
    assert qti.read(data).taken == 3


@pytest.mark.parametrize(
    "stem",
    [
        "one<br>two<p>three<p>four", "&eacute; &amp;amp; &nbsp;", "a < b & c > d", "<b>open",
        "</p>shut", "<!-- hidden -->seen", "<svg viewBox='0 0 1 1'><linearGradient/></svg>",
        "<math><mi>x</mi></math>", "<pre>  a\n  b</pre>", " space ", "\tx\n\n  y", "<p\n>a",
        "<input disabled>", "<a href='https://x.org/?a=1&b=2'>y</a>", "a\r\nb", "[[1]] {#1} {a}",
    ],
)  # fmt: skip
def test_a_text_comes_back_however_it_is_written(stem):
    asked = Question("Q", stem, ShortAnswer((Pattern("x"),), heed_accents=False))
    data, report = qti.write([asked])
    assert report.lost == 0, report.items
    assert qti.read(data).questions == [asked]


def test_hints_units_and_settings_come_back():
    asked = Question(
        "Q", "x", Numerical((Value(2.0),), (Unit("m"), Unit("km", 1000.0)), 0.1), 1.5, 0.1,
        Feedback("r", "p", "w", "g"), (Hint("h", True, True), Hint("i")), ("A", "B/C"), ("t",), "7",
    )  # fmt: skip
    data, report = qti.write([asked])
    assert report.lost == 0
    assert qti.read(data).questions == [asked]

"""QTI: what other tools write comes in whole or is named, what goes out comes back."""

import io
import re
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preau.kit.questions.formats import qti
from preau.kit.questions.question import FILES, Feedback, Question
from preau.kit.questions.types.calculated import Calculated, Formula, Variable
from preau.kit.questions.types.choice import Choice, Option
from preau.kit.questions.types.cloze import Cloze, Part
from preau.kit.questions.types.description import Description
from preau.kit.questions.types.essay import Essay
from preau.kit.questions.types.gaps import Gaps, Word
from preau.kit.questions.types.markers import Marker, Markers, Zone
from preau.kit.questions.types.matching import Matching, Pair
from preau.kit.questions.types.numerical import Numerical, Value
from preau.kit.questions.types.ordering import Ordering
from preau.kit.questions.types.short_answer import Pattern, ShortAnswer
from preau.kit.questions.types.true_false import TrueFalse
from tests.kit.questions.strategies import questions

SPACES = {
    "2.1": "http://www.imsglobal.org/xsd/imsqti_v2p1",
    "2.2": "http://www.imsglobal.org/xsd/imsqti_v2p2",
    "3.0": "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
}
TEMPLATES = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/"
SCORE = '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>'


def item(declared: str, body: str, processing: str = "", version: str = "2.1") -> bytes:
    """An item as other tools write it, with the names of 2.x."""
    if processing and not processing.startswith("<"):
        processing = f'<responseProcessing template="{TEMPLATES}{processing}"/>'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<assessmentItem xmlns="{SPACES[version]}" '
        'identifier="i1" title="Q" adaptive="false" timeDependent="false">'
        f"{declared}{SCORE}<itemBody>{body}</itemBody>{processing}</assessmentItem>"
    ).encode()


def response(
    correct: str = "", kind: str = "single identifier", mapping: str = "", name: str = "RESPONSE"
) -> str:
    """The declaration of a response; the right values stand between bars."""
    cardinality, base = kind.split()
    values = "".join(f"<value>{value}</value>" for value in correct.split("|") if value)
    right = f"<correctResponse>{values}</correctResponse>" if values else ""
    return (
        f'<responseDeclaration identifier="{name}" cardinality="{cardinality}" baseType="{base}">'
        f"{right}{mapping}</responseDeclaration>"
    )


def mapped(*entries: str, default: str = "0") -> str:
    """A mapping of ``key=value`` or, where capitals count for nothing, ``key~value``."""
    rows = []
    for entry in entries:
        key, sign, value = re.split("([=~])", entry)
        case = "" if sign == "=" else ' caseSensitive="false"'
        rows.append(f'<mapEntry mapKey="{key}" mappedValue="{value}"{case}/>')
    return f'<mapping defaultValue="{default}">{"".join(rows)}</mapping>'


def choices(*names: str, tag: str = "choiceInteraction", inner: str = "simpleChoice") -> str:
    """An interaction that offers these, each called by its text."""
    each = "".join(f'<{inner} identifier="{name}">{name}</{inner}>' for name in names)
    return f'<{tag} responseIdentifier="RESPONSE" shuffle="false" maxChoices="0">{each}</{tag}>'


def taken(data: bytes) -> Question:
    """The only question, of which nothing was lost."""
    report = qti.read(data)
    assert report.lost == 0, report.items
    (question,) = report.questions
    return question


def package(files: dict[str, bytes | str], *resources: str) -> bytes:
    """A zip with a manifest of these resources."""
    manifest = f"<manifest><resources>{''.join(resources)}</resources></manifest>"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in {"imsmanifest.xml": manifest, **files}.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def resource(href: str, kind: str = "imsqti_item_xmlv2p1", inner: str = "") -> str:
    return f'<resource identifier="r" type="{kind}" href="{href}">{inner}<file href="{href}"/></resource>'


def with_picture(question: Question, picture: bytes) -> Question:
    """The question with a file, named by its stem or being its image."""
    name = "map.png" if isinstance(question.body, Markers) else "a b.png"
    stem = f'{question.stem}<img src="{FILES}{name.replace(" ", "%20")}" alt="">'
    return replace(question, stem=stem, files={name: picture})


@given(st.lists(questions(), max_size=3), st.binary(max_size=20))
def test_what_goes_out_comes_back(asked, picture):
    asked = [with_picture(question, picture) for question in asked]
    data, report = qti.write(asked)
    assert report.lost == 0, report.items
    if not asked:
        return
    back = qti.read(data)
    assert back.lost == 0, back.items
    assert back.questions == asked
    assert qti.looks_like(data)
    assert qti.write(asked)[0] == data


EVERY_TYPE = [
    Choice((Option("a", 1.0), Option("b", -0.5, "No")), numbering="123", shuffle=True),
    Choice((Option("a", 0.5), Option("b", 0.5), Option("c", -1.0)), several=True, shuffle=False),
    TrueFalse(False, "No", "Yes"),
    ShortAnswer((Pattern("Été", 1.0, "Yes"), Pattern("*hiver*", 0.5)), heed_case=True),
    ShortAnswer((Pattern("five"), Pattern("5", 0.5))),
    Numerical((Value(3.5, 0.25), Value(7.0, 0.1, 0.5, "half", True), Value(None, 0.0, 0.0, "no"))),
    Matching((Pair("2", "two"), Pair("", "four"), Pair("3", "three")), shuffle=False),
    Ordering(("a", "b", "c"), "place"),
    Ordering(("a", "b", "c"), "all-or-nothing"),
    Gaps("<p>[[2]] and [[2]]</p>", (Word("x", 1, True), Word("y", 1, True)), drag=True),
    Gaps("<p>[[2]] and [[1]]</p>", (Word("x"), Word("y")), shuffle=False),
    Markers(
        "map.png", (Marker("A", 0), Marker("B")),
        (Zone(1, "circle", (5, 6, 2)), Zone(2, "rectangle", (1, 2, 3.5, 4)),
         Zone(1, "polygon", (0, 0, 9, 0, 0, 9))),
    ),
    Cloze(
        "<p>{#1}, {#2} and {#3}</p>",
        (Part(choice=Choice((Option("a", 1.0), Option("b"))), weight=2.0),
         Part(short_answer=ShortAnswer((Pattern("x"),)), weight=1.0),
         Part(numerical=Numerical((Value(2.0),)), weight=1.0)),
    ),
    Calculated((Formula("{a} + {b}", 0.01, digits=2),),
               (Variable("a", 1, 9, 0), Variable("b", 1, 2, 2))),
    Essay("plain", required=False, lines=8, notes="<p>Look at style.</p>"),
    Description(),
]  # fmt: skip


@pytest.mark.parametrize("body", EVERY_TYPE, ids=lambda it: it.TYPE)
def test_what_is_written_says_the_same_without_our_own_attributes(body):
    asked = Question("Q", "<p>Why?</p>", body, mark=2.0, files={"map.png": b"x"})
    data, report = qti.write([asked])
    assert report.lost == 0, report.items
    source = zipfile.ZipFile(io.BytesIO(data)).read("items/item-0001/item.xml").decode()
    bare = re.sub(r' data-preau-(?!part)[a-z-]+="[^"]*"', "", source)
    (found,) = qti.read(package({"a.xml": bare, "files/map.png": "x"}, resource("a.xml"))).questions
    assert found.stem == asked.stem
    assert found.mark == 2.0
    assert _worth(found.body) == _worth(body)


def _worth(body):
    """The body without what QTI has no word for."""
    if isinstance(body, Cloze):
        return replace(body, parts=tuple(replace(it, weight=it.weight / 2) for it in body.parts)) if (
            sum(it.weight for it in body.parts) == 4
        ) else body  # fmt: skip
    if isinstance(body, Matching):
        return sorted(body.pairs, key=str)
    return body


def test_the_xml_is_of_qti_3():
    asked = Question("Capital", "<p>Of France?</p>", ShortAnswer((Pattern("Paris"),)))
    data, _report = qti.write([asked])
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.namelist() == ["imsmanifest.xml", "items/item-0001/item.xml"]
    source = archive.read("items/item-0001/item.xml").decode()
    for part in (
        f'<qti-assessment-item xmlns="{SPACES["3.0"]}"', 'time-dependent="false"',
        '<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="string">',
        "<qti-correct-response><qti-value>Paris</qti-value></qti-correct-response>",
        '<qti-map-entry map-key="Paris" mapped-value="1" case-sensitive="false" />',
        '<qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"',
        '<qti-text-entry-interaction response-identifier="RESPONSE"',
        'template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/map_response"',
    ):  # fmt: skip
        assert part in source
    manifest = archive.read("imsmanifest.xml").decode()
    assert 'type="imsqti_item_xmlv3p0" href="items/item-0001/item.xml"' in manifest


@pytest.mark.parametrize("version", ["2.1", "2.2"])
def test_an_item_of_version_2(version):
    body = (
        "<p>Look.</p>"
        + choices("A", "B", "C").replace(
            '"0">', '"1"><prompt>Which <b>one</b>?</prompt>', 1
        ).replace(">B<", '>B <feedbackInline outcomeIdentifier="SAID" identifier="B" '
                  'showHide="show">Not B.</feedbackInline><', 1)
    )  # fmt: skip
    processing = (
        '<responseProcessing><setOutcomeValue identifier="SAID"><variable identifier="RESPONSE"/>'
        "</setOutcomeValue><responseCondition><responseIf><match>"
        '<variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match>'
        '<setOutcomeValue identifier="SCORE"><baseValue baseType="float">2</baseValue>'
        "</setOutcomeValue></responseIf></responseCondition></responseProcessing>"
        '<modalFeedback outcomeIdentifier="SAID" identifier="A" showHide="hide">Not A.'
        "</modalFeedback>"
    )
    found = taken(item(response("A"), body, processing, version))
    assert found == Question(
        "Q",
        "<p>Look.</p><p>Which <b>one</b>?</p>",
        Choice((Option("A", 1.0), Option("B", 0.0, "Not B."), Option("C")), shuffle=False),
        2.0,
        feedback=Feedback(wrong="Not A."),
    )


def test_an_item_of_version_3():
    source = f"""<qti-assessment-item xmlns="{SPACES["3.0"]}" identifier="i" title="Three"
      time-dependent="false"><qti-response-declaration identifier="RESPONSE" cardinality="multiple"
      base-type="identifier"><qti-correct-response><qti-value>H</qti-value><qti-value>O</qti-value>
      </qti-correct-response><qti-mapping lower-bound="0" upper-bound="2" default-value="-2">
      <qti-map-entry map-key="H" mapped-value="1"/><qti-map-entry map-key="O" mapped-value="1"/>
      </qti-mapping></qti-response-declaration><qti-outcome-declaration identifier="SCORE"
      cardinality="single" base-type="float"/><qti-item-body><qti-choice-interaction
      class="qti-labels-decimal" response-identifier="RESPONSE" shuffle="true" max-choices="0">
      <qti-prompt>Water?</qti-prompt><qti-simple-choice identifier="H">Hydrogen</qti-simple-choice>
      <qti-simple-choice identifier="He">Helium</qti-simple-choice><qti-simple-choice
      identifier="O">Oxygen</qti-simple-choice></qti-choice-interaction></qti-item-body>
      <qti-response-processing
      template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/map_response"/>
      </qti-assessment-item>"""
    found = taken(source.encode())
    assert found.body == Choice(
        (Option("Hydrogen", 0.5), Option("Helium", -1.0), Option("Oxygen", 0.5)),
        several=True, numbering="123",
    )  # fmt: skip
    assert (found.name, found.stem, found.mark) == ("Three", "<p>Water?</p>", 2.0)


FIELD = '<p>It is <textEntryInteraction responseIdentifier="RESPONSE"/> here.</p>'
LONE = '<p>Say it:</p><div><textEntryInteraction responseIdentifier="RESPONSE"/></div>'
PAIRS = (
    '<matchInteraction responseIdentifier="RESPONSE" shuffle="true"><simpleMatchSet>'
    '<simpleAssociableChoice identifier="a" matchMax="1">2</simpleAssociableChoice>'
    '<simpleAssociableChoice identifier="b" matchMax="1">3</simpleAssociableChoice>'
    "</simpleMatchSet><simpleMatchSet>"
    '<simpleAssociableChoice identifier="x" matchMax="2">two</simpleAssociableChoice>'
    '<simpleAssociableChoice identifier="y" matchMax="2">four</simpleAssociableChoice>'
    '<simpleAssociableChoice identifier="z" matchMax="2">three</simpleAssociableChoice>'
    "</simpleMatchSet></matchInteraction>"
)


def list_of(name: str) -> str:
    inner = choices("x", "y", tag="inlineChoiceInteraction", inner="inlineChoice")
    return inner.replace("RESPONSE", name).replace(' maxChoices="0"', "")


def field_of(name: str) -> str:
    return f'<textEntryInteraction responseIdentifier="{name}"/>'


@pytest.mark.parametrize(
    ("data", "body"),
    [
        (
            item(response("true"), choices("true", "false"), "match_correct"),
            TrueFalse(True),
        ),
        (
            item(response("A"), choices("A", "B"), "match_correct"),
            Choice((Option("A", 1.0), Option("B")), shuffle=False),
        ),
        (
            item(
                response("", "single string", mapped("York=1", "york=0.5")), FIELD, "map_response"
            ),
            ShortAnswer((Pattern("York"), Pattern("york", 0.5)), heed_case=True),
        ),
        (
            item(response("a*b", "single string", mapped("a*b~1")), LONE, "map_response"),
            ShortAnswer((Pattern("a\\*b"),)),
        ),
        (
            item(response("42", "single integer"), LONE, "match_correct"),
            Numerical((Value(42.0),)),
        ),
        (
            item(
                response("a x|b z", "multiple directedPair", mapped("a x=1", "b z=1")),
                PAIRS,
                "map_response",
            ),
            Matching((Pair("2", "two"), Pair("", "four"), Pair("3", "three"))),
        ),
        (
            item(
                response("B|A|C", "ordered identifier"),
                choices("A", "B", "C", tag="orderInteraction"),
                "match_correct",
            ),
            Ordering(("B", "A", "C"), "all-or-nothing"),
        ),
        (
            item(
                response("y", name="R1") + response("x", name="R2"),
                f"<p>a {list_of('R1')} b {list_of('R2')} [[7]]</p>",
            ),
            Gaps(
                "<p>a [[2]] b [[1]] [&#91;7]]</p>",
                (Word("x"), Word("y")),
                shuffle=False,
            ),
        ),
        (
            item(
                response("y", name="R1") + response("z", "single string", name="R2"),
                f"<p>a {list_of('R1')} b {field_of('R2')} {{#3}}</p>",
            ),
            Cloze(
                "<p>a {#1} b {#2} {&#35;3}</p>",
                (
                    Part(choice=Choice((Option("x"), Option("y", 1.0)), shuffle=False)),
                    Part(short_answer=ShortAnswer((Pattern("z"),), heed_case=True)),
                ),
            ),
        ),
        (
            item(
                response("g 1|h 2", "multiple directedPair", mapped("g 1=1", "h 2=1")),
                '<gapMatchInteraction responseIdentifier="RESPONSE" shuffle="false">'
                '<prompt>Fill:</prompt><gapText identifier="g" matchMax="1">G</gapText>'
                '<gapText identifier="h" matchMax="0">H</gapText><p>a <gap identifier="1"/> b '
                '<gap identifier="2"/></p></gapMatchInteraction>',
                "map_response",
            ),
            Gaps(
                "<p>Fill:</p><p>a [[1]] b [[2]]</p>",
                (Word("G"), Word("H", 1, True)),
                drag=True,
                shuffle=False,
            ),
        ),
        (
            item(
                response("", "single string"),
                '<extendedTextInteraction responseIdentifier="RESPONSE" expectedLines="5" '
                'format="xhtml"/><rubricBlock view="scorer"><p>Style.</p></rubricBlock>',
            ),
            Essay(required=False, lines=5, notes="<p>Style.</p>"),
        ),
        (
            item(
                response("", "single file"),
                '<uploadInteraction responseIdentifier="RESPONSE" type="application/pdf"/>',
            ),
            Essay("none", False, attachments=1, file_types=(".pdf",)),
        ),
        (item("", "<p>Only read.</p>"), Description()),
    ],
    ids=lambda it: it.TYPE if not isinstance(it, bytes) else "",
)
def test_what_other_tools_ask(data, body):
    assert taken(data).body == body


def test_a_field_inside_a_sentence_leaves_a_blank():
    declared = response("", "single string", mapped("x=1"))
    assert taken(item(declared, FIELD, "map_response")).stem == "<p>It is _____ here.</p>"
    assert taken(item(declared, LONE, "map_response")).stem == "<p>Say it:</p>"

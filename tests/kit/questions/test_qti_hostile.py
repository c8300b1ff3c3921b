"""QTI that means harm, or is not what it says: one sentence, and quickly."""

import io
import json
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preau.kit.errors import PreauError
from preau.kit.questions.formats import FORMATS, qti
from preau.kit.questions.formats.qti import package as packages
from preau.kit.questions.question import Question
from preau.kit.questions.types.short_answer import Pattern, ShortAnswer
from tests.kit.questions.test_qti import (
    FIELD,
    PAIRS,
    choices,
    item,
    mapped,
    package,
    resource,
    response,
)

LOL = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
LAUGHS = (
    f'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY l0 "lol">{LOL}]><assessmentItem>&l9;'
    "</assessmentItem>"
).encode()
BIG = 50 << 20


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (LAUGHS, "declares entities or a document type"),
        (b'<!DOCTYPE q SYSTEM "file:///etc/passwd"><assessmentItem/>', "declares entities"),
        (b"<!DOCTYPE q><assessmentItem/>", "declares entities"),
        (b"<assessmentItem>\n<itemBody></assessmentItem>", "^line 2, column 13: mismatched tag"),
        (b"<assessmentItem>" + b" " * BIG, "larger than 20 MB"),
        (b"<a>" * 200 + b"</a>" * 200, "more than 100 elements are inside each other"),
        (b"<a>" + b"<b/>" * 500_001 + b"</a>", "more than 500,000 elements"),
        (b"<html/>", "begins with <html> and has no <assessmentItem>"),
        (b"<manifest/>", "give the whole package"),
        (b"", "line 1"),
        (b"\x00\x01", "line 1"),
        (
            "<assessmentItem>é</assessmentItem>".encode("latin-1"),
            "this is not UTF-8, and the file names no other",
        ),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "encoding"),
        (
            '<?xml version="1.0" encoding="iso-8859-1"?><a>é</a>'.encode(),
            "says that it is iso8859-1, but it is UTF-8",
        ),
        (b"PK\x03\x04 no zip", "The zip is damaged"),
    ],
)
def test_a_file_that_is_no_item_is_refused(data, said):
    with pytest.raises(PreauError, match=said) as refused:
        qti.read(data)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_the_encoding_that_the_file_names_is_heeded(encoding):
    source = item("", "<p>Été</p>").decode().replace("UTF-8", encoding)
    data = source.encode(encoding)
    assert qti.read(data).questions[0].stem == "<p>Été</p>"
    assert qti.looks_like(data)


def zipped(**files: bytes | str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/passwd", "a/../../b", "a\\b"])
def test_a_path_out_of_the_package_is_refused(name):
    with pytest.raises(PreauError, match="leads out of the zip"):
        qti.read(package({name: b"x"}))


def test_a_bomb_is_refused():
    with pytest.raises(PreauError, match="“zeros” unpacks like a bomb"):
        qti.read(zipped(zeros=b"\0" * (8 << 20)))


def test_a_package_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(packages, "MOST_BYTES", 100)
    with pytest.raises(PreauError, match="would unpack to more than"):
        qti.read(package({"a": b"x" * 200}))


def test_a_package_of_too_many_files_is_refused(monkeypatch):
    monkeypatch.setattr(packages, "_MOST_FILES", 1)
    with pytest.raises(PreauError, match="holds 3 files; at most 1"):
        qti.read(package({"a": b"x", "b": b"x"}))
    monkeypatch.setattr(packages, "_MOST_ENTRIES", 1)
    with pytest.raises(PreauError, match="more than 1 files"):
        qti.read(package({"a": b"x"}))


def test_a_file_that_says_that_it_is_smaller_than_it_is():
    data = bytearray(zipped(**{"imsmanifest.xml": "<manifest>" + "x" * 1000}))
    place = data.rindex(b"PK\x01\x02")
    data[place + 24 : place + 28] = struct.pack("<L", 10)
    with pytest.raises(PreauError, match="damaged"):
        qti.read(bytes(data))


def test_a_package_with_a_password_is_refused():
    data = bytearray(package({"a": b"x"}))
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.index(sign)
        data[place + offset] |= 1
    with pytest.raises(PreauError, match="password"):
        qti.read(bytes(data))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (zipped(a="x"), "no imsmanifest.xml"),
        (package({}), "names no item"),
        (zipped(**{"imsmanifest.xml": "<manifest>"}), "imsmanifest.xml: line 1, column 11"),
        (zipped(**{"imsmanifest.xml": LAUGHS}), "imsmanifest.xml: The file declares entities"),
    ],
)
def test_a_zip_that_is_no_package_is_refused(data, said):
    with pytest.raises(PreauError, match=said):
        qti.read(data)


def test_an_item_that_cannot_be_read_does_not_hold_the_others():
    data = package(
        {"a.xml": "<assessmentItem>\n<", "b.xml": item("", "<p>b</p>"), "c.xml": "<html/>"},
        *(resource(f"{name}.xml") for name in "abcd"),
        resource("b.xml"),
    )
    report = qti.read(data)
    assert [it.mapped_to for it in report.items] == [None, "description", None, None, None]
    said = [" ".join(it.dropped) for it in report.items]
    assert said[0].startswith("line 2, column 1: unclosed token")
    assert "begins with <html>" in said[2]
    assert "not in the package" in said[3]
    assert "once more" in said[4]


def test_no_file_is_reached_outside_the_package():
    source = item("", '<p><img src="../../../etc/passwd" alt=""/><img src="file:///etc/x"/></p>')
    (found,) = qti.read(package({"a.xml": source}, resource("a.xml"))).items
    assert found.missing == ("../../../etc/passwd",)
    assert found.question.files == {}


MANY = 1001


@pytest.mark.parametrize(
    ("declared", "body"),
    [
        (response("c1"), choices(*(f"c{n}" for n in range(MANY)))),
        (response("a", "single string", mapped(*(f"k{n}=1" for n in range(MANY)))), FIELD),
        ("".join(response("a", name=f"R{n}") for n in range(MANY)), "<p/>"),
    ],
)
def test_what_is_held_against_each_other_is_bounded(declared, body):
    (found,) = qti.read(item(declared, body)).items
    assert "there are more than 1,000 <" in " ".join(found.dropped)


def test_rules_that_would_run_for_ever_are_given_up():
    rule = "<or>" + '<match><variable identifier="RESPONSE"/><baseValue>x</baseValue></match>' * 300
    rules = f"<responseCondition><responseIf>{rule}</or></responseIf></responseCondition>" * 30
    names = [f"c{n}" for n in range(300)]
    processing = f"<responseProcessing>{rules}</responseProcessing>"
    (found,) = qti.read(item(response("c1"), choices(*names), processing)).items
    assert "can't be followed (“too many rules”)" in " ".join(found.dropped)
    assert found.question.body.options[1].share == 1.0


def test_values_that_double_are_given_up():
    steps = "".join(
        f'<setTemplateValue identifier="V{n + 1}"><sum><variable identifier="V{n}"/>'
        f'<variable identifier="V{n}"/></sum></setTemplateValue>'
        for n in range(60)
    )
    first = '<setTemplateValue identifier="V0"><randomInteger min="1" max="9"/></setTemplateValue>'
    declared = (
        response("", "single float") + f"<templateProcessing>{first}{steps}</templateProcessing>"
    )
    (found,) = qti.read(item(declared, FIELD, "match_correct")).items
    assert "a formula is too long" in " ".join(found.dropped)


@pytest.mark.parametrize(
    "piece", ["<", "<!", "<!--", "</", "<a ", "<a b='", "&", "&#9", "<![", "<?"]
)
@pytest.mark.parametrize("end", ["", ">", "-->"])
def test_a_text_takes_no_longer_than_its_length(piece, end):
    written = (piece * 30_000 + end).replace("&", "&amp;").replace("<", "&lt;").replace('"', "")
    body = f'<div data-preau-part="stem" data-preau-source="{written}">x</div>'
    report = qti.read(item("", body))
    assert report.questions[0].stem == "x"
    answers = PAIRS.replace("two", written)
    assert qti.read(item(response("a x|b z", "multiple directedPair"), answers)).taken == 1


@pytest.mark.parametrize(
    "own", ["[" * 5000, "[[1]]", '[["m", Infinity]]', "{}", "7", '[["m",1e999]]']
)
def test_our_own_attributes_may_be_anything(own):
    field = f"<textEntryInteraction responseIdentifier='RESPONSE' data-preau-units='{own}'/>"
    report = qti.read(item(response("4", "single float"), field, "match_correct"))
    for question in report.questions:
        json.dumps(question.to_data(), allow_nan=False)


def test_what_xml_cannot_have_is_said():
    bell = Question("bell \x07", "x", ShortAnswer((Pattern("a"),)))
    data, report = qti.write([bell])
    assert report.items[0].dropped == ("QTI has no place for the name.",)
    assert qti.read(data).questions[0].name == "bell"


@given(st.binary(), st.text())
def test_whatever_is_in_a_file_is_questions_or_refused(data, text):
    for given_ in (data, b"PK\x03\x04" + data, item(text, text), package({"a": text}, text)):
        qti.looks_like(given_)
        try:
            report = qti.read(given_)
        except PreauError:
            continue
        assert report.taken <= len(report.items)


tags = st.sampled_from(
    ["choiceInteraction", "simpleChoice", "textEntryInteraction", "inlineChoiceInteraction",
     "inlineChoice", "matchInteraction", "simpleMatchSet", "simpleAssociableChoice", "gap",
     "orderInteraction", "gapMatchInteraction", "gapText", "hotspotInteraction", "hotspotChoice",
     "selectPointInteraction", "positionObjectStage", "positionObjectInteraction", "object", "p",
     "graphicGapMatchInteraction", "associableHotspot", "extendedTextInteraction", "prompt",
     "uploadInteraction", "feedbackInline", "rubricBlock", "printedVariable", "hottext",
     "hottextInteraction", "associateInteraction", "sliderInteraction", "endAttemptInteraction"]
)  # fmt: skip
rules = st.sampled_from(
    ["responseCondition", "responseIf", "responseElse", "setOutcomeValue", "match", "variable",
     "correct", "mapResponse", "baseValue", "sum", "divide", "index", "member", "equal", "or",
     "not", "isNull", "patternMatch", "stringMatch", "power", "roundTo", "multiple", "delete"]
)  # fmt: skip
values = st.sampled_from(["", "RESPONSE", "SCORE", "a", "b", "a b", "1", "-1", "NaN", "1e999", "é"])
kinds = st.sampled_from(
    ["single identifier", "multiple identifier", "single string", "single float",
     "multiple directedPair", "ordered identifier", "multiple pair", "single point"]
)  # fmt: skip


def trees(names):
    return st.recursive(
        values,
        lambda inner: st.builds(
            lambda tag, value, parts: (
                f'<{tag} identifier="{value}" responseIdentifier="RESPONSE" n="{value}" '
                f'pattern="{value}" coords="{value}" shape="rect" figures="{value}" '
                f'tolerance="{value}" maxChoices="{value}">{"".join(parts)}</{tag}>'
            ),
            names, values, st.lists(inner, max_size=5),
        ),
        max_leaves=20,
    )  # fmt: skip


@given(
    kinds, values, st.lists(trees(tags), max_size=4), st.one_of(st.just(""), trees(rules))
)  # fmt: skip
def test_any_tree_is_questions_or_refused(kind, correct, parts, processing):
    declared = response(correct, kind, mapped("a=1", "a b=2"))
    rules_ = f"<responseProcessing>{processing}</responseProcessing>"
    report = qti.read(item(declared, "".join(parts), rules_))
    for found in report.items:
        assert found.question is not None or found.dropped
        if found.question is not None:
            json.dumps(found.question.to_data(), allow_nan=False)


@pytest.mark.parametrize("data", [item("", "<p/>"), package({}), zipped(a="x"), b"PK\x03\x04"])
def test_only_qti_looks_like_qti(data):
    looking = [name for name, format_ in FORMATS.items() if format_.looks_like(data)]
    assert looking in (["qti"], [])
    assert bool(looking) == (b"assessmentItem" in data or b"imsmanifest.xml" in data)

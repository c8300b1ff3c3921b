"""Moodle XML that means harm, or is not what it says: one sentence, and quickly."""

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preau.kit.errors import PreauError
from preau.kit.questions.formats import moodle_xml
from tests.kit.questions.test_moodle_xml import TRUE, question, quiz

LOL = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
LAUGHS = f'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY l0 "lol">{LOL}]><quiz>&l9;</quiz>'.encode()
BIG = 50 << 20


@pytest.mark.parametrize(
    "data",
    [
        LAUGHS,
        b'<!DOCTYPE q [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>&x;</quiz>',
        b'<!DOCTYPE q [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x">%x;]><quiz/>',
        b"<!DOCTYPE quiz><quiz/>",
        b"<!--" + b" " * BIG + b"-->" + LAUGHS[21:],
    ],
)
def test_entities_and_document_types_are_refused(data):
    with pytest.raises(PreauError, match="declares entities or a document type"):
        moodle_xml.read(data)


@pytest.mark.parametrize("inside", ["<quiz>{}</quiz>", "<quiz><question type='essay'>{}"])
def test_what_is_too_deep_is_refused(inside):
    data = inside.format("<a>" * 100_000 + "</a>" * 100_000).encode()
    with pytest.raises(PreauError, match="line 1: more than 50 elements are inside each other"):
        moodle_xml.read(data)


def test_a_long_attribute_takes_no_longer_than_its_length():
    report = moodle_xml.read(b'<quiz><thing name="' + b"x" * BIG + b'"/></quiz>')
    assert report.lost == 1


def test_many_files_of_one_name_take_no_longer_than_their_number():
    files = "".join(
        f'<file name="a.png" path="/{n}/" encoding="base64">{n:08d}</file>' for n in range(20_000)
    )
    (item,) = moodle_xml.read(quiz(question("truefalse", TRUE, extra=files))).items
    assert item.images == 20_000


@pytest.mark.parametrize("given_", ["html", "markdown", "plain_text", "moodle_auto_format"])
@pytest.mark.parametrize("piece", ["![a](", " ", " \n", "<", "&", "[", "*a ", "@@PLUGINFILE@@/"])
def test_a_text_takes_no_longer_than_its_length(given_, piece):
    part = question("essay", text=piece * 200_000).replace('"html"', f'"{given_}"')
    assert moodle_xml.read(quiz(part)).taken == 1


MANY = 200_000


@pytest.mark.parametrize(
    "text",
    [
        "{1:SA:" * MANY,
        "{1:SA:=a}" + "{1:SA:=b" * MANY,
        "{" * MANY,
        "{1:MC:" + "~" * MANY + "}",
        "{1:MC:=a" + "#" * MANY + "}",
        "{1:MC:=a" + "\\}" * MANY + "}",
        "{1:MC:=a" + "&~" * MANY + "}",
        "{1:MC:" + "%1" * MANY + "}",
        "{1:SA:=a}" * MANY,
        "{" + "1" * MANY + ":SA:=a}",
        "{" + "1" * MANY,
        "{1:SA:=" + "&#" * MANY + "}",
        "{1:NM:=" + "1" * MANY + "x}",
        "{1:NM:=1:" + "1" * MANY + "}",
        "{1:FOO:" * MANY,
        "{#1}" * MANY,
        "{1:SA:={1:SA:={1:" * MANY + "}" * MANY,
    ],
)
def test_places_take_no_longer_than_their_text(text):
    (item,) = moodle_xml.read(quiz(question("cloze", text=text))).items
    assert item.question is not None or item.dropped


DATASET = (
    "<dataset_definitions><dataset_definition><name><text>a</text></name><minimum><text>1</text>"
    "</minimum><maximum><text>2</text></maximum>{}</dataset_definition></dataset_definitions>"
)


@pytest.mark.parametrize(
    "formula",
    [
        "(" * MANY,
        "-" * 900 + "1",
        "2**" * 300 + "2",
        "{a}" + "+{a}" * 240 + "/0",
        "{a}" * MANY,
        "a" * MANY,
        "sin" * MANY + "(",
        "{=" * MANY,
        "9" * 900 + "**" + "9" * 90,
        "__import__('os').system('true')",
        "().__class__.__bases__",
        "system({a})",
        "`true`",
        "{a}; print(1)",
        "[x for x in {a}]",
        "lambda: {a}",
    ],
)
@pytest.mark.parametrize("kind", ["calculated", "calculatedmulti"])
def test_no_formula_takes_long_or_runs(kind, formula):
    inner = f"<answer fraction='100'><text>{{={formula}}}</text></answer>"
    if kind == "calculated":
        inner = f"<answer fraction='100'><text>{formula}</text></answer>"
    (item,) = moodle_xml.read(quiz(question(kind, inner + DATASET.format("")))).items
    assert item.question is not None or item.dropped


@pytest.mark.parametrize("text", ["{={a}" * MANY, "{=" * MANY, "{=" + "a" * MANY, "{={a}}" * MANY])
def test_formulas_in_a_text_take_no_longer_than_it(text):
    inner = "<answer fraction='100'><text>{a}</text></answer>" + DATASET.format("")
    assert moodle_xml.read(quiz(question("calculated", inner, text))).taken == 1


def test_huge_counts_of_parts_are_refused_or_left_out():
    right = "<answer fraction='100'><text>{a}</text></answer>"
    values = "<dataset_item><number>1</number><value>1</value></dataset_item>" * 50_000
    parts = [
        question("calculated", right * 20_000 + DATASET.format("")),
        question("calculated", right + DATASET.format(f"<dataset_items>{values}</dataset_items>")),
        question("cloze", text="{1:SA:=a}" * 1000),
        question("ddmarker", "<drag><no>1</no><text>a</text></drag>" * 20_000),
    ]
    report = moodle_xml.read(quiz(*parts))
    assert [item.question is not None for item in report.items] == [False, True, False, False]
    assert "more than 20 formulas" in report.items[0].dropped[0]
    assert "The file's values (50000 of each) are left out" in report.items[1].dropped[0]
    assert "more than 999 places" in report.items[2].dropped[0]


def test_a_long_word_of_html_takes_no_longer_than_its_length():
    for piece in ("&lt;sup&gt;1", "&lt;a ", "&lt;", "&amp;", "&lt;br"):
        inner = f"<dragbox><text>{piece * MANY}</text></dragbox>"
        assert moodle_xml.read(quiz(question("ddwtos", inner, "[[1]]"))).items


def test_a_long_file_is_held_one_question_at_a_time():
    one = question("essay", text="x" * 20_000)
    data = quiz(*[question("unknown", text="x" * 20_000)] * 1500, one)
    tracemalloc.start()
    try:
        report = moodle_xml.read(data)
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (report.taken, len(report.items)) == (1, 1501)
    assert most < len(data) / 4


@pytest.mark.parametrize(
    ("declared", "real", "said"),
    [
        ("iso-8859-1", "utf-8", "says that it is iso8859-1, but it is UTF-8"),
        ("windows-1252", "utf-8", "says that it is cp1252, but it is UTF-8"),
        ("iso-8859-1", "utf-8-sig", "but it is UTF-8"),
        ("iso-8859-1", "cp1252", "only Windows"),
        ("utf-8", "latin-1", "this is not UTF-8|line 1"),
        ("utf-16", "utf-8", "line 1"),
        ("us-ascii", "utf-8", "line 1"),
        ("utf-7", "utf-8", "line 1|encoding"),
        ("shift_jis", "shift_jis", "encoding|line 1"),
        ("no-such", "utf-8", "not known"),
    ],
)
def test_an_encoding_that_is_not_the_file_s_is_refused(declared, real, said):
    text = "テスト" if real == "shift_jis" else "prix’ été" if real == "cp1252" else "été"
    part = question("truefalse", TRUE, text=text)
    data = f'<?xml version="1.0" encoding="{declared}"?><quiz>{part}</quiz>'.encode(real)
    with pytest.raises(PreauError, match=said):
        moodle_xml.read(data)


@pytest.mark.parametrize(
    ("declared", "real"),
    [("windows-1252", "cp1252"), ("iso-8859-15", "iso-8859-15"), ("UTF-8", "utf-8-sig")],
)
def test_other_encodings_are_read(declared, real):
    part = question("truefalse", TRUE, text="œuvre à 5 €")
    data = f'<?xml version="1.0" encoding="{declared}"?><quiz>{part}</quiz>'.encode(real)
    assert moodle_xml.read(data).questions[0].stem == "œuvre à 5 €"


def test_broken_xml_is_refused_with_its_place():
    with pytest.raises(PreauError, match=r"^line 3, column 3: mismatched tag\.$"):
        moodle_xml.read(b"<quiz>\n<question>\n</quiz>")
    with pytest.raises(PreauError, match="line 2, column 2: this is not UTF-8, and the file names"):
        moodle_xml.read("<quiz>\n é</quiz>".encode("latin-1"))


def test_text_beside_the_questions_is_told_once():
    report = moodle_xml.read(quiz("some\ntext", question("truefalse", TRUE)))
    assert [item.mapped_to for item in report.items] == [None, "true-false"]


tags = st.sampled_from(
    ["quiz", "question", "name", "text", "questiontext", "answer", "file", "single", "units",
     "unit", "hint", "tags", "tag", "category", "subquestion", "feedback", "dragbox", "tolerance",
     "penalty", "defaultgrade", "gradingtype", "attachments", "hidden", "drag", "drop", "no",
     "choice", "coords", "shape", "infinite", "noofdrags", "dataset_definitions",
     "dataset_definition", "dataset_items", "dataset_item", "minimum", "decimals", "xleft"]
)  # fmt: skip
kinds = st.sampled_from(
    ["category", "multichoice", "truefalse", "shortanswer", "numerical", "matching", "ordering",
     "essay", "description", "gapselect", "ddwtos", "cloze", "calculated", "calculatedmulti",
     "ddmarker", "ddimageortext", ""]
)  # fmt: skip
values = st.sampled_from(
    [
        "",
        "1",
        "-1",
        "NaN",
        "1e999",
        "true",
        "@@PLUGINFILE@@/x",
        "é",
        "[[1]]",
        "{1:NM:=1}",
        "{={a}}",
        "1,2;3",
    ]
)
trees = st.recursive(
    values,
    lambda inner: st.builds(
        lambda tag, kind, value, parts: (
            f'<{tag} type="{kind}" fraction="{value}" name="{value}">{"".join(parts)}</{tag}>'
        ),
        tags, kinds, values, st.lists(inner, max_size=5),
    ),
    max_leaves=30,
)  # fmt: skip


@given(kinds, st.lists(trees, max_size=6))
def test_any_tree_is_questions_or_refused(kind, parts):
    data = quiz(f'<question type="{kind}">{"".join(parts)}</question>')
    report = moodle_xml.read(data)
    for item in report.items:
        assert item.question is not None or item.dropped

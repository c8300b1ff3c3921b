"""The plain part of YAML that course folders are written in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preau.learn.courses.folder.yaml_lines import YamlError, read_yaml


def read(text: str):
    return read_yaml(text.encode()).data


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"), ("yes", "yes"), ("on", "on"), ("y", "y"), ("true", True), ("TRUE", True),
        ("tRUE", "tRUE"), ("null", None), ("~", None), ("nULL", "nULL"), ("12", 12), ("-3", -3),
        ("010", 10), ("0x1F", "0x1F"), ("1_000", "1_000"), ("1:30", "1:30"), ("1.5", 1.5),
        ("1e5", 1e5), (".5", 0.5), (".inf", ".inf"), (".nan", ".nan"), ("2026-09-07", "2026-09-07"),
        ("'12'", "12"), ('"no"', "no"), ("'~'", "~"), ('"\\x41"', "A"), ("é", "é"), ("=", "="),
        ("9" * 30, "9" * 30), ("<<", "<<"),
    ],
)  # fmt: skip
def test_a_scalar_means_what_it_looks_like(text, value):
    assert read(f"a: {text}\n") == {"a": value}


def test_names_are_always_words():
    assert read("no: 1\n12: 2\n~: 3\n") == {"no": 1, "12": 2, "~": 3}


def test_it_knows_the_line_of_every_value():
    lined = read_yaml(b"a: 1\nb:\n  - x\n  - c: 2\n    d: [1,\n      2]\n")
    wanted = {(): 1, ("a",): 1, ("b",): 2, ("b", 0): 3, ("b", 1, "d"): 5, ("b", 1, "d", 1): 6}
    assert {path: lined.line(path) for path in wanted} == wanted
    assert lined.line(("b", 1, "missing", "deep")) == 4


@given(
    st.binary(max_size=60)
    | st.text("ab:-?[]{},&*!|>'\"%@`#~ \n\t\\u0U{}", max_size=40).map(str.encode)
)
def test_any_bytes_are_read_or_refused_by_line(content):
    try:
        read_yaml(content)
    except YamlError as error:
        line, said = error.line, str(error)
    else:
        return
    assert 1 <= line <= content.count(b"\n") + content.count(b"\r") + 2
    assert said

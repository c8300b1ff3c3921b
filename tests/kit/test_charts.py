"""Charts: well-formed pictures whose shapes are as large as the numbers, whatever the words."""

import re
from itertools import pairwise

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from preau.kit.charts import curves, heat_map, stacked_bars, standalone
from preau.kit.charts.scale import Scale, short, spread

SVG = "{http://www.w3.org/2000/svg}"
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
COUNTS = st.integers(0, 10**9)


@given(st.floats(0.001, 1e12))
def test_the_axis_ends_at_a_round_number_not_below_the_most(most):
    scale = Scale(most, 300, 0)
    assert scale.marks[0] == 0
    assert scale.marks[-1] == pytest.approx(scale.top)
    assert scale.top >= most * 0.999999
    assert 1 <= len(scale.marks) - 1 <= 6
    assert float(f"{scale.step:.2g}") == pytest.approx(scale.step)
    assert -1e-6 <= scale.place(most) <= 300


@given(st.integers(1, 5000), st.integers(1, 40))
def test_labels_are_spread_and_never_too_many(count, most):
    shown = spread(count, most)
    assert shown[0] == 0
    assert len(shown) <= most
    assert len({b - a for a, b in pairwise(shown)}) <= 1


@pytest.mark.parametrize(
    ("value", "said"), [(0, "0"), (2.5, "2.5"), (2500, "2.5k"), (4e6, "4M"), (1.25e9, "1.25G")]
)
def test_numbers_of_an_axis_are_short(value, said):
    assert short(value) == said


@given(st.lists(st.tuples(WORDS, COUNTS, COUNTS), min_size=1, max_size=20), WORDS, WORDS)
def test_bars_are_as_high_as_their_numbers(rows, title, words):
    labels = [label for label, _one, _two in rows]
    parts = {"one": [one for _l, one, _t in rows], "two": [two for _l, _o, two in rows]}
    picture = stacked_bars(title, words, labels, parts)
    root = fromstring(str(picture))
    assert root.get("aria-label") == words
    assert root.get("role") == "img"
    found = [
        float(it.get("height"))
        for it in root.iter(f"{SVG}rect")
        if it.find(f"{SVG}title") is not None
    ]
    values = [value for row in rows for value in row[1:] if value]
    assert len(found) == len(values)
    most = max(values, default=0)
    for height, value in zip(found, values, strict=True):
        assert height <= 245
        if value == most:
            assert height == pytest.approx(max(found), abs=0.02)


@given(st.lists(st.lists(COUNTS, min_size=3, max_size=3), min_size=1, max_size=7))
def test_the_most_is_the_darkest(values):
    picture = heat_map("Heat", "words", [str(it) for it in range(len(values))], list("abc"), values)
    levels = [int(it) for it in re.findall(r"heat-(\d+)", str(picture))]
    flat = [value for line in values for value in line]
    assert len(levels) == len(flat)
    assert max(levels) == (10 if max(flat) else 0)
    assert levels[flat.index(max(flat))] == max(levels)


@given(st.lists(COUNTS, max_size=50))
def test_a_curve_has_a_point_for_each_value(values):
    picture = curves("Curve", "words", [str(it) for it in range(len(values))], {"one": values})
    (line,) = re.findall(r'<polyline class="curve[^"]*" points="([^"]*)"', str(picture))
    assert len(line.split()) == len(values)


def test_a_file_of_its_own_has_its_colours_and_nothing_from_elsewhere():
    text = standalone(stacked_bars("<b>&", 'a "quoted" word', ["<x>"], {"<i>": [3]}))
    root = fromstring(text)
    assert root.find(f"{SVG}style") is not None
    assert root.get("width") == "800"
    assert "<script" not in text
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
    assert not root.findall(f".//{SVG}b")

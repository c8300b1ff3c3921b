"""The rubric for marking by hand is a table in the notes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preau.kit.questions.rubric import Criterion, Level, rubric_in, share_of

RUBRIC = """
<p>Mark the method, then the result.</p>
<table class="wide rubric"><caption>For 8 points</caption>
  <thead><tr><th>Criterion</th><th>Not yet</th><th>Well</th></tr></thead>
  <tbody>
    <tr><th scope="row">The <em>method</em></th>
      <td>0</td><td>2: some steps</td><td>5 – every step<br>is said</td></tr>
    <tr><td>The result</td><td>0 no number</td><td>1,5: a number</td><td>3: its unit, too</td></tr>
  </tbody>
</table>
"""


def test_criteria_and_their_levels():
    assert rubric_in(RUBRIC) == (
        Criterion(
            "The method",
            (Level(0.0, ""), Level(2.0, "some steps"), Level(5.0, "every step is said")),
        ),
        Criterion(
            "The result",
            (Level(0.0, "no number"), Level(1.5, "a number"), Level(3.0, "its unit, too")),
        ),
    )


def rows(*cells: str) -> str:
    return f"<table class='rubric'><tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr></table>"


@pytest.mark.parametrize(
    ("cell", "level"),
    [
        ("2", Level(2.0, "")),
        (" 2 : every\nstep ", Level(2.0, "every step")),
        ("0,5: half", Level(0.5, "half")),
        ("0.125 an eighth", Level(0.125, "an eighth")),
        ("1234: all", Level(1234.0, "all")),
        ("2, and 3 more", Level(2.0, ", and 3 more")),
        ("2 &lt; 3 &amp; 4", Level(2.0, "< 3 & 4")),
        ("2 <![x[ a", Level(2.0, "<![x[ a")),
        ("2 a<!-- 3 --> b<script>4</script>", Level(2.0, "a b")),
        ('2 <img src="a.png" alt="as here">', Level(2.0, "as here")),
        # What has no points is no level.
        ("well done", None),
        ("", None),
        ("-1: wrong", None),
        ("12345: too many", None),
        ("1.2345", None),
        ("1.2.3", None),
        ("&#" + "9" * 5000 + ";", None),
    ],
)
def test_a_level_begins_with_its_points(cell, level):
    (criterion,) = rubric_in(rows("Method", cell, "5: last"))
    assert criterion == Criterion("Method", (*([level] if level else []), Level(5.0, "last")))


@pytest.mark.parametrize(
    "notes",
    [
        "",
        "Mark as you like.",
        "<table><tr><td>Method</td><td>1: said</td></tr></table>",
        "<table class='rubrics'><tr><td>Method</td><td>1: said</td></tr></table>",
        "<table data-class='rubric'><tr><td>Method</td><td>1: said</td></tr></table>",
        "<table title='class=rubric'><tr><td>Method</td><td>1: said</td></tr></table>",
        "<div class='rubric'><table><tr><td>Method</td><td>1: said</td></tr></table></div>",
        "<!-- <table class='rubric'><tr><td>Method</td><td>1: said</td></tr></table> -->",
        "&lt;table class='rubric'&gt;<tr><td>Method</td><td>1: said</td></tr></table>",
        "<table class='rubric'></table><tr><td>Method</td><td>1: said</td></tr>",
        "<table class='rubric'>Method 1: said",
        rows("Method"),
        rows("Method", "0: nothing to earn", "0"),
        rows("", "1: of what?"),
    ],
)
def test_no_rubric(notes):
    assert rubric_in(notes) == ()


METHOD = (Criterion("Method", (Level(1.0, "said"), Level(2.0, "shown"))),)
ROW = "<tr><td>Method<td>1: said<td>2: shown"


@pytest.mark.parametrize(
    "notes",
    [
        rows("Method", "1: said", "2: shown"),
        f"<table class=rubric>{ROW}</table>",
        f"<TABLE CLASS='Big rubric'>{ROW.upper()}</TABLE>".replace("METHOD", "Method")
        .replace("SAID", "said")
        .replace("SHOWN", "shown"),
        f"<table class='rubric'>{ROW}",
        f"<table class='rubric'>{ROW.removeprefix('<tr>')}</table>",
        "<table class='rubric'><tr><td colspan='2'>Method<td colspan='3'>1: said<td>2: shown</table>",
        # Beside and around it are other tables.
        f"<table class='dates'><tr><td>Not this</td><td>9: no</td></tr></table>{rows('Method', '1: said', '2: shown')}",
        f"<table><tr><td>{rows('Method', '1: said', '2: shown')}</td><td>9: no</td></tr></table>",
        f"<table class='rubric'>{ROW}</table>{rows('A second one', '3: is not read')}",
    ],
)
def test_the_first_table_of_the_class_is_read(notes):
    assert rubric_in(notes) == METHOD


def test_a_table_in_a_cell_is_its_words():
    inner = "<table class='rubric'><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"
    assert rubric_in(
        "<table class='rubric'><tr><td>Method</td><td>1: as " + inner + " has it</td></tr>"
        "<tr><td>Result</td><td>2</td></tr></table>"
    ) == (
        Criterion("Method", (Level(1.0, "as a b c has it"),)),
        Criterion("Result", (Level(2.0, ""),)),
    )


def test_there_are_fifty_criteria_and_levels_at_most():
    cells = "<td>Method</td>" + "<td>1</td>" * 99
    criteria = rubric_in(f"<table class='rubric'>{f'<tr>{cells}</tr>' * 99}</table>")
    assert len(criteria) == len(criteria[0].levels) == 50


def test_the_share_is_what_was_earned_of_the_best_levels():
    criteria = rubric_in(RUBRIC)
    assert share_of(criteria, [2, 2]) == 1.0
    assert share_of(criteria, [0, 0]) == 0.0
    assert share_of(criteria, [1, 1]) == pytest.approx(3.5 / 8)


signs = ["<table class=rubric>", "<table>", "</table>", "<tr>", "<td>", "</td>", "<th", ">", "<",
         "=", "'", '"', "<!--", "-->", "<script>", "<![x[", "&#9", "Method", "1: ", "2,5", " ", "٣",
         "9999.999"]  # fmt: skip
notes = st.one_of(
    st.text(),
    st.lists(st.sampled_from(signs), max_size=30).map("".join),
    st.lists(st.lists(st.sampled_from(["Method", "0", "1: a", "0,1", "0.7", "9999,999 b", "c"])))
    .map(lambda table: "".join(f"<tr>{''.join(f'<td>{it}' for it in row)}" for row in table))
    .map("<table class=rubric>{}".format),
)


@given(notes, st.data())
def test_whatever_is_in_the_notes_gives_a_share_of_the_mark(source, data):
    criteria = rubric_in(source)
    if criteria:
        chosen = [data.draw(st.integers(0, len(it.levels) - 1)) for it in criteria]
        assert 0 <= share_of(criteria, chosen) <= 1


@pytest.mark.parametrize("begin", ["", "<table class=rubric><tr><td>a<td>1", "<table class='"])
@pytest.mark.parametrize(
    "piece", ["<a ", "<a='", "<table>", "<table class=rubric>", "<td>", "<tr>", "<![x[", "9", "a="]
)
def test_long_notes_are_read_once(begin, piece):
    """No pattern may go over the notes again and again: this would take hours."""
    rubric_in(begin + piece * (100_000 // len(piece)))

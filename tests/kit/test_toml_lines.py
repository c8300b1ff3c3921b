"""Finding lines in TOML, however it is laid out."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preau.kit.toml_lines import line_of_error, lines_of

DECOYS = (
    '''"""\n[server]\nport = 1\n# not a remark\n"""''',
    "'''\n[mail]\nhost = 'x'\n'''",
    '[\n  "a", # [server]\n  "port = 2",\n]',
    '"# no remark, [no] table"',
    "{ port = 4, host = 'h' }",
    "1979-05-27T07:32:00Z",
    "0.5",
)
names = st.sampled_from(["port", "host", "name", '"a.b"', "'c d'", "e.f", "g . h"])
noise = st.lists(
    st.sampled_from(["", "   ", "# a remark", '# x = """', "\t# [server]"]), max_size=3
)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "[server]", "  [ mail ]  # here", '["mail".inner]', "[[many]]"]),
            st.lists(st.tuples(noise, names, st.sampled_from(DECOYS)), max_size=4),
        ),
        max_size=5,
    )
)
def test_the_line_of_every_value_is_found_however_it_is_written(tables):
    text, where = "", []
    for number, (header, entries) in enumerate(tables):
        text += f"{header}\n"
        for place, (blank, name, value) in enumerate(entries):
            text += "".join(f"{line}\n" for line in blank)
            unique = f"k{number}_{place}"
            where.append((unique, text.count("\n") + 1))
            text += f"  {unique}.{name} = {value}\n"
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:  # the same table twice
        return
    lines = {path[-1]: line for path, line in lines_of(text).items() if path[-1].startswith("k")}
    assert lines == dict(where)


def test_tables_dotted_names_and_inline_tables_all_have_their_line():
    text = '[server]\nport = 1\n\n[mail]\nlimits.low = 2\nfrom = { name = "x" }\n["a.b"]\n'
    assert lines_of(text) == {
        ("server",): 1,
        ("server", "port"): 2,
        ("mail",): 4,
        ("mail", "limits"): 5,
        ("mail", "limits", "low"): 5,
        ("mail", "from"): 6,
        ("mail", "from", "name"): 6,
        ("a.b",): 7,
    }


@pytest.mark.parametrize(
    ("text", "line"),
    [("a = 1\nb = \n", 2), ("[a\n", 1), ("a = 1\n\nb = [1,\n2", 4), ('a = """\n\n', 2)],
)
def test_a_syntax_error_has_its_line(text, line):
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads(text)
    assert line_of_error(caught.value, text) == line

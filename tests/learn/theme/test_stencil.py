"""Pages that everybody shares, but for a few holes."""

from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from preau.learn.theme.stencil import Shelf, Stencil, clear_shelves, hole, without_holes


def filled(page: bytes) -> str:
    return page.decode()


def test_each_hole_is_filled_with_its_value():
    page = Stencil(f"<p>{hole('name')}, {hole('count')}; {hole('name')}</p>")
    assert page.names == {"name", "count"}
    assert filled(page.fill({"name": "Ada", "count": "3"})) == "<p>Ada, 3; Ada</p>"
    assert filled(page.fill({"name": "Noah", "count": "0"})) == "<p>Noah, 0; Noah</p>"


def test_a_hole_without_a_value_is_left_empty():
    assert filled(Stencil(f"a{hole('b')}c").fill({})) == "ac"
    assert filled(Stencil(f"a{hole('b')}c").fill({"d": "e"})) == "ac"


def test_a_page_without_holes_is_itself():
    page = Stencil("<p>x</p>")
    assert page.names == frozenset()
    assert filled(page.fill({"x": "y"})) == "<p>x</p>"


def test_a_template_leaves_holes_alone_and_escapes_the_rest():
    page = Stencil(Template("{{ a }}{{ b }}").render(Context({"a": hole("token"), "b": "<b>"})))
    assert page.names == {"token"}
    assert filled(page.fill({"token": "1"})) == "1&lt;b&gt;"


def test_a_value_is_never_taken_for_a_hole():
    page = Stencil(f"{hole('a')}{hole('b')}")
    assert filled(page.fill({"a": hole("b"), "b": "secret"})) == hole("b") + "secret"


def test_what_was_encoded_already_goes_in_as_it_is():
    page = Stencil(f"é{hole('a')}{hole('b')}")
    assert page.fill({"a": "€".encode(), "b": "ß"}) == "é€ß".encode()


def test_text_from_outside_makes_no_hole():
    assert without_holes(f"a{hole('csrf_token')}b") == "acsrf_tokenb"
    assert Stencil(without_holes("\ue0f0a\ue0f1 \ue0f1b\ue0f0")).names == frozenset()


@given(
    st.lists(st.tuples(st.text(), st.sampled_from(["a", "b", "c d", "é"]))),
    st.dictionaries(st.sampled_from(["a", "b", "c d", "é"]), st.text()),
)
def test_filling_replaces_the_holes_and_nothing_else(parts, values):
    pieces = [(without_holes(text), name) for text, name in parts]
    page = Stencil("".join(text + hole(name) for text, name in pieces))
    assert page.names == {name for _text, name in pieces}
    assert filled(page.fill(values)) == "".join(
        text + values.get(name, "") for text, name in pieces
    )


def test_a_shelf_makes_each_thing_once():
    made = []
    shelf = Shelf(size=3)
    for key in ("a", "b", "a", "a", "b"):
        assert shelf.take(key, lambda key=key: made.append(key) or key.upper()) == key.upper()
    assert made == ["a", "b"]


def test_a_shelf_forgets_the_oldest_when_it_is_full():
    made = []
    shelf = Shelf(size=2)

    def take(key):
        return shelf.take(key, lambda: made.append(key) or key)

    for key in ("a", "b", "c", "b", "c", "a"):
        take(key)
    assert made == ["a", "b", "c", "a"]


def test_a_shelf_that_fails_to_make_something_keeps_nothing():
    shelf = Shelf(size=2)
    try:
        shelf.take("a", lambda: 1 / 0)
    except ZeroDivisionError:
        failed = True
    assert failed
    assert shelf.take("a", lambda: "made") == "made"


def test_shelves_are_emptied_on_demand():
    first, second = Shelf(size=1), Shelf(size=1)
    first.take("a", lambda: "old")
    second.take("a", lambda: "old")
    first.clear()
    assert first.take("a", lambda: "new") == "new"
    assert second.take("a", lambda: "new") == "old"
    clear_shelves()
    assert second.take("a", lambda: "new") == "new"

"""The words of HTML."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preau.kit.questions.plain import label_of, plain_lines, plain_text


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("", ""),
        ("x<sup>2</sup>", "x2"),
        ("<p>a</p><p>b<br>c</p>", "a b c"),
        ("1 &lt; 2 &amp;&nbsp;3", "1 < 2 & 3"),
        ("<b>&lt;p&gt;</b>", "<p>"),
        ('<img src="x" alt="the &lt; sea">', "the < sea"),
        ("<img alt='a < b < c'>d", "a < b < c d"),
        ('<IMG data-alt="no" ALT=sea>', "sea"),
        ('a<img alt="&#' + "9" * 5000 + ';">', "a \ufffd"),
        ('<a title="x>y">k</a>', "k"),
        ("<b title=it's>x</b> it's", "x it's"),
        ("a<!-- b --> c<!-- d", "a c"),
        ("a<!---->b<!-->c<!--->d", "abcd"),
        ("a<script>if (a<b) {}</script>c<STYLE>p {}</Style >d", "a c d"),
        ("<!DOCTYPE html><?xml?>a", "a"),
        # What is no markup is text.
        ("a < b", "a < b"),
        ("&am<b>p;</b> &lt<b>;</b>", "&amp; <;"),
        ("a<b", "a<b"),
        ("a<b = 3 and c<i>d</i>", "a<b = 3 and cd"),
        ("<![x[ a", "<![x[ a"),
        ("&#" + "9" * 5000 + ";", "\ufffd"),
    ],
)
def test_words(source, words):
    assert plain_text(source) == words


@given(st.text())
def test_text_that_was_escaped_is_itself(text):
    assert plain_text(html.escape(text)) == " ".join(html.unescape(html.escape(text)).split())


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("", []),
        ("<p> </p><p></p>", []),
        ("<p>a <b>b</b></p>\n<p>c<br>d</p>", ["a b", "c", "d"]),
        ("a<div>b</div>c", ["a", "b", "c"]),
        ("<ul><li>a<ul><li>b</li></ul></li></ul><hr><h2>c</h2>d", ["a", "b", "c", "d"]),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</table>d", ["a b", "c", "d"]),
        ("<p>a line\nthat goes on</p>", ["a line that goes on"]),
        ("<pre>if a:\n    b\n</pre>c\nd", ["if a:", "b", "c d"]),
        ("x<sup>2</sup> &lt;p&gt;", ["x2 <p>"]),
        ("<p><img alt='the\nsea'></p><style>p {}</style>", ["the sea"]),
        ("<![x[ a", ["<![x[ a"]),
        ("&#" + "9" * 5000, ["\ufffd"]),
        ("&#" + "9" * 5000 + "<br>b", ["\ufffd", "b"]),
    ],
)
def test_a_line_for_each_block(source, lines):
    assert plain_lines(source).split("\n") == (lines or [""])


pieces = st.lists(st.sampled_from([*"<>/!-\"'=& ab", "<!--", "-->", "<script", "&#9", "<img alt="]))


@given(st.one_of(st.text(), pieces.map("".join)))
def test_every_text_has_words_in_one_line(source):
    for words in (plain_text(source), label_of(source)):
        assert words == " ".join(words.split())
    lines = plain_lines(source)
    assert all(line and line == " ".join(line.split()) for line in lines.split("\n") if lines)


@pytest.mark.parametrize("read", [plain_text, plain_lines])
@pytest.mark.parametrize("begin", ["", "<", "<a", "<a b='", "<img alt", "<!--", "<pre>"])
@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "<",
        "<a ",
        "<a =",
        "<a='",
        '<a="<',
        "='\"",
        " ",
        "&#9",
        "&",
        "<!--",
        "<![x[",
        "<p>",
        "9",
    ],
)
def test_a_long_text_is_read_once(read, begin, piece):
    """No pattern may go over the text again and again: this would take hours."""
    read(begin + piece * (100_000 // len(piece)))


def test_what_has_no_words_is_called_by_its_source():
    assert label_of("<p>sea</p>") == "sea"
    assert label_of('<img\n src="a.png">') == '<img src="a.png">'

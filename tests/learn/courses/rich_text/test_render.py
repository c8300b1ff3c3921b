"""What authors write, and what learners get."""

import pytest

from preau.learn.courses.rich_text import Problem, render
from preau.learn.courses.rich_text.render import resolve


def html_of(text: str) -> str:
    return render(text).html.strip()


def test_an_image_alone_on_its_line_becomes_a_figure_with_a_caption():
    assert html_of('![A sine](figures/sine.svg "One *period*")') == (
        '<figure><img src="figures/sine.svg" alt="A sine" loading="lazy">'
        "<figcaption>One <em>period</em></figcaption></figure>"
    )


def test_an_image_within_a_line_stays_there():
    assert html_of("See ![A sine](sine.svg) here") == (
        '<p>See <img src="sine.svg" alt="A sine"> here</p>'
    )


def test_a_formula_in_an_alternative_text_is_text():
    assert 'alt="A wave of f = 1/T"' in html_of("![A *wave* of $f = 1/T$](sine.svg)")


def test_a_table_scrolls_in_a_frame_that_the_keyboard_reaches():
    table = html_of("| a |\n|---|\n| 1 |")
    assert table.startswith('<div class="table-scroll" tabindex="0"><table>')
    assert table.endswith("</table></div>")


def test_tables_written_in_html_scroll_too():
    table = html_of(
        '<table class="wide"><tr><td><table><tr><td>1</td></tr></table></td></tr></table>'
    )
    assert table.count('<div class="table-scroll" tabindex="0"><table') == 2
    assert table.count("</table></div>") == 2


def test_a_hint_opens_on_demand():
    assert html_of("::: hint Need *help*?\nYes.\n:::") == (
        '<details class="remark hint"><summary>Need <em>help</em>?</summary>\n<p>Yes.</p>\n</details>'
    )


@pytest.mark.parametrize("kind", ["note", "example", "warning", "question"])
def test_a_remark_is_framed_and_may_have_a_title(kind):
    assert html_of(f"::: {kind} Look\nHere.\n:::") == (
        f'<aside class="remark {kind}"><p class="remark-title">Look</p>\n<p>Here.</p>\n</aside>'
    )
    assert (
        html_of(f"::: {kind}\nHere.\n:::") == f'<aside class="remark {kind}"><p>Here.</p>\n</aside>'
    )


@pytest.mark.parametrize(
    ("latex", "parts"),
    [
        ("f = 1/T", ["<mi>f</mi><mo>=</mo><mn>1</mn><mo>/</mo><mi>T</mi>"]),
        (
            r"\frac{1}{2\pi}",
            ["<mfrac><mrow><mn>1</mn></mrow><mrow><mn>2</mn><mi>π</mi></mrow></mfrac>"],
        ),
        (r"x_1^2", ["<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>"]),
        (r"\sqrt{x}", ["<msqrt><mrow><mi>x</mi></mrow></msqrt>"]),
        (r"3{,}1", ["<mn>3,1</mn>"]),
        (r"a < b", ["<mo>&lt;</mo>", 'alttext="a &lt; b"']),
        (r"\text{if } x", ["<mtext>if\xa0</mtext>"]),
        (r"\sum_{n=0}^{\infty} a_n", ["∑", "∞"]),
        (r"\begin{pmatrix} 1 & 0 \\ 0 & 1 \end{pmatrix}", ["<mtable>", "<mtd><mn>1</mn></mtd>"]),
    ],
)
def test_a_formula_becomes_mathml_that_keeps_its_latex(latex, parts):
    html = html_of(f"The ${latex}$ here")
    assert html.startswith("<p>The <math alttext=")
    assert 'display="inline"' in html
    for part in parts:
        assert part in html


def test_a_formula_on_its_own_lines_is_a_block_that_scrolls():
    html = html_of("$$\nf = 1/T\n$$")
    assert html.startswith('<div class="math-block" tabindex="0"><math alttext="f = 1/T"')
    assert 'display="block"' in html


def test_money_is_no_formula():
    assert html_of("It costs $ 5 and $ 6.") == "<p>It costs $ 5 and $ 6.</p>"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("$x^$", 1),
        ("a\n\nb\nc $x^$\n", 4),
        ("a  \nb\\\nc $x^$", 3),
        ("a\n\n$$\nx^\n$$", 3),
        ("- a\n- b\n  - $x^$", 3),
        ("> a\n>\n> $x^$", 3),
        ("| a |\n|---|\n| 1 |\n| $x^$ |", 4),
        ("a[^1]\n\nb\n\n[^1]: $x^$", 5),
        ("::: hint\na\n\n$x^$\n:::", 4),
        ("Term\n: $x^$", 2),
    ],
)
def test_a_wrong_formula_is_a_problem_with_its_line(text, line):
    said = "the formula “x^” can't be read (missing super script or subscript)"
    assert render(text).problems == [Problem(line, said)]


def test_an_image_needs_an_alternative_text():
    said = "the image a.svg needs a text that says what it shows: ![text](a.svg)"
    assert render("a\n\nb ![](a.svg)").problems == [Problem(3, said)]
    assert render('<img src="a.svg" alt="">').problems == []


def test_code_is_highlighted_in_the_language_that_is_named():
    html = html_of("```python\ndef f(): pass\n```")
    assert html.startswith(
        '<div class="highlight"><pre tabindex="0"><code><span class="k">def</span>'
    )
    assert "<code>&lt;b&gt;\n</code>" in html_of("```no-such-language\n<b>\n```")
    assert html_of("```\n<b>\n```") == "<pre><code>&lt;b&gt;\n</code></pre>"


def test_footnotes_lead_there_and_back():
    html = html_of("A[^one]\n\n[^one]: B")
    assert 'href="#fn1" id="fnref1"' in html
    assert '<li id="fn1" class="footnote-item"><p>B <a href="#fnref1"' in html


def test_definition_lists_strike_through_and_headings():
    assert html_of("Term\n: Meaning") == "<dl>\n<dt>Term</dt>\n<dd>Meaning</dd>\n</dl>"
    assert html_of("~~no~~") == "<p><s>no</s></p>"
    assert html_of("# One\n\n## Two\n\n###### Six") == "<h2>One</h2>\n<h2>Two</h2>\n<h6>Six</h6>"


def test_references_are_found_with_their_lines():
    rendered = render(
        "[a](activity:sine)\n![b](b.svg)\n\n[c](c%20d.pdf#page=2) [e](https://example.org) [f](#g)\n\n"
        '<img src="h.svg" alt="h"> <a href="i.pdf">i</a>'
    )
    assert rendered.activities == [("sine", 1)]
    assert rendered.files == [("b.svg", 2), ("c d.pdf", 4), ("h.svg", 6), ("i.pdf", 6)]


def test_links_point_to_where_files_and_activities_are_served():
    html = html_of("[a](activity:sine) [b](b%20c.pdf#page=2) [d](https://e.f/?g&h) [i](/j) [k](#l)")
    pointed = resolve(html, lambda name: f"/media/{name}?", lambda key: f"/learn/{key}/")
    addresses = [part.split('"')[0] for part in pointed.split('href="')[1:]]
    assert addresses == [
        "/learn/sine/",
        "/media/b c.pdf?#page=2",
        "https://e.f/?g&amp;h",
        "/j",
        "#l",
    ]


def test_the_words_for_the_search_are_those_that_are_read():
    text = "# One\n\n*Two* `three` [four](five.pdf)\n\n```python\nsix = 7\n```\n\n| eight |\n|---|\n| nine |"
    assert render(text).plain == "One Two three four six = 7 eight nine"

"""What people write in a post, and what becomes of it in the page."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preau.learn.forum.text import html_of
from tests.learn.courses.harmless import harm_in
from tests.learn.enrolments.doing import see
from tests.learn.forum.talking import begun, page_of
from tests.people import RUN, ada, signed_in

WRITTEN = {
    "**bold** and *italic*": "<p><strong>bold</strong> and <em>italic</em></p>",
    "`a < b`": "<p><code>a &lt; b</code></p>",
    "# A heading": "<p><strong>A heading</strong></p>",
    "[a](https://example.org/?x=1&y=2)": (
        '<p><a href="https://example.org/?x=1&amp;y=2" rel="noopener noreferrer">a</a></p>'
    ),
    "[the sine](activity:sine)": (
        f'<p><a href="/learn/{RUN}/sine/" rel="noopener noreferrer">the sine</a></p>'
    ),
    "[up](#post-1)": '<p><a rel="noopener noreferrer">up</a></p>',
    "[a file](film.mp4)": '<p><a rel="noopener noreferrer">a file</a></p>',
    "[no key](activity:)": '<p><a rel="noopener noreferrer">no key</a></p>',
    "![A cat](https://cats.example/1.png)": (
        '<a href="https://cats.example/1.png" rel="noopener noreferrer">A cat</a>'
    ),
    "Look: ![A cat](cat.png)": "<p>Look: A cat</p>",
    "1 < 2 & 3": "<p>1 &lt; 2 &amp; 3</p>",
    '<b class="button" id="main" style="color:red">b</b>': "<p><b>b</b></p>",
}


@pytest.mark.parametrize("written", WRITTEN)
def test_markdown_is_shown(written):
    shown = html_of(written, RUN)
    assert re.sub(r"^<figure>|</figure>$", "", shown) == WRITTEN[written]


def test_formulas_tables_and_code_are_shown_as_in_a_course():
    shown = html_of("$\\frac{1}{T}$\n\n| a |\n|---|\n| 1 |\n\n```python\nx = 'y'\n```\n", RUN)
    assert '<math alttext="\\frac{1}{T}"' in shown
    assert "<mfrac>" in shown
    assert '<div class="table-scroll" tabindex="0"><table>' in shown
    assert '<div class="highlight"><pre tabindex="0"><code>' in shown
    assert '<span class="s1">' in shown


HOSTILE = (
    "<script>alert(1)</script>x",
    "<img src=x onerror=alert(1)>x",
    "[x](javascript:alert(1))",
    "[x](  java\tscript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "![x](https://tracker.example/pixel.gif)",
    "<a href='https://x.example' onclick='alert(1)' class='button' id='main'>x</a>",
    "<div class='messages message-error' role='alert' style='position:fixed'>Sign in again</div>",
    "<form action='https://x.example'><input name=password></form>x",
    "<iframe src='https://x.example'></iframe>x",
    "<svg><script>alert(1)</script></svg>x",
    "<math><mtext><img src=x onerror=alert(1)></mtext></math>x",
    "<math href='javascript:alert(1)'>x</math>x",
    "$\\href{javascript:alert(1)}{x}$",
    "$\\style{position:fixed}{x}$",
    "$\\text{</math><script>alert(1)</script>}$",
    '<i title="<math alttext=x><script>alert(1)</script></math>">x</i>',
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "</div></article></main><h1>Another page</h1>",
    "<!-- --><style>*{display:none}</style>x",
    "\ue0f0csrf_token\ue0f1 and &#xe0f0;csrf_token&#xe0f1;",
    "<base href='https://x.example/'>x",
    "<div tabindex='5'>x</div>",
)


@pytest.mark.parametrize("written", HOSTILE)
def test_what_is_hostile_does_nothing(written):
    shown = html_of(written, RUN)
    assert is_bounded(shown), shown


class Tags(HTMLParser):
    """The tags of some HTML with their attributes."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def is_bounded(html):
    """Nothing that runs, loads, styles, submits or passes for a part of the page."""
    found = Tags(html).found
    names = {tag for tag, _attributes in found}
    given = {name for _tag, attributes in found for name in attributes}
    classes = {it for _tag, attributes in found for it in attributes.get("class", "").split()}
    addresses = [attributes["href"] for _tag, attributes in found if "href" in attributes]
    return (
        not harm_in(html)
        and not names & {"img", "video", "h1", "h2", "main", "form", "details", "section", "aside"}
        and not classes & {"button", "message", "messages", "message-error", "visually-hidden"}
        and not given & {"id", "style", "role", "src", "title"}
        and {attributes.get("tabindex", "0") for _tag, attributes in found} <= {"0"}
        and html.count("<div") == html.count("</div>")
        and all(it.startswith(("http://", "https://", "mailto:", "/")) for it in addresses)
    )


@given(
    st.lists(
        st.sampled_from([*HOSTILE, *WRITTEN, "\n", "\n\n", "> ", "- ", "`", "$", "<", '"']),
        max_size=8,
    )
)
def test_whatever_is_put_together_does_nothing(pieces):
    shown = html_of("".join(pieces), RUN)
    assert is_bounded(shown), shown


@given(st.text(max_size=200))
def test_any_text_can_be_written(text):
    assert is_bounded(html_of(text, RUN))


@pytest.mark.parametrize(
    "sign", ["> ", "- ", "[", "*", "$", "$\\frac{", "`", "<b>", "(", "![", "|", "&"]
)
def test_ten_thousand_characters_of_anything_are_read_in_a_blink(sign):
    from time import perf_counter

    begin = perf_counter()
    html_of((sign * 10_000)[:10_000], RUN)
    assert perf_counter() - begin < 5


@pytest.mark.django_db
def test_a_title_is_a_text_and_nothing_else(run):
    browser = signed_in(ada(run))
    thread = begun(browser, "<script>alert(1)</script> & \ue0f0csrf_token\ue0f1")
    for path in (page_of(thread), page_of(thread).split("forum/")[0]):
        page = see(browser, path)
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; csrf_token" in page
        assert "<script>alert" not in page

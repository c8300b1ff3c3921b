"""Judges HTML by parsing it: what an author wrote must not run, load, style or submit."""

import re
from html.parser import HTMLParser

MATHS = {
    "math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "msup", "msub", "msubsup", "mfrac",
    "msqrt", "mroot", "mover", "munder", "munderover", "mtable", "mtr", "mtd", "mstyle", "mpadded",
    "mphantom", "menclose", "mfenced", "mmultiscripts", "mprescripts", "none", "ms", "merror",
}  # fmt: skip
TAGS = MATHS | {
    "a", "abbr", "aside", "b", "blockquote", "br", "caption", "cite", "code", "col", "colgroup",
    "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h2", "h3",
    "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s",
    "samp", "section", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "u", "ul", "var",
}  # fmt: skip
ATTRIBUTES = {
    "class", "lang", "dir", "title", "href", "id", "aria-label", "src", "alt", "width", "height",
    "loading", "start", "reversed", "colspan", "rowspan", "scope", "tabindex", "role", "open",
    "rel", "xmlns", "display", "alttext", "mathvariant", "mathcolor", "mathbackground", "mathsize",
    "stretchy", "fence", "form", "separator", "largeop", "movablelimits", "accent", "accentunder",
    "lspace", "rspace", "depth", "voffset", "linethickness", "displaystyle", "scriptlevel",
    "columnalign", "columnlines", "columnspacing", "rowlines", "rowspacing", "rowalign",
    "notation", "minsize", "maxsize", "symmetric", "columnspan",
}  # fmt: skip


class _Judge(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in TAGS:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if name not in ATTRIBUTES:
                self.found.append(f"<{tag} {name}>")
            if name in {"href", "src"}:
                self._address(tag, name, value or "")

    def _address(self, tag, name, value):
        plain = "".join(value.split()).lower()
        before, colon, _ = re.split("[/?#]", plain, maxsplit=1)[0].partition(":")
        scheme = before if colon else ""
        if scheme not in {"", "http", "https", "mailto", "activity"}:
            self.found.append(f"<{tag} {name}={value}>")

    def handle_comment(self, data):
        self.found.append("<!-- -->")

    def handle_decl(self, decl):
        self.found.append("<!>")

    unknown_decl = handle_pi = handle_decl


def harm_in(html: str) -> list[str]:
    """Everything in the HTML that must not be there."""
    judge = _Judge()
    judge.feed(html)
    judge.close()
    holes = [f"U+{ord(char):04X}" for char in html if char in "\ue0f0\ue0f1"]
    return judge.found + holes

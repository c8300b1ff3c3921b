"""What HTML may survive in any rich text of the site."""

import nh3

_TAGS = {
    "a", "abbr", "aside", "b", "blockquote", "br", "caption", "cite", "code", "col", "colgroup",
    "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h2", "h3",
    "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s",
    "samp", "section", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "u", "ul", "var",
}  # fmt: skip

_ATTRIBUTES = {
    "*": {"class", "lang", "dir", "title"},
    "a": {"href", "id", "aria-label"},
    "img": {"src", "alt", "width", "height", "loading"},
    "ol": {"start", "reversed"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "div": {"tabindex", "role", "aria-label"},
    "li": {"id"},
    "details": {"open"},
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
}

_SCHEMES = {"http", "https", "mailto", "activity"}
_DROPPED_WITH_CONTENT = {"script", "style", "iframe", "object", "template", "svg", "math", "form"}


def sanitise(html: str) -> str:
    """The HTML without anything that runs, loads, styles or submits.

    Relative addresses stay: they are resolved to the course's own files. Forms, frames, SVG
    and MathML written by hand go, with all they contain.
    """
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        clean_content_tags=_DROPPED_WITH_CONTENT,
        link_rel="noopener noreferrer",
    )

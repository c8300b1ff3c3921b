"""HTML from outside (a question's texts) → clean HTML with its formulas as MathML.

Formulas are written as in Moodle: ``\\(…\\)`` in the line, ``\\[…\\]`` and ``$$…$$`` on their own.
"""

import re
from html import escape, unescape

from preau.learn.courses.rich_text.maths import to_mathml
from preau.learn.courses.rich_text.sanitise import sanitise
from preau.learn.theme.stencil import without_holes

# The sanitiser writes values in double quotes and a quote in them as a reference, so this is
# exactly one tag, and what lies between two of them is text.
_TAG = re.compile(r'(<[a-z/!][^"<>]*(?:"[^"]*"[^"<>]*)*>)')
_FORMULA = re.compile(
    r"\\\((?P<inline>[^<>]{1,2000}?)\\\)|\\\[(?P<block>[^<>]{1,2000}?)\\\]"
    r"|\$\$(?P<dollars>[^<>$]{1,2000}?)\$\$"
)


def from_html(html: str) -> str:
    """Clean HTML; a formula that can't be read stays as it is written."""
    pieces = _TAG.split(without_holes(sanitise(without_holes(html))))
    pieces[::2] = [_FORMULA.sub(_mathml, text) for text in pieces[::2]]
    return without_holes("".join(pieces))


def _mathml(match: re.Match[str]) -> str:
    latex = unescape(match["inline"] or match["block"] or match["dollars"])
    try:
        return to_mathml(latex, block=match["inline"] is None)
    except ValueError:
        return escape(unescape(match[0]), quote=False)

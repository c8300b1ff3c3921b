"""Words and labels: Moodle shows them as HTML, ours are plain text."""

import html
import re

_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]{0,20}(?:[\s/][^<>]*)?>")
_BREAK = re.compile(r"<(?:br|/p|/div|/li)\b[^<>]*>", re.IGNORECASE)
_SCRIPT = re.compile(r"<(sup|sub)>([0-9+=()-]{1,20})</\1>", re.IGNORECASE)
_RAISED = str.maketrans("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


def plain_word(text: str) -> tuple[str, bool]:
    """The words of some HTML, and whether they are all of it.

    Figures above and below the line have letters of their own: H<sub>2</sub>O is H₂O.
    """
    scripts = _SCRIPT.sub(_script, text)
    bare = _TAG.sub("", _BREAK.sub(" ", scripts))
    return re.sub(r"[ \t\r\n]+", " ", html.unescape(bare)).strip(" "), bare == scripts


def as_word(text: str) -> str:
    """Plain text as HTML that ``plain_word`` reads."""
    return html.escape(text, quote=False)


def _script(found: re.Match[str]) -> str:
    return found[2].translate(_RAISED if found[1].lower() == "sup" else _LOWERED)


def lost_format(word: str) -> str:
    """The sentence for a word that was more than its text."""
    return f"The formatting of “{word[:40]}” has no place here: a word is plain text."

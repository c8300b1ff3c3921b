"""Texts of GIFT in its four formats, as HTML."""

import html
import re
from urllib.parse import unquote

from markdown_it import MarkdownIt

from preau.kit.errors import PreauError
from preau.kit.questions.formats.gift.escapes import shown
from preau.kit.questions.formats.plain import as_html
from preau.kit.questions.question import FILES

FORMATS = ("html", "plain", "markdown", "moodle")
_PREFIX = re.compile(rf"\s*\[({'|'.join(FORMATS)})\]")
_PLUGIN_FILE = "@@PLUGINFILE@@/"  # before the name of a file, where Moodle wrote the text
_NAMED = re.compile(rf"(?:{re.escape(_PLUGIN_FILE)}|\b{re.escape(FILES)})([^\"'\s<>?#]+)")
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)(\s[^<>]*)?>")
_KNOWN = re.compile(
    "a|abbr|b|blockquote|br|code|dd|div|dl|dt|em|h[1-6r]|i|img|li|ol|p|pre|q|s|small|span|strong"
    "|su[bp]|t[dhrt]|table|tbody|thead|ul?",
    re.IGNORECASE,
)
_LONGEST = 10_000  # characters of a Markdown text: the parser's time grows with their square
_markdown = MarkdownIt("commonmark")


def format_of(text: str) -> tuple[str, str]:
    """The format that a text names, or Moodle's own; and the text behind that name."""
    found = _PREFIX.match(text)
    return (found[1], text[found.end() :]) if found else ("moodle", text)


def as_rich(text: str, format_: str) -> str:
    """A text of the file as HTML; it may name another format than the question's."""
    if found := _PREFIX.match(text):
        format_, text = found[1], text[found.end() :]
    plain = shown(text).replace(_PLUGIN_FILE, FILES)
    if format_ == "html":
        return plain
    if format_ == "markdown":
        if len(plain) > _LONGEST:
            raise PreauError(f"a Markdown text is longer than {_LONGEST} characters; split it.")
        return str(_markdown.render(plain)).strip()
    if format_ == "moodle" and _has_tags(plain):
        return re.sub(r">\s+<", "><", plain).replace("\n", "<br>")
    return as_html(plain)


def _has_tags(text: str) -> bool:
    """Moodle's own format holds HTML as often as plain text; ``a<b and c>d`` is no tag."""
    return any(
        _KNOWN.fullmatch(found[1]) is not None
        and (not (found[2] or "").strip(" /") or "=" in found[2])
        for found in _TAG.finditer(text)
    )


def without_tags(text: str) -> str:
    """The words of a text in one line; the text itself where nothing else is in it."""
    apart = re.sub(r"</?(?:p|div|br|li|t[dhr]|h[1-6])\b[^<>]*>", " ", text, flags=re.IGNORECASE)
    words = " ".join(html.unescape(re.sub(r"<[^<>]*>", "", apart)).split())
    return words or " ".join(text.split())


def files_named(text: str) -> tuple[str, ...]:
    """The files that a text shows; GIFT carries none."""
    return tuple(dict.fromkeys(unquote(name) for name in _NAMED.findall(shown(text))))

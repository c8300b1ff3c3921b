"""Highlighted code."""

import html

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

_FORMATTER = HtmlFormatter(nowrap=True)


def highlighted(source: str, language: str) -> str:
    """The code as HTML with Pygments' classes; plain when the language is unknown."""
    try:
        body = highlight(source, get_lexer_by_name(language), _FORMATTER)
    except ClassNotFound:
        body = html.escape(source)
    return f'<div class="highlight"><pre tabindex="0"><code>{body}</code></pre></div>\n'

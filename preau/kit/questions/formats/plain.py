"""Plain text in formats whose texts are HTML; the other way is ``preau.kit.questions.plain``."""

import html


def as_html(text: str) -> str:
    """Plain text as HTML: escaped, line ends kept as breaks."""
    return html.escape(text, quote=False).replace("\n", "<br>")

"""Texts in several languages: a mapping from language code to string."""

import unicodedata
from collections.abc import Mapping

from django.utils.translation import get_language

Text = dict[str, str]

# Letters that Unicode does not take apart, as people without them type them.
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i"})


def in_language(text: Mapping[str, str], language: str | None = None) -> str:
    """The text in that language (the page's own when none is named), else in its first one."""
    wanted = language or get_language() or ""
    return text.get(wanted) or next(iter(text.values()), "")


def fold(text: str) -> str:
    """Lower case without accents, for searching: ``Œuvres, Réseaux`` → ``oeuvres, reseaux``."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    if not text.isascii():  # ㎇ → GB, which has a case of its own
        decomposed = unicodedata.normalize("NFKD", decomposed.casefold())
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    return letters.translate(_LIGATURES)

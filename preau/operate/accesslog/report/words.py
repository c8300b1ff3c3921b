"""The report's words: English in the code, and ``french.json`` beside this file."""

import json
from collections.abc import Callable
from functools import cache
from importlib.resources import files

Words = Callable[[str], str]


def words_in(language: str) -> Words:
    """What says a text in that language."""
    if language == "fr":
        return lambda text: french().get(text, text)
    return lambda text: text


@cache
def french() -> dict[str, str]:
    """Each text, and how it is in French."""
    text = (files(__package__) / "french.json").read_text(encoding="utf-8")
    found: dict[str, str] = json.loads(text)
    return found

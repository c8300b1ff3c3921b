"""Short answers, compared with patterns."""

import re
import unicodedata
from dataclasses import dataclass
from typing import ClassVar

from preau.kit.questions.types.body import Answer, Body, Marked, one, shares_to_one, typed


@dataclass(frozen=True)
class Pattern:
    """An answer and what it is worth. ``*`` stands for any characters, ``\\*`` for itself."""

    text: str
    share: float = 1.0
    feedback: str = ""


@dataclass(frozen=True)
class ShortAnswer(Body):
    """A word or two, in the answer's field ``text``. The first pattern that fits counts."""

    TYPE: ClassVar[str] = "short-answer"

    patterns: tuple[Pattern, ...]
    heed_case: bool = False
    heed_accents: bool = True

    def problems(self) -> list[str]:
        """There is an answer, and one earns the mark."""
        if any(not pattern.text.strip() for pattern in self.patterns):
            return ["An answer is empty."]
        missing = shares_to_one([pattern.share for pattern in self.patterns])
        return [missing] if missing else []

    def fields(self) -> dict[str, frozenset[str] | None]:
        """Any text."""
        return {"text": None}

    def mark(self, answer: Answer) -> Marked:
        """The share of the first pattern that fits the whole answer."""
        given = self._folded(one(answer, "text"))
        if not given:
            return Marked(0.0, {})
        for pattern in self.patterns:
            if fits(self._folded(pattern.text), given):
                feedback = (pattern.feedback,) if pattern.feedback else ()
                return Marked(pattern.share, {"text": max(0.0, pattern.share)}, feedback)
        return Marked(0.0, {"text": 0.0})

    def solution(self) -> Answer:
        """The best pattern without its ``*``, or with them where it is nothing otherwise."""
        best, earned = "", 0.0
        for pattern in sorted(self.patterns, key=lambda it: -it.share):
            parts = _parts(pattern.text)
            for text in ("".join(parts).strip(), "*".join(parts).strip()):
                share = self.mark({"text": [text]}).share or 0.0
                if share > earned:
                    best, earned = text, share
            if earned >= pattern.share:
                break
        return {"text": [best]} if best else {}

    def summary(self, answer: Answer) -> str:
        """What was typed."""
        return typed(answer, "text")

    def guess(self) -> float | None:
        """Nothing, unless a pattern takes whatever is typed."""
        return next((it.share for it in self.patterns if it.text.strip() == "*"), 0.0)

    def _folded(self, text: str) -> str:
        text = " ".join(unicodedata.normalize("NFC", text).split())
        if not self.heed_accents:
            apart = unicodedata.normalize("NFD", text)
            text = "".join(letter for letter in apart if not unicodedata.combining(letter))
        return text if self.heed_case else text.casefold()


def fits(pattern: str, text: str) -> bool:
    """Whether the whole text is as the pattern says; time grows with their product at most."""
    parts = _parts(pattern)
    if len(parts) == 1:
        return parts[0] == text
    first, *middle, last = parts
    if not text.startswith(first) or not text.endswith(last):
        return False
    at, end = len(first), len(text) - len(last)
    for part in middle:  # the earliest place is always as good as any later one
        found = text.find(part, at, max(at, end))
        if found < 0:
            return False
        at = found + len(part)
    return at <= end


def _parts(pattern: str) -> list[str]:
    """The texts between its ``*``."""
    return [part.replace("\\*", "*") for part in re.split(r"(?<!\\)\*", pattern)]

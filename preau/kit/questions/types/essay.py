"""Essays: texts and files that a person marks."""

from dataclasses import dataclass
from typing import ClassVar

from preau.kit.questions.plain import plain_lines, plain_text
from preau.kit.questions.types.body import Answer, Body, Marked, one

FORMATS = ("rich", "plain", "code", "none")


@dataclass(frozen=True)
class Essay(Body):
    """A text in the answer's field ``text`` and files beside it.

    ``words`` are the fewest and the most; 0 where there is no bound.
    """

    TYPE: ClassVar[str] = "essay"

    format: str = "rich"
    required: bool = True
    lines: int = 15
    words: tuple[int, int] = (0, 0)
    attachments: int = 0  # how many at most; -1: any number
    attachments_required: int = 0
    file_types: tuple[str, ...] = ()
    template: str = ""  # what the field begins with
    notes: str = ""  # for those who mark it

    def problems(self) -> list[str]:
        """There is something to hand in."""
        found = []
        if self.format not in FORMATS:
            found.append(f"“{self.format}” is no format; use {', '.join(FORMATS)}.")
        if self.format == "none" and not self.attachments:
            found.append("It takes neither a text nor a file.")
        if 0 <= self.attachments < self.attachments_required:
            found.append("More files are required than allowed.")
        least, most = self.words
        if least < 0 or most < 0 or (most and least > most):
            found.append("The most words are fewer than the fewest.")
        return found

    def fields(self) -> dict[str, frozenset[str] | None]:
        """Any text."""
        return {} if self.format == "none" else {"text": None}

    def begun(self) -> dict[str, str]:
        """The template; of a rich one its words, for the field has no formatting."""
        if self.format == "none" or not self.template.strip():
            return {}
        return {"text": plain_lines(self.template) if self.format == "rich" else self.template}

    def mark(self, answer: Answer) -> Marked:
        """For a person to say; nothing handed in is worth nothing."""
        handed_in = any(value.strip() for values in answer.values() for value in values)
        return Marked(None if handed_in else 0.0, {})

    def solution(self) -> Answer:
        """None that a program could know."""
        return {}

    def summary(self, answer: Answer) -> str:
        """The text, of a rich one its words in a line."""
        if self.format == "none":
            return ""
        text = one(answer, "text")
        return plain_text(text) if self.format == "rich" else text.strip()

    def guess(self) -> float | None:
        """None: a person marks it."""
        return None

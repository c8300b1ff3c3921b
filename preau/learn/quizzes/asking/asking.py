"""One question on one page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from preau.kit.questions.types.body import Answer, Body
from preau.learn.quizzes.masks import Mask, mask_of, shuffled
from preau.learn.quizzes.questions import rich


@dataclass(frozen=True)
class Asking:
    """What a type's template needs.

    ``prefix`` begins the names of the form's fields; ``files`` is the address below which the
    question's files are; ``verdicts`` tells of each field whether it is right (1.0), wrong (0.0)
    or in between, and is empty where that is not shown.
    """

    body: Body
    prefix: str
    seed: int
    files: str
    answer: Answer = field(default_factory=dict)
    editable: bool = True
    verdicts: Mapping[str, float] = field(default_factory=dict)
    labelled_by: str = ""  # id of the element that names the question

    def value(self, name: str) -> str:
        """The first value of a field of the answer."""
        values = self.answer.get(name) or ("",)
        return values[0]

    def name(self, name: str) -> str:
        """The form's name for a field of the answer."""
        return f"{self.prefix}{self.mask.name(name)}"

    def verdict(self, name: str) -> str:
        """``right``, ``wrong``, ``partly``, or nothing."""
        share = self.verdicts.get(name)
        if share is None:
            return ""
        return "right" if share > 0.999 else "wrong" if share <= 0 else "partly"

    @cached_property
    def mask(self) -> Mask:
        """What its fields and choices are called on the page."""
        return mask_of(self.body, self.seed)

    def shuffled(self, things: Sequence[Any], *, shuffle: bool = True) -> list[Any]:
        """The things in this attempt's order."""
        return shuffled(things, self.seed, shuffle=shuffle)

    def rich(self, html: str) -> str:
        """A text of the question, clean."""
        return rich(html, self.files)

    def part(self, body: Body, start: str) -> "Asking":
        """One of several questions within this one, whose fields begin with ``start``."""
        length = len(start)
        return replace(
            self,
            body=body,
            prefix=f"{self.prefix}{start}",
            answer={k[length:]: v for k, v in self.answer.items() if k.startswith(start)},
            verdicts={k[length:]: v for k, v in self.verdicts.items() if k.startswith(start)},
        )

"""Single and multiple choice."""

from dataclasses import dataclass
from typing import ClassVar

from preau.kit.questions.types.body import Answer, Body, Marked, one, shares_to_one

NUMBERINGS = ("abc", "ABCD", "123", "iii", "IIII", "none")


@dataclass(frozen=True)
class Option:
    """One of the choices, what it is worth, and what is said to whoever takes it."""

    text: str
    share: float = 0.0
    feedback: str = ""


@dataclass(frozen=True)
class Choice(Body):
    """Take one of the options, or with ``several`` as many as are right.

    The answer's field ``choice`` has the options' numbers, from 0 in the order given here.
    """

    TYPE: ClassVar[str] = "choice"

    options: tuple[Option, ...]
    several: bool = False
    shuffle: bool = True
    numbering: str = "abc"
    instruction: bool = True  # whether “Choose one” or “Choose all that apply” is shown

    def problems(self) -> list[str]:
        """A choice of one is none, and one must be able to earn the mark."""
        found = [] if len(self.options) > 1 else ["There must be two choices or more."]
        if any(not option.text.strip() for option in self.options):
            found.append("A choice has no text.")
        if self.numbering not in NUMBERINGS:
            found.append(f"“{self.numbering}” is no numbering; use {', '.join(NUMBERINGS)}.")
        if self.several:
            best = sum(max(option.share, 0.0) for option in self.options)
            if not 0.99 <= best <= 1.01:
                found.append(f"The right choices add up to {best:.0%} instead of 100 %.")
        elif missing := shares_to_one([option.share for option in self.options]):
            found.append(missing)
        return found

    def fields(self) -> dict[str, frozenset[str] | None]:
        """The numbers of the options."""
        return {"choice": frozenset(str(number) for number in range(len(self.options)))}

    def mark(self, answer: Answer) -> Marked:
        """The share of the option taken; of several the sum, not below 0."""
        allowed = self.fields()["choice"] or frozenset()
        taken = set(answer.get("choice", ())) if self.several else {one(answer, "choice")}
        chosen = [self.options[int(it)] for it in sorted(taken & allowed, key=int)]
        share = sum(option.share for option in chosen)
        share = min(1.0, max(0.0 if self.several else -1.0, share))
        right = {it: max(0.0, self.options[int(it)].share) for it in sorted(taken & allowed)}
        said = tuple(option.feedback for option in chosen if option.feedback)
        return Marked(share, right, said)

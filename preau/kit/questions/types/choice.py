"""Single and multiple choice."""

from dataclasses import dataclass
from statistics import fmean
from typing import ClassVar

from preau.kit.questions.plain import label_of
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
        numbers = self._chosen(answer)
        chosen = [self.options[number] for number in numbers]
        share = sum(option.share for option in chosen)
        share = min(1.0, max(0.0 if self.several else -1.0, share))
        right = {str(it): max(0.0, self.options[it].share) for it in numbers}
        said = tuple(option.feedback for option in chosen if option.feedback)
        return Marked(share, right, said)

    def solution(self) -> Answer:
        """The option with the highest share; of several those with one above 0."""
        shares = [option.share for option in self.options]
        best = max(shares, default=0.0)
        if best <= 0:
            return {}
        if not self.several:
            return {"choice": [str(shares.index(best))]}
        return {"choice": [str(number) for number, share in enumerate(shares) if share > 0]}

    def summary(self, answer: Answer) -> str:
        """The texts of the options taken."""
        return "; ".join(label_of(self.options[it].text) for it in self._chosen(answer))

    def guess(self) -> float | None:
        """The mean of the shares; of several None, as for Moodle: it says not how many to take."""
        if self.several or not self.options:
            return None
        return fmean(option.share for option in self.options)

    def _chosen(self, answer: Answer) -> list[int]:
        allowed = self.fields()["choice"] or frozenset()
        taken = set(answer.get("choice", ())) if self.several else {one(answer, "choice")}
        return sorted(int(it) for it in taken & allowed)

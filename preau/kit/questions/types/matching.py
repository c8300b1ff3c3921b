"""Matching: to each phrase its answer."""

from dataclasses import dataclass
from typing import ClassVar

from preau.kit.questions.types.body import Answer, Body, Marked, one


@dataclass(frozen=True)
class Pair:
    """A phrase (HTML) and its answer (plain text); an answer without a phrase is a false lead."""

    phrase: str
    answer: str


@dataclass(frozen=True)
class Matching(Body):
    """Choose for each phrase one of the answers.

    The answer's field ``pair-0`` has what was chosen for the first phrase: the number of the
    first pair with that answer.
    """

    TYPE: ClassVar[str] = "matching"

    pairs: tuple[Pair, ...]
    shuffle: bool = True

    @property
    def phrases(self) -> list[int]:
        """The numbers of the pairs that have a phrase."""
        return [number for number, pair in enumerate(self.pairs) if pair.phrase.strip()]

    @property
    def answers(self) -> dict[str, int]:
        """Each answer once, and the number of the first pair that has it."""
        found: dict[str, int] = {}
        for number, pair in enumerate(self.pairs):
            found.setdefault(pair.answer, number)
        return found

    def problems(self) -> list[str]:
        """Two phrases and three answers make it a question."""
        found = []
        if any(not pair.answer.strip() for pair in self.pairs):
            found.append("A phrase has no answer.")
        if len(self.phrases) < 2:
            found.append("There must be two phrases or more.")
        if len(self.answers) < 2:
            found.append("There must be two different answers or more.")
        return found

    def fields(self) -> dict[str, frozenset[str] | None]:
        """A field for each phrase."""
        values = frozenset(str(number) for number in self.answers.values())
        return {f"pair-{number}": values for number in self.phrases}

    def mark(self, answer: Answer) -> Marked:
        """The part of the phrases that have their answer."""
        right = {}
        for number in self.phrases:
            chosen = one(answer, f"pair-{number}")
            if chosen in {str(it) for it in self.answers.values()}:
                wanted = self.answers[self.pairs[number].answer]
                right[f"pair-{number}"] = float(int(chosen) == wanted)
        return Marked(sum(right.values()) / max(1, len(self.phrases)), right)

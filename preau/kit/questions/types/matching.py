"""Matching: to each phrase its answer."""

from dataclasses import dataclass
from typing import ClassVar

from preau.kit.questions.plain import label_of
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
        answers = self.answers
        right = {
            f"pair-{number}": float(chosen == answers[self.pairs[number].answer])
            for number, chosen in self._chosen(answer).items()
        }
        return Marked(sum(right.values()) / max(1, len(self.phrases)), right)

    def solution(self) -> Answer:
        """To each phrase its own."""
        answers = self.answers
        return {f"pair-{it}": [str(answers[self.pairs[it].answer])] for it in self.phrases}

    def summary(self, answer: Answer) -> str:
        """Each phrase that was answered, and with what."""
        return "; ".join(
            f"{label_of(self.pairs[phrase].phrase)} → {' '.join(self.pairs[chosen].answer.split())}"
            for phrase, chosen in self._chosen(answer).items()
        )

    def guess(self) -> float | None:
        """One of the answers, each time anew."""
        return 1 / len(self.answers) if self.phrases else None

    def _chosen(self, answer: Answer) -> dict[int, int]:
        """For each phrase that was answered the pair whose answer was chosen."""
        values = {str(it): it for it in self.answers.values()}
        chosen = {number: one(answer, f"pair-{number}") for number in self.phrases}
        return {number: values[text] for number, text in chosen.items() if text in values}

"""How a question behaves while it is answered: when it is marked, and what a try costs.

The names are Moodle's. ``Behaviour.share`` turns what was answered into a share of the mark.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from preau.kit.questions.question import Question

CERTAINTY = "certainty"  # the answer's field: how sure somebody is, 1 to 3

# Share for a right and for a wrong answer by certainty: A. R. Gardner-Medwin, "Confidence
# assessment in the teaching of basic science", 1995.
CERTAINTY_SHARES = {"1": (1.0, 0.0), "2": (2.0, -2.0), "3": (3.0, -6.0)}


@dataclass(frozen=True)
class Behaviour:
    """One way to be asked.

    ``checks``: whether an answer can be marked before the attempt is handed in; ``again``: and
    then be tried again, as often as the question has hints; ``certainty``: whether people say
    how sure they are.
    """

    key: str
    checks: bool = False
    again: bool = False
    certainty: bool = False

    def tries(self, question: Question) -> int:
        """How often the question may be checked."""
        if not self.checks:
            return 0
        return 1 + len(question.hints) if self.again else 1

    def share(
        self, shares: Sequence[float | None], question: Question, certainty: str = ""
    ) -> float | None:
        """The share of the mark after these tries, the last of which counts.

        Each wrong try before takes the question's penalty off, not below 0. None where a person
        has to mark it.
        """
        last = shares[-1] if shares else 0.0
        if last is None:
            return None
        if self.again and last > 0:
            return max(0.0, last - question.penalty * (len(shares) - 1))
        if self.certainty:
            right, wrong = CERTAINTY_SHARES.get(certainty, CERTAINTY_SHARES["1"])
            part = max(0.0, last)
            return part * right + (1 - part) * wrong
        return last


BEHAVIOURS: dict[str, Behaviour] = {
    it.key: it
    for it in (
        Behaviour("deferred"),
        Behaviour("immediate", checks=True),
        Behaviour("interactive", checks=True, again=True),
        Behaviour("deferred-certainty", certainty=True),
        Behaviour("immediate-certainty", checks=True, certainty=True),
    )
}

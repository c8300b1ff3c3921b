"""One item being read, and each of its interactions."""

import math
from dataclasses import dataclass, field
from decimal import Decimal

from preau.kit.questions.formats.qti.declarations import Declarations, Response
from preau.kit.questions.formats.qti.feedback import Sayings
from preau.kit.questions.formats.qti.formulas import Drawn
from preau.kit.questions.formats.qti.node import Node
from preau.kit.questions.formats.qti.processing import EXACT, Value
from preau.kit.questions.formats.qti.scoring import SCORE, Scoring
from preau.kit.questions.formats.qti.texts import Texts


@dataclass
class Reading:
    """The item: what it declares, its texts, and what had to be left out."""

    node: Node
    declared: Declarations
    scoring: Scoring
    texts: Texts
    sayings: Sayings
    notes: str = ""
    kind: str = ""  # the type that we wrote, if we did
    drawn: Drawn = field(default_factory=Drawn)
    dropped: list[str] = field(default_factory=list)
    best: Decimal = Decimal(0)  # what the right answers earn together


@dataclass
class Asked:
    """One interaction of an item and its response variable."""

    item: Reading
    node: Node
    response: Response
    alone: bool = True  # the only one of the item
    company: dict[str, Value] = field(default_factory=dict)  # what the others are answered with
    base: Decimal = Decimal(0)  # what those earn by themselves

    @property
    def outcome(self) -> str:
        """The outcome that has what this interaction earns."""
        for part in ("SCORE", "SCORE_"):
            name = self.response.identifier.replace("RESPONSE", part).replace("__", "_")
            if not self.alone and not self.company and name in self.item.declared.outcomes:
                return name
        return SCORE

    def score(self, answer: Value) -> Decimal:
        """What it earns."""
        answers = {**self.company, self.response.identifier: answer}
        return self.item.scoring.score(answers, self.outcome) - self.base

    def outcomes(self, answer: Value) -> dict[str, Value]:
        """All that follows from it."""
        return self.item.scoring.outcomes({**self.company, self.response.identifier: answer})

    def scale(self, best: Decimal) -> Decimal:
        """What the whole mark is worth, if this is what the best answer earns."""
        if best <= 0:
            raise ValueError(f"no answer to “{self.response.identifier[:40]}” earns anything")
        most = self.item.declared.maximum
        if self.alone and most and abs(best - most) <= most / 50:
            best = most
        self.item.best += best
        return best

    def own(self, name: str) -> str:
        """What we wrote into ``data-preau-<name>``, or nothing."""
        return self.node.own(name) or ""

    def tell(self, sentence: str) -> None:
        """Something is left out."""
        self.item.dropped.append(sentence)

    def settle(self, probes: list[Value], shares: list[float], answers: int) -> list[str]:
        """What is said to each of the first so many answers alone."""
        outcomes = [self.outcomes(it) for it in probes]
        return self.item.sayings.settle(outcomes, shares, answers, whole=self.alone)

    def whole(self, right: Value, wrong: Value, partly: Value | None = None) -> None:
        """Sort what is said of whole answers only."""
        probes = [right, wrong, *([partly] if partly is not None else [])]
        self.settle(probes, [1.0, 0.0, 0.5][: len(probes)], 0)


def share(score: Decimal, scale: Decimal) -> float:
    """The part of the whole; exactly the one that was multiplied."""
    found = float(EXACT.divide(score, scale)) + 0.0
    if not math.isfinite(found):
        raise ValueError("an answer earns more than can be counted")
    return found

"""What an item says of answers, sorted by when it is shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from preau.kit.questions.formats.qti.processing import Value
from preau.kit.questions.question import Feedback, Hint

HINT = "HINT"
_NAMED = {
    "right": "right", "correct": "right", "partly": "partly", "partial": "partly",
    "wrong": "wrong", "incorrect": "wrong", "general": "general", "solution": "general",
}  # fmt: skip


@dataclass(frozen=True)
class Saying:
    """One text; shown if the outcome has the identifier, or, without ``show``, if it has not."""

    outcome: str
    identifier: str
    show: bool
    text: str
    host: str = ""  # the choice inside which it stands
    hint: Hint | None = None

    def shown(self, outcomes: Mapping[str, Value]) -> bool:
        """Whether these outcomes show it."""
        return (self.identifier in outcomes.get(self.outcome, ())) == self.show


@dataclass
class Sayings:
    """All of an item; each is placed once."""

    every: list[Saying] = field(default_factory=list)
    totals: dict[str, list[str]] = field(default_factory=dict)
    placed: set[int] = field(default_factory=set)

    def settle(
        self,
        probes: Sequence[Mapping[str, Value]],
        shares: Sequence[float],
        answers: int,
        *,
        whole: bool = True,
    ) -> list[str]:
        """What is said to each of the first so many probes alone.

        A probe is the outcomes of one answer, beside it its share. With ``whole`` what is said to
        all, to all right or to all wrong ones is kept for the whole question; without, what is
        said to all is left for others.
        """
        own: list[list[str]] = [[] for _probe in range(answers)]
        for number, saying in enumerate(self.every):
            if number in self.placed or saying.hint or self._named(number, saying):
                continue
            shown = {it for it, outcomes in enumerate(probes) if saying.shown(outcomes)}
            if not shown or (not whole and len(shown) == len(probes)):
                continue
            self.placed.add(number)
            total = _total(shown, shares, answers) if whole else []
            if total:
                for name in total:
                    self.totals.setdefault(name, []).append(saying.text)
            else:
                for it in sorted(shown):
                    if it < answers:
                        own[it].append(saying.text)
        return ["".join(texts) for texts in own]

    def _named(self, number: int, saying: Saying) -> bool:
        name = _NAMED.get(saying.identifier.lower())
        if name is None or saying.host or not saying.show:
            return False
        self.placed.add(number)
        self.totals.setdefault(name, []).append(saying.text)
        return True

    def feedback(self) -> Feedback:
        """What is said of the whole answer."""
        for number, saying in enumerate(self.every):
            if number not in self.placed and not saying.hint:
                self._named(number, saying)
        return Feedback(**{name: "".join(texts) for name, texts in self.totals.items()})

    def hints(self) -> tuple[Hint, ...]:
        """What is shown on the way."""
        return tuple(saying.hint for saying in self.every if saying.hint is not None)

    def left(self) -> Iterable[str]:
        """A sentence for each that no answer shows."""
        for number, saying in enumerate(self.every):
            if number not in self.placed and not saying.hint:
                yield (
                    f"The feedback “{saying.identifier[:40]}” is shown by no answer that is kept, "
                    "so it has no place here."
                )


def _total(shown: set[int], shares: Sequence[float], answers: int) -> list[str]:
    """Of which whole answers it is said; none where it belongs to single ones."""
    right = {it for it, share in enumerate(shares) if share >= 1 - 1e-9}
    wrong = {it for it, share in enumerate(shares) if share <= 1e-9}
    partly = set(range(len(shares))) - right - wrong
    if shown == set(range(len(shares))) and len(shares) > 1:
        return ["general"]
    whole = [
        name
        for name, among in (("right", right), ("partly", partly), ("wrong", wrong))
        if among and among <= shown
    ]
    covered = {
        it
        for name, among in (("right", right), ("partly", partly), ("wrong", wrong))
        if name in whole
        for it in among
    }
    alone = len(shown) == 1 and min(shown) < answers
    return whole if covered == shown and not alone else []

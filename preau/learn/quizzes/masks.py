"""What the choices of a question are called on the page.

A page that named them as the author numbered them would tell the answers: the item that comes
first, the word that belongs in the first gap. So each is named by its place on the page, in the
order that this attempt has; answers are kept by the author's numbers.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from preau.kit.questions.types import Body
from preau.kit.questions.types.body import Answer
from preau.kit.questions.types.choice import Choice
from preau.kit.questions.types.cloze import Cloze
from preau.kit.questions.types.gaps import Gaps
from preau.kit.questions.types.matching import Matching
from preau.kit.questions.types.ordering import Ordering

_OTHER = 1_000_000  # beyond every seed that orders


def order_in(count: int, seed: int) -> list[int]:
    """The numbers below ``count`` in the order that the seed gives."""
    numbers = list(range(count))
    Random(seed).shuffle(numbers)  # noqa: S311  (nothing is secret here)
    return numbers


def shuffled(things: Sequence[Any], seed: int, *, shuffle: bool = True) -> list[Any]:
    """The things in the order that the seed gives, or as they are."""
    return [things[at] for at in order_in(len(things), seed)] if shuffle else list(things)


@dataclass(frozen=True)
class Mask:
    """Names of fields, and of the values of each, on the page: by those that are kept."""

    fields: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def name(self, name: str) -> str:
        """What the page calls a field."""
        return self.fields.get(name, name)

    def value(self, name: str, value: str) -> str:
        """What the page calls a value of it."""
        return self.values.get(name, {}).get(value, value)

    def kept(self, name: str, given: Sequence[str]) -> list[str]:
        """Values that the page has, as they are kept."""
        back = {shown: value for value, shown in self.values.get(name, {}).items()}
        return [back.get(it, it) for it in given]

    def shown(self, answer: Answer) -> dict[str, list[str]]:
        """An answer as the page has it."""
        return {
            self.name(name): [self.value(name, it) for it in values]
            for name, values in answer.items()
        }


def mask_of(body: Body, seed: int) -> Mask:
    """The mask of a question in the order of that seed."""
    make = _MASKS.get(body.TYPE)
    return make(body, seed) if make is not None else Mask()


def _by_place(numbers: Sequence[int]) -> dict[str, str]:
    return {str(number): str(place) for place, number in enumerate(numbers)}


def _choice(body: Choice, seed: int) -> Mask:
    numbers = shuffled(range(len(body.options)), seed, shuffle=body.shuffle)
    return Mask(values={"choice": _by_place(numbers)})


def answers_of(body: Matching, seed: int) -> list[int]:
    """The numbers of the answers in another order than the phrases', or they would tell."""
    return shuffled(list(body.answers.values()), seed + _OTHER)


def _matching(body: Matching, seed: int) -> Mask:
    answers = _by_place(answers_of(body, seed))
    phrases = shuffled(body.phrases, seed, shuffle=body.shuffle)
    fields = {f"pair-{number}": f"pair-{place}" for place, number in enumerate(phrases)}
    return Mask(fields, dict.fromkeys(fields, answers))


def _ordering(body: Ordering, seed: int) -> Mask:
    numbers = order_in(len(body.items), seed)
    return Mask({f"place-{number}": f"place-{place}" for place, number in enumerate(numbers)})


def words_of(body: Gaps, seed: int) -> list[int]:
    """The numbers of the words that any gap takes, in the order of that seed."""
    used = {number for allowed in body.choices_of_gaps() for number in allowed}
    return shuffled(sorted(used), seed, shuffle=body.shuffle)


def _gaps(body: Gaps, seed: int) -> Mask:
    words = _by_place(words_of(body, seed))
    return Mask(values={f"gap-{gap}": words for gap in range(1, len(body.gaps) + 1)})


def _cloze(body: Cloze, seed: int) -> Mask:
    values = {
        f"part-{place}-{name}": named
        for place, part in enumerate(body.parts, 1)
        if part.body is not None
        for name, named in mask_of(part.body, seed).values.items()
    }
    return Mask(values=values)


_MASKS: dict[str, Callable[[Any, int], Mask]] = {
    "choice": _choice,
    "matching": _matching,
    "ordering": _ordering,
    "gaps": _gaps,
    "cloze": _cloze,
}

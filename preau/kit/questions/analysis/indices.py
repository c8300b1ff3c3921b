"""The analysis of a quiz: its marks slot by slot, the indices of each and of the whole."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import sub

from preau.kit.questions.analysis.attempts import (
    Attempt,
    Column,
    check,
    columns_of,
    questions_of,
    totals_of,
)
from preau.kit.questions.analysis.item import Item, item_of
from preau.kit.questions.analysis.moments import Spread, spread_of
from preau.kit.questions.analysis.quiz import Quiz, quiz_of

Guesses = Mapping[str, float | None]  # by the key of a question what guessing earns


@dataclass(frozen=True)
class Analysis:
    """The quiz, its slots in their order, and by its key each question of a slot that draws.

    A question that several slots drew is one item: its marks are taken as shares.
    """

    quiz: Quiz
    slots: tuple[Item, ...]
    questions: Mapping[str, Item] = field(default_factory=dict)


def analyse(
    out_of: Sequence[float], attempts: Sequence[Attempt], guesses: Guesses | None = None
) -> Analysis:
    """How a quiz did whose slots have the greatest marks ``out_of``.

    ``guesses``: ``Body.guess`` by the key of the question; a slot that draws has the mean over
    what was asked. Pass one attempt of each person, the first: later ones build on it, and the
    indices assume that attempts are independent [Moodle]. Takes time in proportion to attempts
    and slots, beside sorting the marks of each slot. Raises ``ValueError`` for an attempt that
    has not a mark for each slot, and for a mark that is not finite; marks are below 1e100.
    """
    check(attempts, len(out_of))
    guesses = guesses or {}
    totals = totals_of(attempts)
    whole = math.fsum(out_of)
    scale = max(whole, 0.0, *map(abs, totals))
    asked = [Counter(keys) for keys in questions_of(attempts, len(out_of))]
    items, spreads = [], []
    for column, greatest in zip(columns_of(attempts, len(out_of)), out_of, strict=True):
        item, spread = _slot(column, totals, greatest, scale)
        items.append(replace(item, intended_weight=greatest / whole if whole > 0 else None))
        spreads.append(spread)
    slots = tuple(
        replace(item, guess=_guess(keys, guesses), effective_weight=weight)
        for item, keys, weight in zip(items, asked, effective_weights(spreads), strict=True)
    )
    drawing = {slot: out_of[slot] for slot, keys in enumerate(asked) if len(keys) > 1}
    questions = {
        key: replace(item, guess=guesses.get(key))
        for key, item in _drawn(attempts, totals, drawing, scale)
    }
    marked = [it for it, greatest in zip(spreads, out_of, strict=True) if greatest > 0]
    return Analysis(quiz_of(totals, marked, whole, scale), slots, questions)


def effective_weights(spreads: Sequence[Spread | None]) -> list[float | None]:
    """The weight of each slot by how its marks and the rest of the quiz vary; see ``Item``."""
    covariances = [None if it is None else it.with_sum() for it in spreads]
    roots = [None if it is None or it < 0 else math.sqrt(it) for it in covariances]
    whole = math.fsum(root for root in roots if root is not None)
    return [None if root is None or whole <= 0 else root / whole for root in roots]


def _slot(
    column: Column, totals: Sequence[float], greatest: float, scale: float
) -> tuple[Item, Spread | None]:
    """The indices of a slot, and how it varies where a mark that is not there is 0.

    Only so do the slots' marks add up to those of the quiz.
    """
    marks = [mark for mark in column if mark is not None]
    spread = _spread([mark or 0.0 for mark in column], totals, greatest, scale)
    if len(marks) == len(column):
        return item_of(marks, greatest, spread), spread
    pairs = zip(column, totals, strict=True)
    asked = [total for mark, total in pairs if mark is not None]
    return item_of(marks, greatest, _spread(marks, asked, greatest, scale)), spread


def _spread(
    marks: Sequence[float], totals: Sequence[float], greatest: float, scale: float
) -> Spread | None:
    """Of the marks and those in the rest of the quiz; None for fewer than 2."""
    if len(marks) < 2:
        return None
    return spread_of(marks, list(map(sub, totals, marks)), greatest, scale)


def _drawn(
    attempts: Sequence[Attempt],
    totals: Sequence[float],
    out_of: Mapping[int, float],
    scale: float,
) -> Iterator[tuple[str, Item]]:
    """The questions of these slots by their keys, and the indices of each, from shares."""
    found: dict[str, tuple[list[float], list[float]]] = {}
    for attempt, total in zip(attempts, totals, strict=True):
        for slot, greatest in out_of.items() if attempt.questions else ():
            mark = attempt.marks[slot]
            if mark is not None and greatest > 0:
                shares, rests = found.setdefault(attempt.questions[slot], ([], []))
                shares.append(mark / greatest)
                rests.append(total - mark)
    for key, (shares, rests) in sorted(found.items()):
        yield (
            key,
            item_of(shares, 1.0, spread_of(shares, rests, 1.0, scale) if len(shares) > 1 else None),
        )


def _guess(asked: Counter[str], guesses: Guesses) -> float | None:
    """The mean over what was asked; None where one is not known."""
    earned = [(guesses.get(key), times) for key, times in sorted(asked.items())]
    known = [share * times for share, times in earned if share is not None]
    return math.fsum(known) / asked.total() if earned and len(known) == len(earned) else None

"""What people answered: which wrong answers draw whom."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from preau.kit.questions.analysis.attempts import Attempt, check, totals_of


@dataclass(frozen=True)
class Chosen:
    """One answer to one question: how many gave it, and how they did in the whole quiz.

    ``share`` is that of the attempts that were asked the question in this slot, so those of
    several options together may be above 1. ``mean`` is the mean mark in the quiz of those who
    gave the answer: a wrong answer whose mean is above the right one's misleads those who know
    (J. Kehoe, “Basic item analysis for multiple-choice tests”, Practical Assessment, Research &
    Evaluation 4(10), 1995).
    """

    question: str
    answer: str
    count: int
    share: float
    mean: float


def distractors(
    slots: int, attempts: Sequence[Attempt], most: int = 50
) -> tuple[tuple[Chosen, ...], ...]:
    """For each slot the ``most`` frequent answers to each of its questions.

    In the order of the questions' keys, then the most frequent first, then by the text. An
    attempt whose mark is None was not asked, unless it has answers. Raises as ``analyse``.
    """
    check(attempts, slots)
    totals = totals_of(attempts)
    return tuple(_of_slot(slot, attempts, totals, most) for slot in range(slots))


def _of_slot(
    slot: int, attempts: Sequence[Attempt], totals: Sequence[float], most: int
) -> tuple[Chosen, ...]:
    marks: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    asked: dict[str, int] = defaultdict(int)
    for attempt, total in zip(attempts, totals, strict=True):
        answers = attempt.answers[slot] if attempt.answers else ()
        if answers or attempt.marks[slot] is not None:
            question = attempt.questions[slot] if attempt.questions else ""
            asked[question] += 1
            for answer in set(answers):
                marks[question][answer].append(total)
    return tuple(
        Chosen(question, answer, len(given), len(given) / asked[question], fmean(given))
        for question in sorted(marks)
        for answer, given in _most_frequent(marks[question], most)
    )


def _most_frequent(marks: dict[str, list[float]], most: int) -> list[tuple[str, list[float]]]:
    return sorted(marks.items(), key=lambda it: (-len(it[1]), it[0]))[:most]

"""Matching."""

from typing import Any, cast

from preau.kit.questions.types.matching import Matching
from preau.learn.quizzes.asking.asking import Asking
from preau.learn.quizzes.masks import answers_of


def parts(asking: Asking) -> dict[str, Any]:
    """A row for each phrase, and the answers to choose from."""
    body = cast("Matching", asking.body)
    numbers = answers_of(body, asking.seed)
    return {
        "answers": [(str(place), body.pairs[it].answer) for place, it in enumerate(numbers)],
        "rows": [
            {
                "name": asking.name(f"pair-{number}"),
                "html": asking.rich(body.pairs[number].phrase),
                "value": asking.mask.value(f"pair-{number}", asking.value(f"pair-{number}")),
                "verdict": asking.verdict(f"pair-{number}"),
            }
            for number in asking.shuffled(body.phrases, shuffle=body.shuffle)
        ],
    }

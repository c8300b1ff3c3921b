"""Ordering."""

from typing import Any, cast

from preau.kit.questions.types.ordering import Ordering
from preau.learn.quizzes.asking.asking import Asking


def parts(asking: Asking) -> dict[str, Any]:
    """The items, as they were put or in this attempt's order, each with its place."""
    body = cast("Ordering", asking.body)
    count = len(body.items)
    numbers = asking.shuffled(list(range(count)))
    places = {number: asking.value(f"place-{number}") for number in numbers}
    numbers.sort(key=lambda number: int(places[number] or count + 1))
    return {
        "places": [str(place) for place in range(1, count + 1)],
        "items": [
            {
                "name": asking.name(f"place-{number}"),
                "html": asking.rich(body.items[number]),
                "value": places[number],
                "verdict": asking.verdict(f"place-{number}"),
            }
            for number in numbers
        ],
    }

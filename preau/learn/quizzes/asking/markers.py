"""Markers on an image."""

from typing import Any, cast

from preau.kit.questions.types.markers import Markers
from preau.learn.quizzes.asking.asking import Asking


def parts(asking: Asking) -> dict[str, Any]:
    """The image, and for each marker the places it was set at."""
    body = cast("Markers", asking.body)
    numbers = asking.shuffled(list(range(1, len(body.markers) + 1)))
    return {
        "image": f"{asking.files}{body.image}",
        "markers": [
            {
                "number": number,
                "name": asking.name(f"marker-{number}"),
                "text": body.markers[number - 1].text,
                "points": _points(asking, body, number),
                "verdict": asking.verdict(f"marker-{number}"),
            }
            for number in numbers
        ],
    }


def _points(asking: Asking, body: Markers, number: int) -> list[str]:
    """A place for each time it may be set; for as often as one likes, one more than are used."""
    given = [point for point in asking.answer.get(f"marker-{number}", ()) if point]
    times = body.markers[number - 1].times or len(given) + 1
    room = max(times, len(given)) if asking.editable else len(given)
    return given + [""] * (room - len(given))

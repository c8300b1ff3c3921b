"""Short answers."""

from typing import Any

from preau.learn.quizzes.asking.asking import Asking


def parts(asking: Asking) -> dict[str, Any]:
    """The text typed."""
    name = "text"
    return {
        "name": asking.name(name), "value": asking.value(name), "verdict": asking.verdict(name)
    }  # fmt: skip

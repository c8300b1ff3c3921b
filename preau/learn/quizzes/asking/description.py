"""Descriptions: nothing is asked."""

from typing import Any

from preau.learn.quizzes.asking.asking import Asking


def parts(asking: Asking) -> dict[str, Any]:
    """Its text is shown as every question's."""
    return {}

"""Essays."""

from typing import Any, cast

from preau.kit.questions.types.essay import Essay
from preau.learn.quizzes.asking.asking import Asking


def parts(asking: Asking) -> dict[str, Any]:
    """The text written so far, its bounds, and the files handed in with it."""
    body = cast("Essay", asking.body)
    least, most = body.words
    return {
        "essay": body,
        "name": asking.name("text"),
        "value": asking.value("text") or body.begun().get("text", ""),
        "has_text": body.format != "none",
        "least": least,
        "most": most,
        "rows": max(3, min(body.lines, 40)),
    }

"""Numbers, calculated ones too."""

from typing import Any, cast

from preau.kit.questions.types.numerical import Numerical
from preau.learn.quizzes.asking.asking import Asking


def parts(asking: Asking) -> dict[str, Any]:
    """The number typed, and the units that may follow it."""
    body, name = cast("Numerical", asking.body), "number"
    return {
        "name": asking.name(name),
        "value": asking.value(name),
        "verdict": asking.verdict(name),
        "units": [unit.name for unit in body.units],
    }

"""True or false."""

from typing import Any

from django.utils.translation import gettext as _

from preau.learn.quizzes.asking.asking import Asking


def parts(asking: Asking) -> dict[str, Any]:
    """The two answers."""
    return {
        "options": [
            {
                "value": value,
                "words": words,
                "taken": asking.value("choice") == value,
                "verdict": asking.verdict(value),
            }
            for value, words in (("true", _("True")), ("false", _("False")))
        ]
    }

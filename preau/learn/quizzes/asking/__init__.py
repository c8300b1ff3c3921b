"""How each type of question is shown, a module each beside its template.

Adding one means copying its neighbour and naming it in ``PARTS``.
"""

from collections.abc import Callable
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from preau.learn.quizzes.asking import (
    choice,
    cloze,
    description,
    essay,
    gaps,
    markers,
    matching,
    number,
    ordering,
    short_answer,
    true_false,
)
from preau.learn.quizzes.asking.asking import Asking

PARTS: dict[str, Callable[[Asking], dict[str, Any]]] = {
    "choice": choice.parts,
    "true-false": true_false.parts,
    "short-answer": short_answer.parts,
    "numerical": number.parts,
    "matching": matching.parts,
    "ordering": ordering.parts,
    "gaps": gaps.parts,
    "markers": markers.parts,
    "cloze": cloze.parts,
    "essay": essay.parts,
    "description": description.parts,
}


def answer_html(asking: Asking) -> SafeString:
    """Where the answer is given, or shown."""
    type_ = asking.body.TYPE
    return render_to_string(f"asking/{type_}.html", {"asking": asking, **PARTS[type_](asking)})


__all__ = ["Asking", "answer_html"]

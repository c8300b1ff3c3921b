"""The types of questions, a module each: what such a question has, and how an answer is marked.

Adding one means copying its neighbour and naming it in ``TYPES``.
"""

from preau.kit.questions.types import (
    calculated,
    choice,
    cloze,
    description,
    essay,
    gaps,
    markers,
    matching,
    numerical,
    ordering,
    short_answer,
    true_false,
)
from preau.kit.questions.types.body import Body

TYPES: dict[str, type[Body]] = {
    it.TYPE: it
    for it in (
        choice.Choice,
        true_false.TrueFalse,
        short_answer.ShortAnswer,
        numerical.Numerical,
        matching.Matching,
        ordering.Ordering,
        gaps.Gaps,
        markers.Markers,
        cloze.Cloze,
        calculated.Calculated,
        essay.Essay,
        description.Description,
    )
}

__all__ = ["TYPES", "Body"]

"""Words for the gaps of a text."""

from typing import Any, cast

from django.template.loader import render_to_string

from preau.kit.questions.types.gaps import GAP, Gaps
from preau.learn.quizzes.asking.asking import Asking
from preau.learn.quizzes.masks import words_of


def parts(asking: Asking) -> dict[str, Any]:
    """The text with a list in each gap; to drag, the words beside it."""
    body = cast("Gaps", asking.body)
    pieces = GAP.split(asking.rich(body.text))[::2]
    choices = body.choices_of_gaps()
    html = [pieces[0]]
    for gap, piece in enumerate(pieces[1:], 1):
        if gap <= len(choices):
            html.append(_gap(asking, body, gap, choices[gap - 1]))
        html.append(piece)
    words = [
        (str(place), body.words[it - 1]) for place, it in enumerate(words_of(body, asking.seed))
    ]
    return {
        "html": "".join(html),
        "drag": body.drag and asking.editable,
        "words": words,
    }


def _gap(asking: Asking, body: Gaps, gap: int, allowed: list[int]) -> str:
    field = f"gap-{gap}"
    choices = [
        (asking.mask.value(field, str(number)), body.words[number - 1].text)
        for number in words_of(body, asking.seed)
        if number in allowed
    ]
    context = {
        "asking": asking,
        "gap": gap,
        "name": asking.name(field),
        "value": asking.mask.value(field, asking.value(field)),
        "verdict": asking.verdict(field),
        "choices": choices,
    }
    return render_to_string("asking/_gap.html", context).strip().strip()  # “gap.”, not “gap .”

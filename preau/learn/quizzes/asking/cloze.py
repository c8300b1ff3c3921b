"""Embedded answers."""

from typing import Any, cast

from django.template.loader import render_to_string

from preau.kit.questions.types.cloze import PLACE, Cloze, Part
from preau.learn.quizzes.asking import choice, number, short_answer
from preau.learn.quizzes.asking.asking import Asking

_PARTS = {"short-answer": short_answer.parts, "numerical": number.parts, "choice": choice.parts}


def parts(asking: Asking) -> dict[str, Any]:
    """The text with its small questions in their places."""
    body = cast("Cloze", asking.body)
    pieces = PLACE.split(asking.rich(body.text))
    html = [pieces[0]]
    for wanted, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        place = int(wanted)
        if place <= len(body.parts):
            html.append(_part(asking, body.parts[place - 1], place))
        html.append(piece)
    return {"html": "".join(html)}


def _part(asking: Asking, part: Part, place: int) -> str:
    if part.body is None:
        return ""
    own = asking.part(part.body, f"part-{place}-")
    context = _PARTS[part.body.TYPE](own) | {
        "asking": own,
        "place": place,
        "type": part.body.TYPE,
        "layout": part.layout,
        "whole": asking.verdict(f"part-{place}"),
    }
    return render_to_string("asking/_part.html", context).strip().strip()  # “gap.”, not “gap .”

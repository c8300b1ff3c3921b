"""Single and multiple choice."""

from typing import Any, cast

from preau.kit.questions.types.choice import Choice
from preau.learn.quizzes.asking.asking import Asking

_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


def parts(asking: Asking) -> dict[str, Any]:
    """The options in this attempt's order, numbered as the author wants."""
    body = cast("Choice", asking.body)
    taken = set(asking.answer.get("choice", ()))
    numbers = asking.shuffled(list(range(len(body.options))), shuffle=body.shuffle)
    return {
        "several": body.several,
        "instruction": body.instruction,
        "options": [
            {
                "value": asking.mask.value("choice", str(number)),
                "label": _label(body.numbering, place),
                "html": asking.rich(body.options[number].text),
                "taken": str(number) in taken,
                "verdict": _verdict(asking, body, number),
            }
            for place, number in enumerate(numbers)
        ],
    }


def _verdict(asking: Asking, body: Choice, number: int) -> str:
    """Of several right options each is worth a part of the mark, and right for that."""
    verdict = asking.verdict(str(number))
    return "right" if body.several and verdict == "partly" else verdict


def _label(numbering: str, place: int) -> str:
    if numbering == "none":
        return ""
    if numbering == "123":
        return f"{place + 1}."
    if numbering in {"iii", "IIII"}:
        roman = _ROMAN[place] if place < len(_ROMAN) else str(place + 1)
        return f"{roman if numbering == 'iii' else roman.upper()}."
    letter = chr(ord("a") + place) if place < 26 else str(place + 1)
    return f"{letter.upper() if numbering == 'ABCD' else letter}."

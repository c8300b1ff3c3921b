"""Writing Aiken: what is written is read again, so the report says what really is lost."""

import string
from collections.abc import Sequence

from preau.kit.errors import PreauError
from preau.kit.questions.fidelity import Fidelity, Item
from preau.kit.questions.formats.aiken.read import KEY, read
from preau.kit.questions.formats.encoding import encodable
from preau.kit.questions.formats.losses import losses
from preau.kit.questions.plain import plain_lines, plain_text
from preau.kit.questions.question import Question
from preau.kit.questions.types.choice import Choice


def write(questions: Sequence[Question]) -> tuple[bytes, Fidelity]:
    """The single choices with one right answer; what else they have is reported."""
    texts, items = [], []
    for question in questions:
        text, dropped = _written(question)
        texts += [text] if text else []
        mapped = "multichoice" if text else None
        items.append(Item(question.name, question.type, mapped, tuple(dropped), question))
    return "\n".join(texts).encode(), Fidelity(KEY, tuple(items))


def _written(question: Question) -> tuple[str, list[str]]:
    body = question.body
    if not isinstance(body, Choice) or body.several or len(body.options) > 26:
        return "", ["Aiken has single choices only, with 26 choices at most."]
    if sorted({option.share for option in body.options}) != [0.0, 1.0] or (
        sum(option.share for option in body.options) != 1
    ):
        return "", ["Aiken has one right choice, and nothing for the others."]
    lines = plain_lines(encodable(question.stem)).split("\n")
    right = ""
    for letter, option in zip(string.ascii_uppercase, body.options, strict=False):
        lines.append(f"{letter}. {plain_text(encodable(option.text))}")
        right = letter if option.share == 1 else right
    text = encodable("\n".join([*lines, f"ANSWER: {right}", ""]))
    try:
        (again,) = read(text.encode()).questions
    except (PreauError, ValueError):
        return "", ["Its text would be read as something else in Aiken."]
    return text, losses(question, again, "Aiken")

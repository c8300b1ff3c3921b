"""Writing GIFT: what is written is read again, so the report says what really is lost."""

from collections.abc import Callable, Sequence
from typing import Any

from preau.kit.questions.fidelity import Fidelity, Item
from preau.kit.questions.formats.gift.escapes import escaped
from preau.kit.questions.formats.gift.read import KEY, Block, item_of
from preau.kit.questions.formats.losses import losses
from preau.kit.questions.question import Question
from preau.kit.questions.types import Body
from preau.kit.questions.types.choice import Choice
from preau.kit.questions.types.description import Description
from preau.kit.questions.types.essay import Essay
from preau.kit.questions.types.matching import Matching
from preau.kit.questions.types.numerical import Numerical
from preau.kit.questions.types.short_answer import ShortAnswer
from preau.kit.questions.types.true_false import TrueFalse


def write(questions: Sequence[Question]) -> tuple[bytes, Fidelity]:
    """All questions, each below its category."""
    pieces: list[str] = []
    items = []
    category: tuple[str, ...] = ()
    for question in questions:
        body = _WRITERS.get(type(question.body))
        if body is None:
            sentence = f"GIFT has no questions of type “{question.type}”."
            items.append(Item(question.name, question.type, None, (sentence,), question))
            continue
        text = _text(question, body(question.body))
        back = item_of(Block(1, text, question.number, question.tags, question.category))
        if back.question is None:
            sentence = "Its text would be read as something else in GIFT."
            items.append(Item(question.name, question.type, None, (sentence,), question))
            continue
        if question.category != category:
            category = question.category
            path = "/".join(["$course$", "top", *(it.replace("/", "//") for it in category)])
            pieces.append(f"$CATEGORY: {path}\n")
        pieces.append(_remark(question) + text + "\n")
        dropped = tuple(losses(question, back.question, "GIFT"))
        items.append(Item(question.name, question.type, back.type, dropped, question))
    return "\n".join(pieces).encode(), Fidelity(KEY, tuple(items))


def _remark(question: Question) -> str:
    named = [("id", question.number)] if question.number else []
    named += [("tag", tag) for tag in question.tags]
    if not named:
        return ""
    quoted = (
        f"[{key}:{value.replace(chr(92), chr(92) * 2).replace(']', chr(92) + ']')}]"
        for key, value in named
    )
    return f"// {' '.join(quoted)}\n"


def _text(question: Question, answers: str | None) -> str:
    general = question.feedback.general
    start = f"::{escaped(question.name)}::[html]{escaped(question.stem)}"
    if answers is None:
        return start
    said = f"####{_rich(general)}" if general else ""
    return f"{start} {{{answers}{said}}}"


def _rich(text: str) -> str:
    """A text whose beginning could be taken for a weight or a format names its own."""
    return f"[html]{escaped(text)}" if text[:1] in ("[", "%") else escaped(text)


def _answer(share: float, text: str, feedback: str, mark: str, given: float) -> str:
    weight = "" if share == given and not text.startswith("%") else f"%{_percent(share)}%"
    return f"\n{mark}{weight}{text}" + (f"#{_rich(feedback)}" if feedback else "")


def _percent(share: float) -> str:
    return f"{share * 100:.10f}".rstrip("0").rstrip(".")


def _choice(body: Choice) -> str:
    return "".join(
        _answer(it.share, _rich(it.text), it.feedback, "~", 2.0)
        if body.several
        else _answer(
            it.share, _rich(it.text), it.feedback, *(("=", 1.0) if it.share == 1 else ("~", 0.0))
        )
        for it in body.options
    )


def _true_false(body: TrueFalse) -> str:
    right, wrong = (body.if_true, body.if_false) if body.right else (body.if_false, body.if_true)
    said = f"#{_rich(wrong)}#{_rich(right)}" if right else f"#{_rich(wrong)}" if wrong else ""
    return ("TRUE" if body.right else "FALSE") + said


def _short_answer(body: ShortAnswer) -> str:
    return "".join(
        _answer(it.share, escaped(it.text), it.feedback, "=", 1.0) for it in body.patterns
    )


def _numerical(body: Numerical) -> str:
    lines = ["#"]
    for it in body.values:
        if it.value is None:
            lines.append(_answer(it.share, "", it.feedback, "~", 0.0))
        else:
            lines.append(_answer(it.share, f"{it.value!r}:{it.tolerance!r}", it.feedback, "=", 1.0))
    return "".join(lines)


def _matching(body: Matching) -> str:
    return "".join(f"\n={_rich(it.phrase)} -> {escaped(it.answer)}" for it in body.pairs)


def _essay(_body: Essay) -> str:
    return ""


def _description(_body: Description) -> None:
    return None


_WRITERS: dict[type[Body], Callable[[Any], str | None]] = {
    Choice: _choice,
    TrueFalse: _true_false,
    ShortAnswer: _short_answer,
    Numerical: _numerical,
    Matching: _matching,
    Essay: _essay,
    Description: _description,
}

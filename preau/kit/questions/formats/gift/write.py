"""Writing GIFT: what is written is read again, so the report says what really is lost."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from preau.kit.errors import PreauError
from preau.kit.questions.fidelity import Fidelity, Item
from preau.kit.questions.formats.encoding import encodable
from preau.kit.questions.formats.gift.escapes import escaped
from preau.kit.questions.formats.gift.read import KEY, UNKNOWN, read
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
        try:
            text, item = _carried(question)
        except PreauError as error:
            items.append(Item(question.name, question.type, None, (str(error),), question))
            continue
        if question.category != category:
            category = question.category
            pieces.append(_category(category))
        pieces.append(text)
        items.append(item)
    return "\n".join(pieces).encode(), Fidelity(KEY, tuple(items))


def _carried(question: Question) -> tuple[str, Item]:
    """The question as it stands in a file. Raises ``PreauError`` if it can't stand there."""
    body = _WRITERS.get(type(question.body))
    if body is None:
        raise PreauError(f"GIFT has no questions of type “{question.type}”.")
    if isinstance(question.body, Numerical) and question.body.units:
        raise PreauError("GIFT has no units; without them the answers would not be marked alike.")
    text = _remarks(question) + _text(question, body(question.body)) + "\n"
    back = read(f"{_category(question.category)}\n{text}".encode()).items
    again = back[0].question
    if len(back) == 1 and again is None and back[0].type != UNKNOWN:
        raise PreauError(f"Nobody could be asked it: {' '.join(back[0].dropped)}")
    if len(back) != 1 or again is None or _kind(again.body) != _kind(question.body):
        raise PreauError("Its text would be read as something else in GIFT.")
    dropped = tuple(losses(question, again, "GIFT"))
    return text, Item(question.name, question.type, back[0].type, dropped, question)


def _kind(body: Body) -> tuple[str, bool]:
    return body.TYPE, isinstance(body, Choice) and body.several


def _category(names: tuple[str, ...]) -> str:
    path = "/".join(["$course$", "top", *(_in_line(it).replace("/", "//") for it in names)])
    return f"$CATEGORY: {path}\n"


def _remarks(question: Question) -> str:
    """The number and the tags, a line each: so a ``\\`` at the end of one stays its own."""
    named = [("id", question.number)] if question.number else []
    named += [("tag", tag) for tag in question.tags]
    return "".join(f"// [{key}:{_in_line(it).replace(']', chr(92) + ']')}]\n" for key, it in named)


def _in_line(text: str) -> str:
    return " ".join(encodable(text).split())


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
    """The digits of the share, moved: what is read again is the same, a third too."""
    return f"{(Decimal(repr(share)) * 100).normalize():f}"


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
            room = it.tolerance * abs(it.value) if it.relative else it.tolerance
            lines.append(_answer(it.share, f"{it.value!r}:{room!r}", it.feedback, "=", 1.0))
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

"""What stands between the braces."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from preau.kit.errors import PreauError
from preau.kit.questions.formats.gift.escapes import quoted, shown
from preau.kit.questions.types import Body
from preau.kit.questions.types.choice import Choice, Option
from preau.kit.questions.types.description import Description
from preau.kit.questions.types.essay import Essay
from preau.kit.questions.types.matching import Matching, Pair
from preau.kit.questions.types.numerical import Numerical, Value, read_number
from preau.kit.questions.types.short_answer import Pattern, ShortAnswer
from preau.kit.questions.types.true_false import TrueFalse

_WEIGHT = re.compile(r"\s*%([-+.,\d][^%\s]{0,30})%")  # %PATH% is a text
_MARKS = re.compile(r"([=~])")
_WORDS = {"T": True, "TRUE": True, "F": False, "FALSE": False}


@dataclass(frozen=True)
class Answer:
    """One answer: its mark (= or ~), its share if it names one, its text, its feedback."""

    mark: str
    share: float | None
    text: str
    feedback: str


@dataclass(frozen=True)
class Answers:
    """Reads answers; ``rich`` makes HTML of a text."""

    rich: Callable[[str], str]

    def description(self) -> tuple[Body, str, str]:
        """Nothing is asked."""
        return Description(), "description", ""

    def split(self, text: str) -> list[Answer]:
        """The answers, each behind its mark."""
        pieces = _MARKS.split(text)
        if pieces[0].strip():
            raise PreauError(f"{quoted(pieces[0])} stands before the first = or ~.")
        return [
            self._answer(mark, piece)
            for mark, piece in zip(pieces[1::2], pieces[2::2], strict=True)
        ]

    def _answer(self, mark: str, text: str) -> Answer:
        share = None
        if weight := _WEIGHT.match(text):
            share, text = _share(weight[1]), text[weight.end() :]
        text, _hash, feedback = text.partition("#")
        return Answer(mark, share, text, self.rich(feedback) if feedback.strip() else "")


def _share(weight: str) -> float:
    found = read_number(f"{shown(weight)}e-2")  # exact where a division by 100 is not
    if found is None or found[1] or not -1 <= found[0] <= 1:
        raise PreauError(f"the weight {quoted(weight)} is no number from -100 to 100.")
    return found[0]


def body_of(inner: str, answers: Answers) -> tuple[Body, str, str]:
    """The body, the file's name for its type, and the general feedback."""
    start, hashes, general = inner.rpartition("####")
    inner = start if hashes else inner
    said = answers.rich(general) if hashes else ""
    text = inner.strip()
    word, _hash, rest = text.partition("#")
    if not text:
        return Essay(), "essay", said
    if word.strip().upper() in _WORDS:
        wrong, _hash, right = rest.partition("#")
        return _true_false(_WORDS[word.strip().upper()], wrong, right, answers), "truefalse", said
    if text.startswith("#"):
        return _numerical(text[1:], answers), "numerical", said
    split = answers.split(text)
    if all(it.mark == "=" for it in split) and any("->" in it.text for it in split):
        return _matching(split, answers), "matching", said
    if all(it.mark == "=" for it in split):
        return _short_answer(split), "shortanswer", said
    return _choice(split, answers), "multichoice", said


def _true_false(true: bool, wrong: str, right: str, answers: Answers) -> Body:
    first = answers.rich(wrong) if wrong.strip() else ""
    second = answers.rich(right) if right.strip() else ""
    return TrueFalse(true, second, first) if true else TrueFalse(true, first, second)


def _choice(split: list[Answer], answers: Answers) -> Body:
    several = all(it.mark == "~" for it in split)
    return Choice(
        tuple(
            Option(
                answers.rich(it.text),
                it.share if it.share is not None else float(it.mark == "="),
                it.feedback,
            )
            for it in split
        ),
        several,
    )


def _short_answer(split: list[Answer]) -> Body:
    return ShortAnswer(
        tuple(
            Pattern(shown(it.text), 1.0 if it.share is None else it.share, it.feedback)
            for it in split
        )
    )


def _matching(split: list[Answer], answers: Answers) -> Body:
    pairs = []
    for it in split:
        if it.share is not None or it.feedback:
            raise PreauError("a pair has neither a weight nor feedback.")
        phrase, arrow, answer = it.text.partition("->")
        if not arrow:
            raise PreauError(f"{quoted(it.text)} has no “->”, and the other pairs do.")
        pairs.append(Pair(answers.rich(phrase) if phrase.strip() else "", shown(answer)))
    return Matching(tuple(pairs))


def _numerical(text: str, answers: Answers) -> Body:
    if not text.strip():
        raise PreauError("there is no number between the braces.")
    if not _MARKS.search(text):
        text = f"={text}"
    values = []
    for it in answers.split(text):
        share = it.share if it.share is not None else float(it.mark == "=")
        if it.text.strip() == "*" or (it.mark == "~" and not it.text.strip()):
            values.append(Value(None, 0.0, share, it.feedback))
        else:
            value, tolerance = _bounds(it.text)
            values.append(Value(value, tolerance, share, it.feedback))
    return Numerical(tuple(values))


def _bounds(text: str) -> tuple[float, float]:
    """The value and its tolerance: ``3:0.1`` or ``2.9..3.1``."""
    low, dots, high = text.partition("..")
    if dots:
        least, most = _number(low), _number(high)
        if least > most:
            raise PreauError(f"{quoted(text)} is no range.")
        return (least + most) / 2, (most - least) / 2
    value, colon, tolerance = text.partition(":")
    return _number(value), _number(tolerance) if colon else 0.0


def _number(text: str) -> float:
    found = read_number(shown(text))
    if found is None or found[1]:
        raise PreauError(f"{quoted(text)} is no number.")
    return found[0]

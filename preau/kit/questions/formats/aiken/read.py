"""Reading Aiken."""

import re
import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from preau.kit.errors import PreauError
from preau.kit.questions.fidelity import Fidelity, Item
from preau.kit.questions.formats.encoding import decoded
from preau.kit.questions.formats.plain import as_html
from preau.kit.questions.question import Question
from preau.kit.questions.types.choice import Choice, Option

KEY = "aiken"
_CHOICE = re.compile(r"\s*([A-Z])[.)]\s+(\S.*)")
_ANSWER = re.compile(r"ANSWER\s*:\s*(.*)")
_NAME = 80  # characters of the question that become its name


@dataclass
class _Read:
    """A question being read."""

    line: int
    stem: str
    choices: list[str] = field(default_factory=list)


def looks_like(data: bytes) -> bool:
    """Whether there is a line ``ANSWER: X``."""
    try:
        lines = decoded(data).split("\n")
    except PreauError:
        return False
    return any(re.fullmatch(r"ANSWER\s*:\s*[A-Z]", line.strip()) for line in lines)


def read(data: bytes) -> Fidelity:
    """Every question; the first mistake refuses the file, with its line."""
    items = [
        Item(question.name, "multichoice", question.type, question=question, line=line)
        for line, question in _questions(decoded(data).split("\n"))
    ]
    if not items:
        raise PreauError("line 1: there is no question in it; a question ends with “ANSWER: A”.")
    return Fidelity(KEY, tuple(items))


def _questions(lines: Sequence[str]) -> Iterator[tuple[int, Question]]:
    open_: _Read | None = None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        if answer := _ANSWER.fullmatch(line.strip()):
            yield (open_.line if open_ else number), _finished(open_, answer[1], number)
            open_ = None
        elif open_ is None:
            open_ = _Read(number, line.strip())
        elif choice := _CHOICE.fullmatch(line):
            _add(open_, choice[1], choice[2].strip(), number)
        elif open_.choices:
            raise PreauError(
                f"line {number}: a choice (“{_letter(len(open_.choices))}. …”) or “ANSWER: …” "
                "should stand here; a choice must be on one line."
            )
        else:
            open_.stem += f"\n{line.strip()}"
    if open_ is not None:
        raise PreauError(f"line {open_.line}: this question has no line “ANSWER: …”; add it.")


def _letter(number: int) -> str:
    return string.ascii_uppercase[number] if number < 26 else "?"


def _add(open_: _Read, letter: str, text: str, number: int) -> None:
    wanted = _letter(len(open_.choices))
    if letter != wanted:
        raise PreauError(f"line {number}: choice {letter} stands where {wanted} should; rename it.")
    open_.choices.append(text)


def _finished(open_: _Read | None, answer: str, number: int) -> Question:
    if open_ is None:
        raise PreauError(f"line {number}: an answer without a question before it; add one.")
    letters = string.ascii_uppercase[: len(open_.choices)]
    if len(letters) < 2:
        raise PreauError(f"line {open_.line}: a question needs two choices or more; add them.")
    if len(answer) != 1 or answer not in letters:
        raise PreauError(f"line {number}: the answer must be one of {', '.join(letters)}.")
    options = tuple(
        Option(as_html(text), float(letter == answer))
        for letter, text in zip(letters, open_.choices, strict=True)
    )
    return Question(" ".join(open_.stem.split())[:_NAME], as_html(open_.stem), Choice(options))

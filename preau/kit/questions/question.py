"""A question as plain data, whatever file or database it comes from.

Texts are HTML. They name the question's own files (images) by ``FILES`` and the file's name;
``files`` has their bytes. Shares are fractions of the question's mark: 1.0 is all of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import cattrs

from preau.kit.errors import PreauError
from preau.kit.questions.types import TYPES, Body

FILES = "question-files/"  # before the name of a file in ``src`` and ``href``


@dataclass(frozen=True)
class Hint:
    """What is shown after a wrong try, where several are allowed."""

    text: str
    show_right_parts: bool = False
    clear_wrong_parts: bool = False


@dataclass(frozen=True)
class Feedback:
    """What is said of a whole answer."""

    right: str = ""
    partly: str = ""
    wrong: str = ""
    general: str = ""  # whatever was answered


@dataclass(frozen=True)
class Question:
    """One question of a bank."""

    name: str
    stem: str
    body: Body
    mark: float = 1.0
    penalty: float = 1 / 3  # share taken off for each wrong try, where several are allowed
    feedback: Feedback = field(default_factory=Feedback)
    hints: tuple[Hint, ...] = ()
    category: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    number: str = ""  # the author's own, unique in a bank; empty: none
    files: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def type(self) -> str:
        """The name of its type, as in ``TYPES``."""
        return self.body.TYPE

    def problems(self) -> list[str]:
        """Why nobody could be asked this; a sentence each."""
        found = [] if self.name.strip() else ["The question has no name."]
        if not 0 <= self.penalty <= 1:
            found.append(f"The penalty {self.penalty:g} is not between 0 and 1.")
        if self.mark < 0:
            found.append(f"The mark {self.mark:g} is below 0.")
        return found + self.body.problems()

    def to_data(self) -> dict[str, Any]:
        """All of it but ``files``, ready for JSON."""
        data: dict[str, Any] = _converter.unstructure(self)
        del data["files"]
        return {"type": self.type, **data, "body": _converter.unstructure(self.body)}


def question_from(data: Mapping[str, Any], files: Mapping[str, bytes] | None = None) -> Question:
    """The question that ``to_data`` wrote. Raises ``PreauError`` for anything else."""
    given = dict(data)
    kind = TYPES.get(str(given.pop("type", "")))
    if kind is None:
        raise PreauError(f"“{data.get('type')}” is no type of question; use {', '.join(TYPES)}.")
    try:
        body = _converter.structure(given.pop("body"), kind)
        plain: Question = _converter.structure({**given, "body": None}, Question)
    except (cattrs.BaseValidationError, KeyError, TypeError, ValueError) as error:
        said = "; ".join(cattrs.transform_error(error)) if isinstance(error, Exception) else ""
        raise PreauError(f"The question is not as it should be: {said or error}.") from error
    return Question(**{**vars(plain), "body": body, "files": dict(files or {})})


_converter = cattrs.Converter(forbid_extra_keys=True, unstruct_collection_overrides={tuple: list})
_converter.register_structure_hook_func(lambda it: it is Body, lambda value, _type: value)

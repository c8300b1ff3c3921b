"""The quiz as a kind of activity: what section.yaml says of it."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from preau.kit.errors import PreauError
from preau.kit.questions.behaviours import BEHAVIOURS
from preau.kit.questions.fidelity import Fidelity, Item
from preau.kit.questions.question import Question
from preau.kit.questions.reading import questions_in
from preau.learn.courses.kinds.kind import (
    FILE_BY_LANGUAGE,
    Content,
    Kind,
    Material,
    MaterialError,
    localised,
)
from preau.learn.quizzes.review import PHASES, REVIEWED
from preau.learn.quizzes.rules import COUNTS, NAVIGATIONS
from preau.learn.theme.stencil import Filling

_MANY = {"type": "integer", "minimum": 0, "maximum": 1000}
_MINUTES = {"type": "number", "exclusiveMinimum": 0, "maximum": 525600}
_SHARE = {"type": "number", "minimum": 0, "maximum": 100}
_NAMES = {"type": "string", "minLength": 1, "maxLength": 400}
_HOW = "Mend the file, or write accept_losses: true beside it"
_ENTRY: dict[str, Any] = {
    "type": "object",
    "properties": {
        "file": FILE_BY_LANGUAGE,
        "category": {
            "oneOf": [
                _NAMES,
                {"type": "object", "additionalProperties": _NAMES, "minProperties": 1},
            ]
        },
        "accept_losses": {"type": "boolean"},
        "draw": {"type": "integer", "minimum": 1, "maximum": 500},
        "mark": {"type": "number", "minimum": 0, "maximum": 1000},
    },
    "additionalProperties": False,
    "oneOf": [{"required": ["file"]}, {"required": ["category", "draw"]}],
    "dependentRequired": {"accept_losses": ["file"]},
}


class QuizKind(Kind):
    """Questions of the bank, asked by rules and marked."""

    key: ClassVar[str] = "quiz"
    name: ClassVar[str | Promise] = _("Quiz")
    dated: ClassVar[bool] = True
    graded: ClassVar[bool] = True
    personal: ClassVar[bool] = True
    completion: ClassVar[dict[str, Any]] = {"rule": "handed-in"}
    completions: ClassVar[frozenset[str]] = frozenset(
        {"view", "manual", "none", "handed-in", "passed", "mark"}
    )
    schema: ClassVar[dict[str, Any]] = {
        "questions": {"type": "array", "minItems": 1, "maxItems": 200, "items": _ENTRY},
        "behaviour": {"enum": list(BEHAVIOURS)},
        "time_limit": _MINUTES,
        "grace": {"type": "number", "minimum": 0, "maximum": 3600},
        "attempts": _MANY,
        "delay": _MINUTES,
        "counts": {"enum": list(COUNTS)},
        "per_page": _MANY,
        "shuffle": {"type": "boolean"},
        "navigation": {"enum": list(NAVIGATIONS)},
        "out_of": {"type": "number", "exclusiveMinimum": 0, "maximum": 10000},
        "pass": _SHARE,
        "review": {
            "type": "object",
            "properties": {
                phase: {"type": "array", "items": {"enum": list(REVIEWED)}, "uniqueItems": True}
                for phase in PHASES
            },
            "additionalProperties": False,
        },
    }
    required: ClassVar[tuple[str, ...]] = ("questions",)

    def files(self, content: Content) -> Iterable[str]:
        """The question files of every language."""
        for entry in content["questions"]:
            file = entry.get("file")
            if file is not None:
                yield from [file] if isinstance(file, str) else map(str, file.values())

    def derive(
        self, content: Content, language: str, read: Callable[[str], bytes]
    ) -> dict[str, Any]:
        """How many questions are asked.

        A file that loses anything on the way in is refused unless its entry accepts that; so
        are two languages that do not ask the same: a learner's mark must not depend on the
        language.
        """
        count, losses = 0, []
        for entry in content["questions"]:
            if "file" in entry:
                report = _checked(entry, language, read)
                count += entry.get("draw", report.taken)
                name = localised(entry["file"], language)
                losses += [f"{name}: “{item.name}”: {why}" for item, why in _lost(report)]
            else:
                count += entry["draw"]
        return {"count": count, **({"losses": losses} if losses else {})}

    def losses(self, derived: dict[str, Any]) -> list[str]:
        """What the question files lost."""
        return list(derived.get("losses", ()))

    def personal_part(self, request: HttpRequest, activity_key: str) -> Filling:
        """The learner's attempts, and what they may do now."""
        from preau.learn.quizzes.pages.front import front_html

        return front_html(request, activity_key)

    def context(self, material: Material) -> dict[str, Any]:
        """How many questions there are."""
        return {"count": material.derived.get("count", 0)}


def _checked(entry: dict[str, Any], language: str, read: Callable[[str], bytes]) -> Fidelity:
    name, accepted = localised(entry["file"], language), entry.get("accept_losses", False)
    report = report_on(name, read(name), accept_losses=accepted)
    if entry.get("draw", 0) > report.taken:
        raise MaterialError(name, 1, f"has {report.taken} questions; {entry['draw']} are drawn")
    if not isinstance(entry["file"], str):
        first = next(iter(entry["file"].values()))
        if first != name:
            theirs = report_on(first, read(first), accept_losses=accepted)
            _same(first, theirs.questions, name, report.questions)
    return report


def report_on(name: str, data: bytes, *, accept_losses: bool) -> Fidelity:
    """The questions of a course's file.

    Raises ``MaterialError`` if they would not work, or if not all of it is taken and that is not
    accepted.
    """
    try:
        report = questions_in(data, name)
    except PreauError as error:
        raise MaterialError(name, 1, str(error).removeprefix(f"{name}: ")) from error
    if not accept_losses:
        for item, why in _lost(report):
            said = f"“{item.name}” would lose something: {why} {_HOW}"
            raise MaterialError(name, item.line or 1, said)
    for item in report.items:
        problems = item.question.problems() if item.question is not None else []
        if problems:
            raise MaterialError(name, item.line or 1, f"“{item.name}”: {' '.join(problems)}")
    if not report.questions:
        raise MaterialError(name, 1, "has no questions")
    return report


def _lost(report: Fidelity) -> Iterator[tuple[Item, str]]:
    """Each question that loses something, and what."""
    for item in report.items:
        if item.lost:
            why = [*item.dropped, *(f"The image “{image}” is missing." for image in item.missing)]
            yield item, " ".join(why) or f"{item.type} is no type of question that is known here."


def _same(first: str, theirs: list[Question], name: str, ours: list[Question]) -> None:
    if len(theirs) != len(ours):
        said = f"has {len(ours)} questions, but {first} has {len(theirs)}"
        raise MaterialError(name, 1, said)
    for number, (one, other) in enumerate(zip(theirs, ours, strict=True), 1):
        if (one.type, one.mark) != (other.type, other.mark):
            said = (
                f"its question {number} “{other.name}” is {other.type} for {other.mark:g}, "
                f"but that of {first} is {one.type} for {one.mark:g}"
            )
            raise MaterialError(name, 1, said)


KIND = QuizKind()

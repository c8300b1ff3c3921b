"""What a quiz asks, kept in memory by the course's version."""

import random
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from preau.kit.errors import PreauError
from preau.learn.courses.models import Activity, Course
from preau.learn.quizzes.models import QuestionVersion, Quiz
from preau.learn.quizzes.rules import Rules, rules_of_course
from preau.learn.theme.stencil import Shelf


@dataclass(frozen=True)
class Entry:
    """Some questions as they are now: ``[(id of the version, mark), …]``, some of them drawn."""

    choices: tuple[tuple[int, float], ...]
    draw: int | None
    texts: int = 0  # how many of them ask nothing


@dataclass(frozen=True)
class Plan:
    """A quiz of a course: its rules, and its entries by language."""

    activity_id: int
    rules: Rules
    entries: dict[str, tuple[Entry, ...]]

    def count(self, language: str) -> int:
        """How many questions an attempt asks."""
        return sum(
            len(it.choices) - it.texts if it.draw is None else min(it.draw, len(it.choices))
            for it in self.entries.get(language, ())
        )

    def ask(self, language: str, seed: int) -> list[list[Any]]:
        """What an attempt with that seed asks: ``[slot, id of the version, mark]``, in order."""
        draw = random.Random(seed)  # noqa: S311  (nothing is secret here)
        asked = []
        for entry in self.entries[language]:
            chosen = list(entry.choices)
            if entry.draw is not None:
                chosen = draw.sample(chosen, min(entry.draw, len(chosen)))
            asked += chosen
        slots = [[slot, version, mark] for slot, (version, mark) in enumerate(asked, 1)]
        if self.rules.shuffle:
            draw.shuffle(slots)
        return slots


_plans: Shelf[Plan] = Shelf(500)


def plan_of(course: Course, activity_id: int) -> Plan:
    """The plan of a quiz as the course stands in ``course.version``."""
    return _plans.take((activity_id, course.pk, course.version), lambda: _read(activity_id))


def _read(activity_id: int) -> Plan:
    content = Activity.objects.values_list("content", flat=True).get(pk=activity_id)
    quiz = Quiz.objects.filter(activity_id=activity_id).first()
    if quiz is None:
        raise PreauError("This quiz has no questions yet: import its course again.")
    wanted = {
        pk for entries in quiz.plan.values() for entry in entries for pk in entry["questions"]
    }
    now = {
        version.question_id: version
        for version in QuestionVersion.objects.filter(
            question__in=wanted, version=F("question__version")
        )
    }
    entries = {
        language: tuple(_entry(entry, now) for entry in plan)
        for language, plan in quiz.plan.items()
    }
    return Plan(activity_id, rules_of_course(content), entries)


def _entry(entry: dict[str, Any], now: dict[int, QuestionVersion]) -> Entry:
    versions = [now[pk] for pk in entry["questions"] if pk in now]
    own = entry.get("mark")
    marks = [_mark(it.data, own) for it in versions]
    return Entry(
        tuple((it.pk, mark) for it, mark in zip(versions, marks, strict=True)),
        entry.get("draw"),
        sum(it.data["type"] == "description" for it in versions),
    )


def _mark(data: dict[str, Any], own: float | None) -> float:
    """What a question counts: a text between questions nothing, whatever its file says."""
    if data["type"] == "description":
        return 0.0
    return float(data.get("mark", 1.0) if own is None else own)

"""Questions in and out of a course's bank."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

from django.db import transaction
from django.db.models import F

from preau.kit.questions.fidelity import Fidelity
from preau.kit.questions.question import Question as QuestionData
from preau.learn.courses.models import Course
from preau.learn.courses.storage import keep_bytes
from preau.learn.quizzes.models import Category, Question, QuestionImport, QuestionVersion


@dataclass(frozen=True)
class Change:
    """What an import did with one question: ``added``, ``changed`` or ``unchanged``."""

    what: str
    name: str
    type: str
    version: int
    id: int = 0  # the database's; of a dry run it means nothing


def import_questions(
    course: Course,
    questions: Iterable[QuestionData],
    *,
    shelf: tuple[str, ...] = (),
    dry_run: bool = False,
    show: Callable[[list[Change]], None] = lambda _changes: None,
) -> list[Change]:
    """Take questions into the bank, all or none; below the category ``shelf``.

    A question that is there already gets a new version when it differs: it is found by its
    number (on its shelf, where one is named), or without one by its name in its category. Two of
    the same name in one file are two questions. ``show`` is given the changes before they are
    kept; when it raises, none is.
    """
    questions = list(questions)
    if not dry_run:
        for question in questions:
            for content in question.files.values():
                keep_bytes(content)
    with transaction.atomic():
        Course.objects.select_for_update().get(pk=course.pk)  # one import at a time
        seen: set[int] = set()
        changes = [_take(course, question, shelf, seen) for question in questions]
        show(changes)
        if dry_run:
            transaction.set_rollback(True)
    return changes


def keep_report(course: Course, file: str, report: Fidelity, *, anew: bool = True) -> None:
    """Keep what became of each question of a file; if not ``anew``, only when it differs."""
    file, data = file[-400:], report.to_data()
    last = QuestionImport.objects.filter(course=course, file=file).order_by("-pk").first()
    if anew or last is None or last.report != data:
        QuestionImport.objects.create(course=course, file=file, report=data)


def _take(course: Course, given: QuestionData, shelf: tuple[str, ...], seen: set[int]) -> Change:
    given = replace(given, category=(*shelf, *given.category))
    category = _category(course, given.category)
    row = _there(course, category, given, shelf, seen)
    data = given.to_data()
    files = {name: sha256(content).hexdigest() for name, content in sorted(given.files.items())}
    if row is not None:
        seen.add(row.pk)
        last = QuestionVersion.objects.get(question=row, version=row.version)
        if last.data == data and last.files == files:
            return Change("unchanged", given.name, given.type, row.version, row.pk)
    what = "changed" if row is not None else "added"
    row = row or Question(course=course)
    row.category, row.number, row.name, row.type = category, given.number, given.name, given.type
    row.tags = list(given.tags)
    row.version += 1
    row.save()
    seen.add(row.pk)
    QuestionVersion.objects.create(question=row, version=row.version, data=data, files=files)
    return Change(what, given.name, given.type, row.version, row.pk)


def _there(
    course: Course,
    category: Category,
    given: QuestionData,
    shelf: tuple[str, ...],
    seen: set[int],
) -> Question | None:
    rows = Question.objects.filter(course=course, number=given.number)
    if not given.number:
        rows = rows.filter(category=category, name=given.name, type=given.type)
    found = [
        row
        for row in rows.exclude(pk__in=seen).select_related("category").order_by("pk")
        # Compared here again: to some databases “Été ” is “ete”.
        if row.number == given.number
        and (given.number or row.name == given.name)
        and tuple(row.category.names[: len(shelf)]) == shelf
    ]
    here = [row for row in found if row.category_id == category.pk]
    return next(iter(here or found), None)


def _category(course: Course, names: tuple[str, ...]) -> Category:
    digest = sha256(json.dumps(names).encode()).hexdigest()
    found = {"defaults": {"names": list(names)}}
    return Category.objects.get_or_create(course=course, digest=digest, **found)[0]


def bank_of(course: Course) -> Iterator[QuestionData]:
    """The questions of the bank as they are asked now, each category's together."""
    versions = QuestionVersion.objects.filter(
        question__course=course, version=F("question__version")
    ).order_by("question__category_id", "question_id")
    for version in versions:
        yield version.as_question()

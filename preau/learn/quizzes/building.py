"""From a course's question files to its bank and the plans of its quizzes."""

from typing import Any

from django.db.models import F

from preau.learn.courses.folder.files import join
from preau.learn.courses.kinds.kind import localised
from preau.learn.courses.models import Activity, Asset, Course
from preau.learn.courses.storage import content_path
from preau.learn.quizzes.bank import import_questions, keep_report
from preau.learn.quizzes.kind import QuizKind, report_on
from preau.learn.quizzes.models import Category, Question, Quiz


def build_quizzes(course: Course) -> None:
    """Take the questions of the course's files, and plan each of its quizzes; in a transaction."""
    quizzes = Activity.objects.filter(course=course, kind=QuizKind.key, hidden=False)
    for activity in quizzes.select_related("section"):
        plan = {
            language: [
                _entry(course, activity, entry, language) for entry in activity.content["questions"]
            ]
            for language in course.languages
        }
        Quiz.objects.update_or_create(activity=activity, defaults={"plan": plan})


def plan_again(course: Course) -> None:
    """After a change of the bank: let every page and every new attempt see it."""
    build_quizzes(course)
    Course.objects.filter(pk=course.pk).update(version=F("version") + 1)


def _entry(
    course: Course, activity: Activity, entry: dict[str, Any], language: str
) -> dict[str, Any]:
    if "file" in entry:
        questions = _from_file(course, activity, entry, language)
    else:
        questions = _from_category(course, localised(entry["category"], language))
    more: dict[str, Any] = {name: entry[name] for name in ("draw", "mark") if name in entry}
    return {"questions": questions, **more}


def _from_file(
    course: Course, activity: Activity, entry: dict[str, Any], language: str
) -> list[int]:
    name = localised(entry["file"], language)
    path = join(activity.section.key, name) or ""
    digest = Asset.objects.get(course=course, path=path).digest
    data = content_path(digest).read_bytes()
    report = report_on(name, data, accept_losses=entry.get("accept_losses", False))
    keep_report(course, path, report, anew=False)
    shelf = (activity.key, language) if len(course.languages) > 1 else (activity.key,)
    return [change.id for change in import_questions(course, report.questions, shelf=shelf)]


def _from_category(course: Course, names: str) -> list[int]:
    """Questions of the category ``A / B`` and of those below it."""
    wanted = [name.strip() for name in names.split("/")]
    below = [
        category.pk
        for category in Category.objects.filter(course=course)
        if category.names[: len(wanted)] == wanted
    ]
    rows = Question.objects.filter(category__in=below).exclude(type="description")
    return list(rows.order_by("pk").values_list("pk", flat=True))

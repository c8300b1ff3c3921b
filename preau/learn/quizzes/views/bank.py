"""The question bank of a course, for those who teach it."""

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from preau.kit.errors import PreauError
from preau.kit.questions.fidelity import Fidelity
from preau.kit.questions.reading import read_questions
from preau.learn.courses.texts import in_language
from preau.learn.enrolments.access import Place, place_of
from preau.learn.events.record import record
from preau.learn.quizzes.answers import AnswerError, read_answer
from preau.learn.quizzes.bank import Change, import_questions, keep_report
from preau.learn.quizzes.building import plan_again
from preau.learn.quizzes.forms import ImportForm
from preau.learn.quizzes.models import (
    Attempt,
    Category,
    Question,
    QuestionImport,
    QuestionVersion,
    Quiz,
    Response,
)
from preau.learn.quizzes.pages.question import QuestionOnPage
from preau.learn.quizzes.questions import Version, version_of
from preau.learn.quizzes.review import EVERYTHING

_PAGE = 50
_SEED = 7  # of a preview, until another is asked for


def _frame(place: Place) -> dict[str, Any]:
    return {"run": place.run, "course_title": in_language(place.run.course.title)}


@require_safe
def questions(request: HttpRequest, run_key: str) -> HttpResponse:
    """The questions, fifty a page; by category, by words in name or tag."""
    place = place_of(request)
    asked = request.GET.get("after", "")
    after = int(asked[:18]) if asked.isdecimal() else 0
    words = request.GET.get("q", "").replace("\0", "").strip()[:120]
    category = request.GET.get("category", "")
    rows = Question.objects.filter(course=place.run.course_id, pk__gt=after)
    if category.isdecimal():
        rows = rows.filter(category=int(category[:18]))
    if words:
        rows = rows.filter(
            Q(name__icontains=words) | Q(number__iexact=words) | Q(tags__icontains=words)
        )
    found = list(rows.select_related("category").order_by("pk")[: _PAGE + 1])
    context = {
        **_frame(place),
        "rows": found[:_PAGE],
        "next_after": found[_PAGE - 1].pk if len(found) > _PAGE else None,
        "after": after,
        "words": words,
        "category": category,
        "categories": Category.objects.filter(course=place.run.course_id).order_by("pk")[:500],
        "imports": QuestionImport.objects.filter(course=place.run.course_id).order_by("-pk")[:5],
    }
    return render(request, "quizzes/bank.html", context)


def preview(request: HttpRequest, run_key: str, uuid: str) -> HttpResponse:
    """A question as learners see it; what is answered here is marked and not kept."""
    place = place_of(request)
    question = Question.objects.filter(course=place.run.course_id, uuid=uuid).first()
    if question is None:
        raise Http404
    versions = list(QuestionVersion.objects.filter(question=question).order_by("-version")[:50])
    wanted = request.GET.get("version", "")
    row = next((it for it in versions if str(it.version) == wanted), versions[0])
    seed = request.GET.get("seed", "")
    shown = _asked(place, version_of(row.pk), int(seed[:18]) % 10**6 if seed.isdecimal() else _SEED)
    error = ""
    if request.method == "POST":
        try:
            answer = read_answer(
                shown.body,
                lambda name: request.POST.getlist(f"{shown.prefix}{name}"),
                False,
                shown.mask,
            )
            shown = _answered(shown, dict(answer))
        except AnswerError as trouble:
            error = str(trouble)
    quizzes = Quiz.objects.filter(activity__course=place.run.course_id).select_related("activity")
    uses = [
        {"key": it.activity.key, "title": in_language(it.activity.title)}
        for it in quizzes
        if any(question.pk in e["questions"] for entries in it.plan.values() for e in entries)
    ]
    context = {
        **_frame(place),
        "question": question,
        "row": row,
        "versions": versions,
        "it": shown,
        "error": error,
        "uses": uses,
        "asked": Response.objects.filter(version__question=question).count(),
        "seed": shown.attempt.seed,
        "next_seed": shown.attempt.seed + 1,
        "tags": shown.version.question.tags,
    }
    return render(request, "quizzes/preview.html", context)


def _asked(place: Place, version: Version, seed: int) -> QuestionOnPage:
    """The question in an attempt that is kept nowhere."""
    attempt = Attempt(
        language=place.run.course.languages[0], behaviour="immediate", seed=seed, asked=[]
    )
    asks = version.question.type != "description"
    return QuestionOnPage(
        attempt=attempt, slot=1, version=version, key_version=version,
        mark=version.question.mark, number="1" if asks else "", response=None, shown=EVERYTHING,
        run_key=place.run.key, key="",
    )  # fmt: skip


def _answered(it: QuestionOnPage, answer: dict[str, Any]) -> QuestionOnPage:
    share = it.body.mark(answer).share
    response = Response(
        slot=1, answer=answer, tries=[{"answer": answer, "share": share}], share=share,
        to_mark=share is None,
    )  # fmt: skip
    return QuestionOnPage(**{**_fields(it), "response": response})


def _fields(it: QuestionOnPage) -> dict[str, Any]:
    """The fields it was made from."""
    return {name: getattr(it, name) for name in QuestionOnPage.__dataclass_fields__}


def take(request: HttpRequest, run_key: str) -> HttpResponse:
    """Take a file of questions: first what would become of each, then the change."""
    place = place_of(request)
    form = ImportForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {**_frame(place), "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            report, changes = _take(place, form)
        except PreauError as error:
            form.add_error("file", str(error))
        else:
            record(request, "imported", run=place.run.pk, role=place.role,
                   result={"taken": report.taken, "lost": report.lost})  # fmt: skip
            if not form.cleaned_data["dry_run"]:
                messages.success(
                    request,
                    ngettext(
                        "%(taken)s question was taken, %(lost)s lost something.",
                        "%(taken)s questions were taken, %(lost)s lost something.",
                        report.taken,
                    )
                    % {"taken": report.taken, "lost": report.lost},
                )
                if not report.lost:
                    return redirect("quizzes:bank", run_key)
            context |= {"report": report, "changes": changes}
    status = 400 if form.is_bound and not form.is_valid() else 200
    return render(request, "quizzes/import.html", context, status=status)


def _take(place: Place, form: ImportForm) -> tuple[Fidelity, list[Change]]:
    file, dry_run = form.cleaned_data["file"], form.cleaned_data["dry_run"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "questions"
        with path.open("wb") as writing:
            for chunk in file.chunks():
                writing.write(chunk)
        try:
            report = read_questions(path, form.cleaned_data["format"])
        except PreauError as error:
            raise PreauError(str(error).removeprefix(f"{path}").lstrip(": ")) from error
    course = place.run.course
    changes = import_questions(course, report.questions, dry_run=dry_run)
    if not dry_run:
        keep_report(course, file.name, report)
        plan_again(course)
    return report, changes

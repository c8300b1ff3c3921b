"""Marking by hand: a queue for each question, without names."""

from datetime import datetime
from itertools import zip_longest
from random import choice
from typing import cast

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from preau.kit.questions.rubric import Criterion, rubric_in, share_of
from preau.kit.questions.types.essay import Essay
from preau.learn.accounts.models import Person
from preau.learn.courses.outline import OutlineActivity
from preau.learn.courses.rich_text.sanitise import sanitise
from preau.learn.enrolments.access import Place, place_of
from preau.learn.events.record import record
from preau.learn.quizzes.access import any_quiz_in, plan_in
from preau.learn.quizzes.actions import regrading
from preau.learn.quizzes.actions.marking_by_hand import mark_by_hand
from preau.learn.quizzes.forms import MarkForm
from preau.learn.quizzes.models import QuestionVersion, Response
from preau.learn.quizzes.pages.attempt_page import paper_of
from preau.learn.quizzes.questions import version_of
from preau.learn.quizzes.review import EVERYTHING
from preau.learn.quizzes.views.reports import frame

_AMONG = 20  # the next answer is one of so many: two markers seldom read the same
_SHOWN = 200  # changes that a preview lists


def _answers(place: Place, activity: OutlineActivity) -> QuerySet[Response]:
    return Response.objects.filter(
        attempt__enrolment__run=place.run,
        attempt__activity=activity.id,
        attempt__submitted_at__isnull=False,
        attempt__trial=False,
    )


@require_safe
def queue(request: HttpRequest, run_key: str, key: str) -> HttpResponse:
    """The questions that a person marks, and how many answers wait."""
    place = place_of(request)
    activity = any_quiz_in(place, key)
    counts = (
        _answers(place, activity)
        .filter(Q(to_mark=True) | Q(marked_at__isnull=False))
        .values("version__question_id", "version__question__name")
        .annotate(waiting=Count("pk", filter=Q(to_mark=True)), total=Count("pk"))
        .order_by("version__question__name")
    )
    rows = [{**row, "done": row["total"] - row["waiting"]} for row in counts]
    context = {**frame(place, activity, "marking"), "counts": rows}
    return render(request, "quizzes/marking.html", context)


def mark(request: HttpRequest, run_key: str, key: str, question: int) -> HttpResponse:
    """One answer to mark, whose it is not said; then the next. With ``?answer=`` that one anew."""
    place = place_of(request)
    activity = any_quiz_in(place, key)
    if not QuestionVersion.objects.filter(
        question=question, question__course=place.run.course_id
    ).exists():
        raise Http404
    answers = _answers(place, activity).filter(version__question=question)
    if request.method == "POST":
        return _mark(request, place, activity, answers, question)
    if "answer" in request.GET:
        named = _named(answers, request.GET["answer"])
        return _one(request, place, activity, named, _as_marked(named))
    waiting = answers.filter(to_mark=True)
    found = list(waiting.order_by("pk")[:_AMONG])
    row = choice(found) if found else None  # noqa: S311
    if row is None:
        messages.success(request, _("Every answer to this question is marked."))
        return redirect("quizzes:marking", run_key, key)
    return _one(request, place, activity, row, MarkForm(most=_mark_of(row)), waiting.count())


def _one(
    request: HttpRequest, place: Place, activity: OutlineActivity, row: Response, form: MarkForm,
    left: int | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    """The page of one answer; ``left`` says how many wait, None that this one is named."""
    _plan, rules = plan_in(place, activity)
    paper = paper_of(place, activity, row.attempt, rules, timezone.now(), EVERYTHING)
    question = next(it for it in paper.questions if it.slot == row.slot)
    version = version_of(row.version_id)
    criteria = criteria_of(version.body)
    context = {
        **frame(place, activity, "marking"),
        "row": row,
        "it": question,
        "left": left,
        "form": form,
        "most": _mark_of(row),
        "notes": question.rich(_notes(version.body)),
        "criteria": list(zip_longest(range(len(criteria)), criteria, row.levels[: len(criteria)])),
        "was": row.marked_at.isoformat() if row.marked_at else "",
    }
    return render(request, "quizzes/mark.html", context, status=status)


def _notes(body: object) -> str:
    return body.notes if isinstance(body, Essay) else ""


def criteria_of(body: object) -> tuple[Criterion, ...]:
    """The rubric of an essay; none where it has none."""
    return rubric_in(sanitise(_notes(body)))


def _mark_of(row: Response) -> float:
    return next((mark for slot, _v, mark in row.attempt.asked if slot == row.slot), 0.0)


def _named(answers: QuerySet[Response], asked: str) -> Response:
    found = answers.filter(pk=int(asked[:18])) if asked.isdecimal() else answers.none()
    row = found.first()
    if row is None:
        raise Http404
    return row


def _as_marked(row: Response) -> MarkForm:
    """The form with the mark that the answer has, unless it is the rubric's."""
    most = _mark_of(row)
    mark = row.share * most if row.share is not None else None
    criteria = criteria_of(version_of(row.version_id).body)
    if row.levels and row.share == share_of(criteria, row.levels):
        mark = None
    return MarkForm(most=most, initial={"mark": mark, "comment": row.comment})


def _mark(
    request: HttpRequest,
    place: Place,
    activity: OutlineActivity,
    answers: QuerySet[Response],
    question: int,
) -> HttpResponse:
    row = _named(answers, request.POST.get("response", ""))
    changes = "answer" in request.GET
    most, criteria = _mark_of(row), criteria_of(version_of(row.version_id).body)
    levels = _levels(request, criteria)
    form = MarkForm(request.POST, most=most, required=not levels)
    if not form.is_valid():
        left = None if changes else answers.filter(to_mark=True).count()
        return _one(request, place, activity, row, form, left, status=400)
    mark = form.cleaned_data["mark"]
    share = share_of(criteria, levels or []) if mark is None else mark / most if most else 0.0
    marker, now = cast("Person", request.user), timezone.now()
    comment, was = form.cleaned_data["comment"], moment_in(request.POST.get("was", ""))
    if mark_by_hand(row.pk, share, comment, levels or [], marker, now, instead_of=was):
        record(request, "marked", run=place.run.pk, activity=activity.id, role=place.role,
               result={"attempt": row.attempt_id, "slot": row.slot, "share": share})  # fmt: skip
        messages.success(request, _("The mark is saved."))
    else:
        messages.warning(request, _("Somebody else marked this answer meanwhile; theirs stands."))
    if changes:
        return redirect("quizzes:attempt-of", place.run.key, activity.key, row.attempt_id)
    return redirect("quizzes:mark", place.run.key, activity.key, question)


def moment_in(text: str) -> datetime | None:
    """The moment as a form of ours wrote it; None for anything else."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _levels(request: HttpRequest, criteria: tuple[Criterion, ...]) -> list[int] | None:
    """The level chosen of each criterion; None unless all are chosen."""
    chosen = []
    for number, criterion in enumerate(criteria):
        value = request.POST.get(f"criterion-{number}", "")
        if not value.isdecimal() or int(value[:18]) >= len(criterion.levels):
            return None
        chosen.append(int(value))
    return chosen


@require_safe
def regrade(request: HttpRequest, run_key: str, key: str) -> HttpResponse:
    """Who would get another mark by the questions' present keys."""
    place = place_of(request)
    activity = any_quiz_in(place, key)
    found = list(regrading.preview(place.run, activity.id))
    context = {
        **frame(place, activity, "regrade"),
        "changes": found[:_SHOWN],
        "count": len(found),
        "more": max(0, len(found) - _SHOWN),
        "up": sum((it.after or 0) > (it.before or 0) for it in found),
        "down": sum((it.after or 0) < (it.before or 0) for it in found),
    }
    return render(request, "quizzes/regrade.html", context)


@require_POST
def regrade_now(request: HttpRequest, run_key: str, key: str) -> HttpResponse:
    """Do it."""
    place = place_of(request)
    activity = any_quiz_in(place, key)
    count = regrading.regrade(place.run, activity.id)
    record(request, "regraded", run=place.run.pk, activity=activity.id, role=place.role,
           result={"changed": count})  # fmt: skip
    said = ngettext(
        "%(count)s attempt has a new mark.", "%(count)s attempts have a new mark.", count
    )
    messages.success(request, said % {"count": count})
    return redirect("quizzes:report", run_key, key)

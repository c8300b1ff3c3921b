"""How a quiz goes, for those who teach."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from preau.learn.courses.outline import OutlineActivity
from preau.learn.courses.texts import in_language
from preau.learn.enrolments.access import Place, place_of
from preau.learn.events.record import record
from preau.learn.quizzes import reports
from preau.learn.quizzes.access import any_quiz_in, plan_in
from preau.learn.quizzes.models import Attempt
from preau.learn.quizzes.pages.attempt_page import paper_of
from preau.learn.quizzes.pages.fragments import question_html
from preau.learn.quizzes.pages.front import scaled
from preau.learn.quizzes.pages.question import QuestionOnPage
from preau.learn.quizzes.parquet import parquet_bytes
from preau.learn.quizzes.review import EVERYTHING
from preau.learn.theme.csv_file import csv_lines

_PAGE = 50


def frame(place: Place, activity: OutlineActivity, tab: str) -> dict[str, Any]:
    """What every page about a quiz needs."""
    return {
        "run": place.run,
        "course_title": in_language(place.run.course.title),
        "title": in_language(activity.title),
        "activity": activity,
        "tab": tab,
        "may_change": place.role in {"teacher", "manager", "operator"},
    }


def _which(request: HttpRequest) -> str:
    asked = request.GET.get("which", "")
    return asked if asked in reports.WHICH else reports.WHICH[0]


@require_safe
def report(request: HttpRequest, run_key: str, key: str) -> HttpResponse:
    """The picture first: how the marks are spread; then the indices of quiz and questions."""
    place = place_of(request)
    activity = any_quiz_in(place, key)
    which = _which(request)
    found = reports.analysis_of(place.run, activity.id, which)
    most = max(found["histogram"], default=0)
    step = found["quiz"].out_of / reports.BINS
    bars = [
        {
            "count": count, "from": number * step, "to": (number + 1) * step,
            "x": 2 + number * 100 / reports.BINS * 0.96,
            "height": 100 * count / most if most else 0,
            "y": 100 - (100 * count / most if most else 0),
        }
        for number, count in enumerate(found["histogram"])
    ]  # fmt: skip
    context = {
        **frame(place, activity, "report"),
        **found,
        "bars": bars,
        "most": most,
        "which": which,
        "choices": reports.WHICH,
        "open": Attempt.objects.filter(
            enrolment__run=place.run, activity=activity.id, submitted_at=None, trial=False
        ).count(),
    }
    return render(request, "quizzes/report.html", context)


@require_safe
def item(request: HttpRequest, run_key: str, key: str, slot: int) -> HttpResponse:
    """What was answered to one question."""
    place = place_of(request)
    activity = any_quiz_in(place, key)
    which = _which(request)
    found = reports.analysis_of(place.run, activity.id, which)
    row = next((it for it in found["slots"] if it["slot"] == slot), None)
    if row is None:
        raise Http404
    asked = reports.answers_of(place.run, activity.id, slot, which)
    context = {**frame(place, activity, "report"), "row": row, "asked": asked, "which": which}
    return render(request, "quizzes/item.html", context)


@require_safe
def attempts(request: HttpRequest, run_key: str, key: str) -> HttpResponse:
    """The attempts, those begun last first, fifty a page."""
    place = place_of(request)
    activity = any_quiz_in(place, key)
    _plan, rules = plan_in(place, activity)
    before = request.GET.get("before", "")
    words = request.GET.get("q", "").replace("\0", "").strip()[:120]
    rows = Attempt.objects.filter(enrolment__run=place.run, activity=activity.id)
    if before.isdecimal():
        rows = rows.filter(pk__lt=int(before[:18]))
    if words:
        rows = rows.filter(enrolment__person__name__icontains=words)
    found = list(rows.select_related("enrolment__person").order_by("-pk")[: _PAGE + 1])
    context = {
        **frame(place, activity, "attempts"),
        "rows": [(it, *scaled(it, rules)) for it in found[:_PAGE]],
        "next_before": found[_PAGE - 1].pk if len(found) > _PAGE else None,
        "before": before,
        "words": words,
    }
    return render(request, "quizzes/attempts.html", context)


@require_safe
def attempt_of(request: HttpRequest, run_key: str, key: str, attempt: int) -> HttpResponse:
    """Somebody's attempt, everything shown."""
    place = place_of(request)
    activity = any_quiz_in(place, key)
    found = (
        Attempt.objects.filter(enrolment__run=place.run, activity=activity.id, pk=attempt)
        .select_related("enrolment__person")
        .first()
    )
    if found is None:
        raise Http404
    _plan, rules = plan_in(place, activity)
    paper = paper_of(place, activity, found, rules, timezone.now(), EVERYTHING)
    mark, out_of = scaled(found, rules)
    context = {
        **paper.context(),
        **frame(place, activity, "attempts"),
        "who": found.enrolment.person.name,
        "questions": [
            (it.number, question_html(it).decode(), _mark_anew(it)) for it in paper.questions
        ],
        "mark": mark,
        "out_of": out_of,
    }
    return render(request, "quizzes/attempt_of.html", context)


def _mark_anew(it: QuestionOnPage) -> str:
    """Where the mark of an answer that is handed in can be changed; empty where there is none."""
    if it.response is None or it.attempt.is_open or not it.number:
        return ""
    place = [it.run_key, it.key, it.version.question_id]
    return f"{reverse('quizzes:mark', args=place)}?answer={it.response.pk}"


@require_safe
def responses(request: HttpRequest, run_key: str, key: str, kind: str) -> Any:
    """Every answer as a file: CSV or Parquet."""
    place = place_of(request)
    activity = any_quiz_in(place, key)
    name = f"{place.run.key}-{activity.key}.{kind}"
    record(request, "downloaded", run=place.run.pk, activity=activity.id, role=place.role,
           result={"path": name})  # fmt: skip
    rows = reports.response_rows(place.run, activity.id)
    if kind == "parquet":
        response: Any = HttpResponse(
            parquet_bytes(reports.RESPONSE_COLUMNS, rows), content_type="application/octet-stream"
        )
    else:
        response = StreamingHttpResponse(
            csv_lines(_with_header(rows)), content_type="text/csv; charset=utf-8"
        )
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _with_header(rows: Any) -> Any:
    yield list(reports.RESPONSE_COLUMNS)
    yield from rows

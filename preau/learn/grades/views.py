"""Marks as pages and as a file."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from preau.learn.courses.texts import in_language
from preau.learn.enrolments.access import place_of
from preau.learn.events.record import record
from preau.learn.grades.queries import graded, lines_of, rows_for_file, table_of
from preau.learn.theme.csv_file import csv_lines

_PAGE = 50


@require_safe
def mine(request: HttpRequest, run_key: str) -> HttpResponse:
    """My marks in this run: every graded activity, with all attempts."""
    place = place_of(request)
    lines = lines_of(place)
    told = [line.best for line in lines if line.best is not None]
    context = {
        "run": place.run,
        "title": in_language(place.run.course.title),
        "lines": lines,
        "earned": sum(it["mark"] for it in told),
        "possible": sum(it["out_of"] for it in told),
        "done": len(told),
        "teaches": place.role != "learner",
    }
    record(request, "viewed", run=place.run.pk, course=place.run.course_id, role=place.role)
    return render(request, "grades/mine.html", context)


@require_safe
def everybody(request: HttpRequest, run_key: str) -> HttpResponse:
    """The marks of all learners, fifty a page; ``q`` finds some of them."""
    place = place_of(request)
    asked = request.GET.get("after", "")
    after = int(asked[:18]) if asked.isdecimal() else 0
    words = request.GET.get("q", "").replace("\0", "").strip()[:120]
    rows = table_of(place.run, after, _PAGE + 1, words)
    context = {
        "run": place.run,
        "title": in_language(place.run.course.title),
        "columns": [
            {"key": it.key, "title": in_language(it.title)} for it in graded(place.outline)
        ],
        "rows": rows[:_PAGE],
        "after": after,
        "next_after": rows[_PAGE - 1][0].pk if len(rows) > _PAGE else None,
        "words": words,
    }
    return render(request, "grades/everybody.html", context)


@require_safe
def csv(request: HttpRequest, run_key: str) -> StreamingHttpResponse:
    """The same as a file, everybody in it."""
    place = place_of(request)
    record(request, "downloaded", run=place.run.pk, role=place.role, result={"path": "marks.csv"})
    response = StreamingHttpResponse(
        csv_lines(rows_for_file(place.run)), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{place.run.key}-marks.csv"'
    return response

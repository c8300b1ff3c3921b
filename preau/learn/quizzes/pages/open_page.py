"""A page of an open attempt: a frame that everybody shares, and the questions in it."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from preau.learn.quizzes.pages.attempt_page import Paper
from preau.learn.quizzes.pages.fragments import frame_of, question_html
from preau.learn.theme.page import filled_page
from preau.learn.theme.stencil import Filling


def open_page(
    request: HttpRequest, paper: Paper, page: int, now: datetime, status: int = 200, **more: object
) -> HttpResponse:
    """The questions of that page; ``more`` has ``error`` or ``conflicts`` to tell of."""
    attempt, count = paper.attempt, len(paper.pages)
    parts = {
        "page": page,
        "count": count,
        "last": page == count,
        "timed": attempt.due_at is not None,
        "takes_files": paper.takes_files,
        "sequential": paper.rules.sequential,
    }
    frame = frame_of(paper, "quizzes/attempt.html", parts)
    values: dict[str, Filling] = {
        "attempt": attempt.uuid.hex,
        "map": map_html(paper, page),
        "questions": b"\n".join(map(question_html, paper.pages[page - 1])),
        "alerts": _alerts(more, attempt.language) if more else "",
    }
    if attempt.due_at is not None:
        values["due"] = attempt.due_at.isoformat()
        values["now"] = now.isoformat()
        values["due_words"] = escape(due_words(attempt.due_at))
    response = filled_page(request, frame, values)
    response.status_code = status
    return response


def _alerts(more: dict[str, object], language: str) -> str:
    return render_to_string("quizzes/_alerts.html", {**more, "language": language})


def due_words(due: datetime) -> str:
    """Until when an attempt has to be handed in."""
    local = localtime(due)
    return _("To be handed in by %(moment)s on %(day)s") % {
        "moment": date_format(local, "TIME_FORMAT"),
        "day": date_format(local, "DATE_FORMAT"),
    }


def map_html(paper: Paper, page: int = 0) -> str:
    """The numbers of all questions with their states, as links to them."""
    attempt = paper.attempt
    place = [paper.place.run.key, paper.activity.key, attempt.number]
    address = escape(reverse("quizzes:attempt", args=place))
    items = []
    for it in paper.map:
        words = f'<span class="visually-hidden" data-map-words> {escape(it["words"])}</span>'
        common = f'class="map-item map-{it["state"]}" data-map="{it["slot"]}"'
        if it["closed"]:
            items.append(f"<li><span {common}>{it['number']}{words}</span></li>")
            continue
        query = f"?page={it['page']}" if attempt.is_open else ""
        current = ' aria-current="page"' if it["page"] == page else ""
        link = f'<a {common} href="{address}{query}#q{it["slot"]}"{current}>'
        items.append(f"<li>{link}{it['number']}{words}</a></li>")
    label = escape(_("Questions"))
    return f'<nav class="question-map" aria-label="{label}"><ol>{"".join(items)}</ol></nav>'

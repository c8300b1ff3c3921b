"""What is seen before an attempt is handed in, and after."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _

from preau.learn.quizzes.pages.attempt_page import Paper
from preau.learn.quizzes.pages.fragments import frame_of, question_html
from preau.learn.quizzes.pages.front import scaled
from preau.learn.quizzes.pages.open_page import due_words, map_html
from preau.learn.theme.page import filled_page
from preau.learn.theme.stencil import Filling


def summary_page(request: HttpRequest, paper: Paper) -> HttpResponse:
    """Every question with its state, and the button that hands in."""
    due = paper.attempt.due_at
    head = {
        "unanswered": sum(it.state == "none" for it in paper.questions),
        "due_words": due_words(due) if due is not None else "",
    }
    values = {
        "attempt": paper.attempt.uuid.hex,
        "head": render_to_string("quizzes/_summary_head.html", head),
        "list": _list(paper),
    }
    return filled_page(request, frame_of(paper, "quizzes/summary.html"), values)


def _list(paper: Paper) -> str:
    place = [paper.place.run.key, paper.activity.key, paper.attempt.number]
    address = escape(reverse("quizzes:attempt", args=place))
    items = []
    for it in paper.map:
        name: str = escape(_("Question %(number)s") % {"number": it["number"]})
        if not it["closed"]:
            name = f'<a href="{address}?page={it["page"]}#q{it["slot"]}">{name}</a>'
        state = f'<span class="summary-state">{escape(it["words"])}</span>'
        items.append(f'<li class="map-{it["state"]}"><span>{name}</span> {state}</li>')
    return f'<ol class="summary-list">{"".join(items)}</ol>'


def review_page(request: HttpRequest, paper: Paper) -> HttpResponse:
    """What came of an attempt, as far as the quiz's review options tell."""
    attempt = paper.attempt
    mark, out_of = scaled(attempt, paper.rules)
    told = paper.questions[0].shown if paper.questions else None
    head = {
        "attempt": attempt,
        "told": told,
        "mark": mark,
        "out_of": out_of,
        "share": round(100 * mark / out_of) if mark is not None and out_of else None,
    }
    shown = paper.questions if told is not None and told.answers else []
    values: dict[str, Filling] = {
        "head": render_to_string("quizzes/_review_head.html", head),
        "map": map_html(paper) if shown else "",
        "questions": b"\n".join(map(question_html, shown)),
    }
    return filled_page(request, frame_of(paper, "quizzes/review.html"), values)

"""Frames of pages and questions as HTML, shared by all who see the same.

A question that nobody has answered yet differs between learners only by the order of its
choices, of which there are few; one whose answer is a choice, by that too. So a thousand people
who begin at once are shown what was rendered for the first of them.
"""

from collections.abc import Hashable, Mapping

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language

from preau.learn.courses.texts import in_language
from preau.learn.enrolments.pages.parts import shelf_key
from preau.learn.quizzes.marking import order_of
from preau.learn.quizzes.pages.attempt_page import Paper
from preau.learn.quizzes.pages.question import QuestionOnPage
from preau.learn.theme.page import page_stencil
from preau.learn.theme.stencil import Shelf, Stencil

# Types whose answers many people have in common: choices, a word, a number.
_SHARED = frozenset(
    {"choice", "true-false", "matching", "ordering", "gaps", "description", "short-answer",
     "numerical"}
)  # fmt: skip
_SHUFFLED = frozenset({"choice", "matching", "ordering", "gaps", "cloze", "markers"})
_LONGEST = 40  # letters of an answer that others may have given too
_fragments: Shelf[bytes] = Shelf(3000)
_frames: Shelf[Stencil] = Shelf(1000)


def frame_of(paper: Paper, template: str, parts: Mapping[str, Hashable] | None = None) -> Stencil:
    """The page of an attempt without what is personal; ``parts`` is what else it depends on."""
    run, activity, number = paper.place.run, paper.activity, paper.attempt.number
    parts = parts or {}

    def make() -> Stencil:
        context = {
            "run": run,
            "course_title": in_language(run.course.title),
            "title": in_language(activity.title),
            "activity": activity,
            "number": number,
            **parts,
        }
        path = reverse("quizzes:attempt", args=[run.key, activity.key, number])
        return page_stencil(template, path, context)

    return _frames.take(shelf_key(run, activity.key, number, template, *parts.values()), make)


def question_html(it: QuestionOnPage) -> bytes:
    """The question with its answer and what may be told of it, as UTF-8."""
    key = _key(it)
    return _render(it) if key is None else _fragments.take(key, lambda: _render(it))


def _render(it: QuestionOnPage) -> bytes:
    return render_to_string("quizzes/_question.html", {"it": it}).encode()


def _key(it: QuestionOnPage) -> Hashable | None:
    """All that the HTML depends on; None where hardly anybody else has the same."""
    type_, row, attempt = it.version.question.type, it.response, it.attempt
    if type_ == "calculated" or it.attached or (row is not None and type_ not in _SHARED):
        return None
    state: Hashable = None
    if row is not None:
        written = sum(len(value) for values in row.answer.values() for value in values)
        if row.comment or len(row.tries) > 1 or written > _LONGEST:
            return None
        state = (it.base, len(row.tries), row.done, row.share, row.to_mark, row.marked_at)
    order = order_of(attempt, it.slot) if type_ in _SHUFFLED else 0
    return (
        it.version.id, it.key_version.id, it.slot, it.number, it.mark, order,
        attempt.behaviour, attempt.is_open, it.editable, it.shown, it.run_key, it.key, state,
        get_language(), attempt.language,
    )  # fmt: skip

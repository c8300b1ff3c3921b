"""Finding words, accents ignored: in the catalogue and inside a course."""

import re
from collections.abc import Collection
from typing import TypedDict

from django.db.models import Q, QuerySet
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from preau.learn.courses.models import ActivityText, Course
from preau.learn.courses.texts import fold, in_language

_MOST_WORDS = 8
_MOST_HITS = 50
_AROUND = 90  # characters of an excerpt before and after the word


def search_words(query: str) -> list[str]:
    """The folded words of a query, each once, at most eight."""
    return list(dict.fromkeys(re.findall(r"\w+", fold(query))))[:_MOST_WORDS]


def having_words(words: list[str]) -> Q:
    """Rows whose ``folded`` text has every word."""
    wanted = Q()
    for word in words:
        wanted &= Q(folded__contains=word)
    return wanted


def search_courses(courses: QuerySet[Course], query: str) -> list[Course]:
    """Courses that have every word of the query, those with words in the title first."""
    words = search_words(query)
    found = list(courses.filter(having_words(words)))
    return sorted(found, key=lambda course: -_weight(course, words))


def _weight(course: Course, words: list[str]) -> int:
    title = fold(" ".join(course.title.values()))
    summary = fold(" ".join(course.summary.values()))
    return sum(10 * (word in title) + 3 * (word in summary) for word in words)


class Hit(TypedDict):
    """One activity found."""

    key: str
    title: str
    excerpt: SafeString


def search_course(course: Course, query: str, sections: Collection[str]) -> list[Hit]:
    """Activities of these sections, in the page's language, that have every word.

    At most fifty, those with words in the title first.
    """
    words = search_words(query)
    if not words:
        return []
    rows = (
        ActivityText.objects.filter(
            having_words(words),
            activity__course=course,
            activity__hidden=False,
            activity__section__key__in=sections,
            language=course.language_for(get_language()),
        )
        .select_related("activity")
        .order_by("activity__position")
    )
    found = [(in_language(row.activity.title), row) for row in rows]
    found.sort(key=lambda pair: -sum(word in fold(pair[0]) for word in words))
    return [
        Hit(key=row.activity.key, title=title, excerpt=excerpt(row.plain, words))
        for title, row in found[:_MOST_HITS]
    ]


def excerpt(plain: str, words: list[str]) -> SafeString:
    """The text around the first word found, with the words marked."""
    folded, places = _fold_with_places(plain)
    first = min((at for word in words if (at := folded.find(word)) >= 0), default=0)
    middle = places[first] if first < len(places) else 0
    start, end = max(0, middle - _AROUND), min(len(plain), middle + _AROUND)
    piece = plain[start:end]
    before, after = "…" if start else "", "…" if end < len(plain) else ""
    return mark_safe(f"{before}{_marked(piece, words)}{after}")  # noqa: S308  (escaped below)


def _marked(piece: str, words: list[str]) -> str:
    if not words:
        return escape(piece)
    folded, places = _fold_with_places(piece)
    places.append(len(piece))
    result, position = [], 0
    for match in re.finditer("|".join(map(re.escape, words)), folded):
        # Accents that follow belong to the word; so does a letter that folds to several (ß).
        start = places[match.start()]
        end = max(places[match.end()], places[match.end() - 1] + 1)
        if start < position:
            continue
        result += [escape(piece[position:start]), "<mark>", escape(piece[start:end]), "</mark>"]
        position = end
    return "".join([*result, escape(piece[position:])])


def _fold_with_places(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters its index in ``text``."""
    folded: list[str] = []
    places: list[int] = []
    for index, char in enumerate(text):
        plain = fold(char)
        folded.append(plain)
        places += [index] * len(plain)
    return "".join(folded), places

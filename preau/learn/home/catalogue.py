"""The catalogue: which courses match, and how many each filter would leave."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from preau.learn.courses.models import Course, Pace, Run
from preau.learn.courses.search import search_courses
from preau.learn.courses.subjects import SUBJECTS

PAGE = 24


@dataclass(frozen=True)
class Offer:
    """One run of a course. The catalogue shows of each course the best that matches."""

    course: Course
    run: Run
    when: str  # a key of WHEN


@dataclass(frozen=True)
class Choice:
    """One value of a filter."""

    value: str
    label: str | Promise
    count: int
    selected: bool
    query: str  # the address's query with this choice added or taken away


@dataclass(frozen=True)
class Facet:
    """One filter."""

    name: str
    label: str | Promise
    choices: list[Choice]


@dataclass(frozen=True)
class Catalogue:
    """What the catalogue's page shows."""

    offers: list[Offer]  # one of each course
    facets: list[Facet]
    total: int
    words: str
    page: int
    pages: int


# What the filter “Dates” knows, the best first.
WHEN: dict[str, Promise] = {
    "open": _("Open for enrolment"),
    "soon": _("Starting soon"),
    "running": _("Running, enrolment closed"),
    "over": _("Over"),
}
_RANK = {when: rank for rank, when in enumerate(WHEN)}

_VALUES: dict[str, Callable[[Offer], Iterable[str]]] = {
    "subject": lambda offer: [offer.course.subject],
    "language": lambda offer: offer.course.languages,
    "when": lambda offer: [offer.when],
    "pace": lambda offer: [offer.run.pace],
}
_LABELS: dict[str, str | Promise] = {
    "subject": _("Subject"),
    "language": _("Language"),
    "when": _("Dates"),
    "pace": _("Pace"),
}


def _labels(name: str) -> dict[str, str | Promise]:
    languages: dict[str, str | Promise] = dict(settings.LANGUAGES)
    paces: dict[str, str | Promise] = dict(Pace.choices)
    labels: dict[str, dict[str, str | Promise]] = {
        "subject": dict(SUBJECTS), "language": languages, "when": dict(WHEN), "pace": paces,
    }  # fmt: skip
    return labels[name]


def when_of(run: Run, now: datetime) -> str:
    """Where a run stands: a key of ``WHEN``.

    What has not begun is “soon” also when nobody may enrol (yet, or any more).
    """
    if run.has_ended(now):
        return "over"
    if run.enrolment_is_open(now):
        return "open"
    opens_later = run.enrolment_opens_at is not None and run.enrolment_opens_at > now
    return "soon" if opens_later or not run.has_started(now) else "running"


def _offers(courses: list[Course]) -> list[Offer]:
    """All runs of these courses: the courses in their order, of each the best run first.

    Open before soon before running before over, then without a key, then the earliest.
    """
    now = timezone.now()
    runs: dict[int, list[Offer]] = {course.pk: [] for course in courses}
    by_id = {course.pk: course for course in courses}
    for run in Run.objects.filter(course__in=courses, retired=False):
        run.course = by_id[run.course_id]
        runs[run.course_id].append(Offer(run.course, run, when_of(run, now)))
    return [offer for some in runs.values() for offer in sorted(some, key=_order(now))]


def _order(now: datetime) -> Callable[[Offer], tuple[int, bool, datetime, str]]:
    def order(offer: Offer) -> tuple[int, bool, datetime, str]:
        run = offer.run
        return _RANK[offer.when], run.asks_for_key, run.starts_at or now, run.key

    return order


def read_catalogue(query: QueryDict) -> Catalogue:
    """The catalogue for an address's query: ``q``, ``subject``, ``language``, ``when``, ``pace``.

    Several values of one filter widen, several filters narrow. A course matches when one of its
    runs satisfies all filters. A choice's count is what the page would show with the other
    filters as they are.
    """
    words = query.get("q", "").strip()[:200]
    selected = {name: set(query.getlist(name)) for name in _VALUES}
    courses = Course.objects.defer("about", "folded").filter(version__gt=0).order_by("key")
    everything = _offers(search_courses(courses, words))
    found = _best(offer for offer in everything if _matches(offer, selected))
    pages = max(1, -(-len(found) // PAGE))
    asked = query.get("page", "1")
    page = min(max(int(asked[:6]) if asked.isdecimal() else 1, 1), pages)
    return Catalogue(
        offers=found[(page - 1) * PAGE : page * PAGE],
        facets=[_facet(name, everything, selected, query) for name in _VALUES],
        total=len(found),
        words=words,
        page=page,
        pages=pages,
    )


def _best(offers: Iterable[Offer]) -> list[Offer]:
    """The first of each course."""
    best: dict[int, Offer] = {}
    for offer in offers:
        best.setdefault(offer.course.pk, offer)
    return list(best.values())


def _matches(offer: Offer, selected: dict[str, set[str]], but: str = "") -> bool:
    return all(
        name == but or not wanted or wanted & set(_VALUES[name](offer))
        for name, wanted in selected.items()
    )


def _facet(
    name: str, offers: list[Offer], selected: dict[str, set[str]], query: QueryDict
) -> Facet:
    courses: dict[str, set[int]] = defaultdict(set)
    for offer in offers:
        if _matches(offer, selected, but=name):
            for value in _VALUES[name](offer):
                courses[value].add(offer.course.pk)
    choices = [
        Choice(
            value, label, len(courses[value]), value in selected[name], _toggled(query, name, value)
        )
        for value, label in _labels(name).items()
        if courses[value] or value in selected[name]
    ]
    return Facet(name, _LABELS[name], choices)


def _toggled(query: QueryDict, name: str, value: str) -> str:
    changed = query.copy()
    changed.pop("page", None)
    values = changed.getlist(name)
    rest = [other for other in values if other != value]
    changed.setlist(name, rest if value in values else [*values, value])
    return changed.urlencode()

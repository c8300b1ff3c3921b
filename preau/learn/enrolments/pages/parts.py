"""What the pages of a run have in common: keys of stencils, ticks, locks, progress."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from preau.learn.courses.models import Run
from preau.learn.courses.outline import OutlineActivity, OutlineSection
from preau.learn.courses.texts import in_language
from preau.learn.enrolments.access import Place
from preau.learn.enrolments.release import Lock
from preau.learn.theme.page import icon, part_stencil
from preau.learn.theme.stencil import Filling, Shelf, Stencil


def shelf_key(run: Run, *more: Hashable) -> tuple[Hashable, ...]:
    """Everything the shared part of a run's page depends on."""
    return (run.pk, run.version, run.course.version, get_language(), *more)


@dataclass(frozen=True)
class OutlineStencils:
    """The outline of a run: for each section its open and its locked form."""

    opened: Mapping[str, Stencil]
    locked: Mapping[str, Stencil]
    ticks: tuple[tuple[str, int], ...]  # hole and activity of all that can be completed


_outlines: Shelf[OutlineStencils] = Shelf(400)


def outline_stencils(place: Place, template: str) -> OutlineStencils:
    """The sections rendered with that template, shared by all who follow the run."""

    def make() -> OutlineStencils:
        texts = activity_texts(place)
        return OutlineStencils(
            {
                s.key: _section(place, s, template, texts, locked=False)
                for s in place.outline.sections
            },
            {
                s.key: _section(place, s, template, texts, locked=True)
                for s in place.outline.sections
            },
            tuple(
                (f"done:{activity.key}", activity.id)
                for activity in place.outline.by_key.values()
                if activity.can_be_completed
            ),
        )

    return _outlines.take(shelf_key(place.run, template), make)


def activity_texts(place: Place) -> dict[str, str]:
    """The labels of the course, rendered: what is shown in the outline itself."""
    from preau.learn.enrolments.pages.material import label_html

    return {
        activity.key: label_html(place, activity)
        for activity in place.outline.by_key.values()
        if not activity.has_page
    }


def _section(
    place: Place, section: OutlineSection, template: str, texts: Mapping[str, str], *, locked: bool
) -> Stencil:
    activities = [
        {
            "activity": activity,
            "title": in_language(activity.title),
            "html": texts.get(activity.key, ""),
        }
        for activity in section.activities
    ]
    context = {
        "run": place.run,
        "section": section,
        "title": in_language(section.title),
        "summary": in_language(section.summary),
        "activities": activities,
        "total": len(section.to_complete),
        "locked": locked,
    }
    return part_stencil(template, context)


def fill_outline(place: Place, stencils: OutlineStencils, current: str = "") -> dict[str, Filling]:
    """The hole ``section:<key>`` of every section, filled for this person."""
    done = place.done
    tick, circle = _tick_and_circle(get_language())
    values: dict[str, Filling] = {
        name: tick if id_ in done else circle for name, id_ in stencils.ticks
    }
    if current:
        values[f"current:{current}"] = ' aria-current="page"'
    filled: dict[str, Filling] = {}
    for section in place.outline.sections:
        lock = place.locks.get(section.key)
        if lock is None:
            values["count"] = str(len(section.to_complete & done))
            html = stencils.opened[section.key].fill(values)
        else:
            html = stencils.locked[section.key].fill({**values, "lock": lock_text(lock)})
        filled[f"section:{section.key}"] = html
    return filled


@lru_cache(maxsize=20_000)
def activity_url(run_key: str, key: str) -> str:
    """The page of an activity."""
    return reverse("enrolments:activity", args=[run_key, key])


@lru_cache(maxsize=1000)
def run_url(run_key: str) -> str:
    """The course page of a run."""
    return reverse("enrolments:run", args=[run_key])


@lru_cache(maxsize=20)
def _tick_and_circle(_language: str | None) -> tuple[bytes, bytes]:
    def mark(name: str, words: str) -> bytes:
        hidden = f'<span class="visually-hidden">{escape(words)}</span>'
        return f'<span class="tick tick-{name}">{icon(name)}{hidden}</span>'.encode()

    return mark("check", _("Completed:")), mark("circle", _("To do:"))


def lock_text(lock: Lock) -> str:
    """Why a section is closed, as escaped text."""
    if lock.until is not None:
        moment = date_format(localtime(lock.until), "DATETIME_FORMAT")
        return escape(_("Opens on %(moment)s") % {"moment": moment})
    title = in_language(lock.after or {})
    return escape(_("Opens when “%(section)s” is complete") % {"section": title})


def way_on(place: Place) -> tuple[str, OutlineActivity | None]:
    """“Start” or “Continue”, and where it leads: the next thing to do after the last one done."""
    enrolment = place.enrolment
    begun = enrolment is not None and enrolment.last_at is not None
    wanted = enrolment.last_activity_id if enrolment is not None else None
    last = next((it for it in place.outline.pages if it.id == wanted), None)
    return _("Continue") if begun else _("Start"), next_to_do(place, last)


def next_to_do(place: Place, after: OutlineActivity | None = None) -> OutlineActivity | None:
    """Where to go on: the first open activity not complete, from ``after`` on, then from the start.

    Activities without anything to complete are passed over.
    """
    pages = place.outline.pages
    start = place.outline.place[after.key] if after is not None else 0
    for activity in (*pages[start:], *pages[:start]):
        open_ = activity.section_key not in place.locks
        if open_ and activity.can_be_completed and activity.id not in place.done:
            return activity
    return None

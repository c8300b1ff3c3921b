"""The structure of a course, kept in memory by version.

Every page of a run needs it, and it changes only with the course's version; so a request
asks the database for nothing of it.
"""

from dataclasses import dataclass, field
from typing import Any

from preau.learn.courses.kinds import kind_of
from preau.learn.courses.models import Activity, Course, Section
from preau.learn.courses.texts import Text
from preau.learn.theme.stencil import Shelf

_KEPT = 200  # outlines


@dataclass(frozen=True)
class OutlineActivity:
    """An activity as the outline shows it."""

    id: int
    key: str
    kind: str
    title: Text
    minutes: int | None
    completion: dict[str, Any]
    section_key: str
    duration: float | None = None  # seconds, where the author gave it

    @property
    def can_be_completed(self) -> bool:
        """Whether it counts for progress."""
        return bool(self.completion.get("rule", "none") != "none")

    @property
    def has_page(self) -> bool:
        """Whether it is opened on a page of its own."""
        return kind_of(self.kind).has_page


@dataclass(frozen=True)
class OutlineSection:
    """A section with its activities in order."""

    key: str
    title: Text
    summary: Text
    release: dict[str, Any]
    activities: tuple[OutlineActivity, ...]
    to_complete: frozenset[int]  # ids of its activities that count for progress


@dataclass(frozen=True)
class Outline:
    """A course's sections, and its activities by key."""

    sections: tuple[OutlineSection, ...]
    by_key: dict[str, OutlineActivity]
    pages: tuple[OutlineActivity, ...]  # what previous and next walk through
    to_complete: frozenset[int]
    place: dict[str, int] = field(default_factory=dict)  # key → index in pages

    def section(self, key: str) -> OutlineSection | None:
        """The section of that key."""
        return next((section for section in self.sections if section.key == key), None)

    def neighbours(self, key: str) -> tuple[OutlineActivity | None, OutlineActivity | None]:
        """The activities before and after that one."""
        index = self.place[key]
        before = self.pages[index - 1] if index else None
        after = self.pages[index + 1] if index + 1 < len(self.pages) else None
        return before, after


_outlines: Shelf[Outline] = Shelf(_KEPT)


def outline_of(course: Course) -> Outline:
    """The outline of the course as it stands in ``course.version``."""
    return _outlines.take((course.pk, course.version), lambda: _read(course))


def _read(course: Course) -> Outline:
    activities: dict[int, list[Activity]] = {}
    for activity in Activity.objects.filter(course=course, hidden=False).order_by("position"):
        activities.setdefault(activity.section_id, []).append(activity)
    rows = Section.objects.filter(course=course, removed=False).order_by("position")
    sections = tuple(_section(row, activities.get(row.pk, [])) for row in rows)
    everything = [activity for section in sections for activity in section.activities]
    pages = tuple(activity for activity in everything if activity.has_page)
    return Outline(
        sections=sections,
        by_key={activity.key: activity for activity in everything},
        pages=pages,
        to_complete=frozenset().union(*(section.to_complete for section in sections)),
        place={activity.key: index for index, activity in enumerate(pages)},
    )


def _section(row: Section, rows: list[Activity]) -> OutlineSection:
    activities = tuple(
        OutlineActivity(
            id=activity.pk,
            key=activity.key,
            kind=activity.kind,
            title=activity.title,
            minutes=activity.minutes,
            completion=activity.completion,
            section_key=row.key,
            duration=activity.content.get("duration"),
        )
        for activity in rows
    )
    to_complete = frozenset(activity.id for activity in activities if activity.can_be_completed)
    return OutlineSection(row.key, row.title, row.summary, row.release, activities, to_complete)

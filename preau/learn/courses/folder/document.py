"""A course as its folder tells it: plain values that compare and turn into JSON."""

from dataclasses import dataclass, field
from typing import Any

Text = dict[str, str]


@dataclass(frozen=True)
class FileDocument:
    """A file of the course. ``path`` is relative to the course folder, with slashes."""

    path: str
    digest: str  # SHA-256, hexadecimal
    size: int  # bytes


@dataclass(frozen=True)
class ActivityDocument:
    """One activity; ``content`` is what its kind reads (see ``kinds.Kind``)."""

    key: str
    kind: str
    title: Text
    minutes: int | None
    completion: dict[str, Any]
    content: dict[str, Any]


@dataclass(frozen=True)
class SectionDocument:
    """A section folder."""

    key: str
    title: Text
    summary: Text
    release: dict[str, Any]
    activities: tuple[ActivityDocument, ...]


@dataclass(frozen=True)
class RunDocument:
    """A run; times are ISO strings as written, read in ``time_zone``.

    A day without an hour begins what opens then (00:00), and is included in what ends with it.
    """

    key: str
    title: Text
    pace: str
    starts: str | None
    ends: str | None
    time_zone: str
    enrolment_by: str
    enrolment_opens: str | None
    enrolment_closes: str | None
    release: dict[str, str]
    dates: dict[str, dict[str, str]] = field(default_factory=dict)  # activity → opens, closes


@dataclass(frozen=True)
class CourseDocument:
    """Everything a course folder says."""

    key: str
    languages: tuple[str, ...]
    title: Text
    summary: Text
    about: Text
    subject: str
    teachers: tuple[dict[str, Any], ...]
    hours_per_week: float | None
    weeks: int | None
    cover: str
    share_image: str
    licence: str
    sections: tuple[SectionDocument, ...]
    runs: tuple[RunDocument, ...]
    files: dict[str, FileDocument] = field(default_factory=dict)

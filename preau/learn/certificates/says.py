"""What a certificate says, in the words of its day."""

import unicodedata
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from preau.kit.certificate_file import FORMAT
from preau.learn.certificates.conditions import Standing
from preau.learn.courses.models import Course, Run
from preau.learn.courses.outline import outline_of
from preau.learn.enrolments.models import Enrolment

# What reorders letters or is none of them: a name must look on paper as it is written.
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NO_LETTERS = frozenset({"Cc", "Cs", "Co", "Cn"})


def content_of(
    enrolment: Enrolment, standing: Standing, uuid: UUID, now: datetime, *, with_marks: bool
) -> dict[str, Any]:
    """Texts in all their languages, days in the run's zone; what is not known is not there."""
    run: Run = enrolment.run
    course = Course.objects.get(pk=run.course_id)
    days = {
        "starts": run.starts_at and run.starts_at.astimezone(run.zone).date().isoformat(),
        "ends": run.ends_at and run.ends_at.astimezone(run.zone).date().isoformat(),
    }
    content: dict[str, Any] = {
        "format": FORMAT,
        "uuid": str(uuid),
        "address": settings.SITE_ADDRESS + reverse("certificates:certificate", args=[uuid]),
        "site": settings.SITE_NAME,
        "name": enrolment.person.name,
        "course": {"key": course.key, "title": course.title, "languages": course.languages},
        "run": {"key": run.key, "title": run.title, **{k: day for k, day in days.items() if day}},
        "content": [section.title for section in outline_of(course).sections],
        "issued_at": now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    if course.hours_per_week and course.weeks:
        content["hours"] = max(1, round(course.hours_per_week * course.weeks))
    if with_marks and standing.percent is not None:
        content["percent"] = standing.percent
    plain: dict[str, Any] = _plain(content)
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return " ".join("".join(map(_letter, value)).split())
    if isinstance(value, list):
        return [_plain(it) for it in value]
    if isinstance(value, dict):
        return {name: _plain(it) for name, it in value.items()}
    return value


def _letter(letter: str) -> str:
    if letter.isspace():
        return " "
    none = letter in _TURNS or unicodedata.category(letter) in _NO_LETTERS
    return "" if none else letter

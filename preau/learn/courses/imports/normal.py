"""The one written form of a document, so that two that mean the same are equal."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from preau.learn.courses.folder.document import CourseDocument, RunDocument
from preau.learn.courses.imports.stored import (
    INSTANT,
    whole_or_float,
    written_end,
    written_form,
)


def moment(written: str | None, zone: str) -> datetime | None:
    """A date of a course folder as a moment in time.

    An hour that the clocks skip in spring is the one they show instead.
    """
    if written is None:
        return None
    local = datetime.fromisoformat(written).replace(tzinfo=ZoneInfo(zone))
    return local.astimezone(UTC).astimezone(local.tzinfo)


def end_moment(written: str | None, zone: str) -> datetime | None:
    """A date until which something lasts; a day without an hour lasts to its last instant."""
    if written is None or "T" in written:
        return moment(written, zone)
    next_day = (date.fromisoformat(written) + timedelta(days=1)).isoformat()
    midnight = moment(next_day, zone)
    return (midnight.astimezone(UTC) - INSTANT).astimezone(ZoneInfo(zone)) if midnight else None


def normal_run(run: RunDocument) -> RunDocument:
    """The run with its dates in their shortest form (it starts at 00:00: on that day)."""

    def short(written: str | None) -> str | None:
        found = moment(written, run.time_zone)
        return written_form(found) if found else None

    def short_end(written: str | None) -> str | None:
        found = end_moment(written, run.time_zone)
        return written_end(found, ZoneInfo(run.time_zone)) if found else None

    return replace(
        run,
        starts=short(run.starts),
        ends=short_end(run.ends),
        enrolment_opens=short(run.enrolment_opens),
        enrolment_closes=short_end(run.enrolment_closes),
        release={key: short(value) or "" for key, value in run.release.items()},
        dates={
            key: {
                name: (short_end(value) if name == "closes" else short(value)) or ""
                for name, value in sorted(dates.items(), reverse=True)
            }
            for key, dates in run.dates.items()
        },
    )


def normal_course(course: CourseDocument) -> CourseDocument:
    """The whole course in its one form."""
    hours = course.hours_per_week
    return replace(
        course,
        hours_per_week=whole_or_float(float(hours)) if hours is not None else None,
        runs=tuple(normal_run(run) for run in course.runs),
    )

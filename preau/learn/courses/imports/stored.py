"""The course as the database has it → ``CourseDocument``."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from preau.learn.courses.folder.document import (
    ActivityDocument,
    CourseDocument,
    FileDocument,
    RunDocument,
    SectionDocument,
)
from preau.learn.courses.models import Activity, Asset, Course, Run, Section

INSTANT = timedelta(microseconds=1)  # the shortest that every database keeps


def stored_course(course: Course) -> CourseDocument:
    """What exporting the course would write. Hidden activities and retired runs are left out."""
    activities: dict[int, list[ActivityDocument]] = {}
    for row in Activity.objects.filter(course=course, hidden=False).order_by("position"):
        activities.setdefault(row.section_id, []).append(stored_activity(row))
    sections = Section.objects.filter(course=course, removed=False).order_by("position")
    runs = Run.objects.filter(course=course, retired=False).order_by("pk")
    return CourseDocument(
        key=course.key,
        languages=tuple(course.languages),
        title=course.title,
        summary=course.summary,
        about=course.about,
        subject=course.subject,
        teachers=tuple(course.teachers),
        hours_per_week=whole_or_float(course.hours_per_week),
        weeks=course.weeks,
        cover=course.cover,
        share_image=course.share_image,
        licence=course.licence,
        sections=tuple(stored_section(row, activities.get(row.pk, [])) for row in sections),
        runs=tuple(stored_run(run) for run in runs),
        files={
            asset.path: FileDocument(asset.path, asset.digest, asset.size)
            for asset in Asset.objects.filter(course=course).order_by("path")
        },
    )


def stored_activity(row: Activity) -> ActivityDocument:
    """One activity as its section.yaml has it."""
    return ActivityDocument(row.key, row.kind, row.title, row.minutes, row.completion, row.content)


def stored_section(row: Section, activities: list[ActivityDocument]) -> SectionDocument:
    """One section with its activities in order."""
    return SectionDocument(row.key, row.title, row.summary, row.release, tuple(activities))


def stored_run(run: Run) -> RunDocument:
    """One run; its enrolment key is a secret and stays on the site."""

    def local(moment: datetime | None) -> str | None:
        return written_form(moment.astimezone(run.zone)) if moment else None

    def end(moment: datetime | None) -> str | None:
        return written_end(moment, run.zone) if moment else None

    return RunDocument(
        key=run.key,
        title=run.title,
        pace=run.pace,
        starts=local(run.starts_at),
        ends=end(run.ends_at),
        time_zone=run.time_zone,
        enrolment_by="key" if run.enrolment_by_key else "open",
        enrolment_opens=local(run.enrolment_opens_at),
        enrolment_closes=end(run.enrolment_closes_at),
        release={
            key: written_form(datetime.fromisoformat(moment).astimezone(run.zone))
            for key, moment in run.release.items()
        },
        dates={
            key: {
                name: (end if name == "closes" else local)(datetime.fromisoformat(moment)) or ""
                for name, moment in dates.items()
            }
            for key, dates in run.dates.items()
        },
    )


def written_form(local: datetime) -> str:
    """The shortest form of a local time that the format knows."""
    if local.hour == local.minute == local.second == 0:
        return local.date().isoformat()
    return _with_time(local)


def written_end(moment: datetime, zone: ZoneInfo) -> str:
    """The shortest form of a time until which something lasts: a whole day without its hour."""
    local = moment.astimezone(zone)
    if (moment.astimezone(UTC) + INSTANT).astimezone(zone).date() == local.date():
        return _with_time(local)
    return local.date().isoformat()


def _with_time(local: datetime) -> str:
    form = "%Y-%m-%dT%H:%M" if local.second == 0 else "%Y-%m-%dT%H:%M:%S"
    return local.strftime(form)


def whole_or_float(value: float | None) -> float | None:
    """3.0 as 3, as people write it."""
    return int(value) if value is not None and value.is_integer() else value

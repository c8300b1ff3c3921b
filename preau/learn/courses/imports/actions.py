"""A course document becomes what learners see: one transaction, only what changed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import F

from preau.kit.errors import PreauError
from preau.learn.courses import signals
from preau.learn.courses.folder.document import CourseDocument, RunDocument
from preau.learn.courses.folder.files import join
from preau.learn.courses.imports.content import Contents
from preau.learn.courses.imports.normal import end_moment, moment, normal_course
from preau.learn.courses.imports.report import ImportReport, What
from preau.learn.courses.imports.stored import stored_course
from preau.learn.courses.media import media_type
from preau.learn.courses.models import Asset, Course, Run
from preau.learn.courses.ordered_json import same
from preau.learn.courses.removal import remove_or_keep
from preau.learn.courses.rich_text import render
from preau.learn.courses.storage import content_path, keep_content
from preau.learn.courses.texts import fold

Show = Callable[[ImportReport], None]


def import_course(
    document: CourseDocument,
    folder: Path,
    *,
    dry_run: bool = False,
    show: Show = lambda _report: None,
) -> ImportReport:
    """Make the course on the site equal to ``document``, read from ``folder``.

    The report names every change; ``show`` is given it before the changes are kept, and when it
    raises nothing is. A dry run does the same work and undoes it, so its report
    is the real one. An activity that the folder no longer has is deleted, or hidden when
    learners have work in it; a run likewise is deleted or retired.
    """
    document = normal_course(document)
    report = ImportReport(document.key)
    if not dry_run:
        for file in document.files.values():
            keep_content(folder / file.path, file.digest)
    with transaction.atomic():
        course = _import(document, folder if dry_run else None, report)
        show(report)
        if dry_run:
            transaction.set_rollback(True)
        elif report.changes:
            signals.imported.send(sender=Course, course=course)
    return report


def _import(document: CourseDocument, folder: Path | None, report: ImportReport) -> Course:
    Course.objects.get_or_create(key=document.key)
    course = Course.objects.select_for_update().get(key=document.key)
    before = stored_course(course) if course.version else None
    _save_course(course, document, before, report)
    changed_files = _save_files(course, document, before, report)
    contents = Contents(course, document, before, changed_files, report, _reader(document, folder))
    contents.save()
    seen = len(report.changes)
    _save_runs(course, document, before, report)
    content_changed = any(change.noun != "run" for change in report.changes[:seen])
    if content_changed or before is None:
        course.version += 1
        course.folded = fold(_words(document))
    if report.changes:
        course.save()
    report.version = course.version
    return course


def _reader(document: CourseDocument, folder: Path | None) -> Any:
    """Reads a file of the course: from the site, or in a dry run from the folder."""

    def read(path: str) -> bytes:
        if folder is not None:
            return (folder / path).read_bytes()
        return content_path(document.files[path].digest).read_bytes()

    return read


def _words(document: CourseDocument) -> str:
    texts = [document.title, document.summary, document.about]
    texts += [section.title for section in document.sections]
    texts += [activity.title for section in document.sections for activity in section.activities]
    people = [str(teacher["name"]) for teacher in document.teachers]
    return " ".join([*(word for text in texts for word in text.values()), *people])


def _save_course(
    course: Course, document: CourseDocument, before: CourseDocument | None, report: ImportReport
) -> None:
    fields = (
        "title", "summary", "about", "subject", "hours_per_week", "weeks", "cover", "share_image",
        "licence",
    )  # fmt: skip
    differing = [
        name
        for name in (*fields, "languages", "teachers")
        if before is None or not same(getattr(before, name), getattr(document, name))
    ]
    for name in fields:
        setattr(course, name, getattr(document, name))
    course.languages = list(document.languages)
    course.teachers = list(document.teachers)
    if before is None:
        report.note("added", "course", document.key)
    elif differing:
        report.note("changed", "course", document.key, ", ".join(differing))
    else:
        report.unchanged += 1


def _save_files(
    course: Course, document: CourseDocument, before: CourseDocument | None, report: ImportReport
) -> frozenset[str]:
    old = before.files if before else {}
    rows = {asset.path: asset for asset in Asset.objects.filter(course=course)}
    for_visitors = _files_for_visitors(document)
    changed = set()
    for path, file in document.files.items():
        row = rows.pop(path, None) or Asset(course=course, path=path)
        wanted = (file.digest, path in for_visitors, media_type(path))
        if row.pk and (row.digest, row.public, row.media_type) == wanted:
            report.unchanged += 1
            continue
        row.digest, row.public, row.media_type = wanted
        row.size = file.size
        row.save()
        if path not in old or old[path].digest != file.digest:
            changed.add(path)
            report.note("changed" if path in old else "added", "file", path)
    for path, row in rows.items():
        row.delete()
        report.note("removed", "file", path)
    return frozenset(changed)


def _files_for_visitors(document: CourseDocument) -> set[str]:
    """What lies in no section, and what the course's public page shows, wherever it lies."""
    sections = {section.key for section in document.sections}
    shown = {document.cover, document.share_image}
    shown |= {teacher.get("photo", "") for teacher in document.teachers}
    for text in document.about.values():
        shown |= {join("", name) or "" for name, _line in render(text).files}
    return {path for path in document.files if path in shown or path.split("/")[0] not in sections}


def _save_runs(
    course: Course, document: CourseDocument, before: CourseDocument | None, report: ImportReport
) -> None:
    old = {run.key: run for run in before.runs} if before else {}
    for run in document.runs:
        row = Run.objects.select_for_update().filter(key=run.key).first()
        if row is not None and row.course_id != course.pk:
            raise PreauError(
                f"The run “{run.key}” (runs.yaml) belongs to the course “{row.course.key}”; "
                "choose another key. Nothing was changed."
            )
        if row is not None and old.get(run.key) == run:
            report.unchanged += 1
            continue
        report.note(_what(row), "run", run.key)
        _save_run(row or Run(course=course, key=run.key), run)
    gone = Run.objects.filter(course=course, retired=False)
    for row in gone.exclude(key__in=[run.key for run in document.runs]):
        kept = remove_or_keep(row, "retired")
        if kept:
            Run.objects.filter(pk=row.pk).update(version=F("version") + 1)
        report.note("retired" if kept else "removed", "run", row.key)


def _what(row: Run | None) -> What:
    if row is None:
        return "added"
    return "restored" if row.retired else "changed"


def _save_run(row: Run, run: RunDocument) -> None:
    zone = run.time_zone
    row.title, row.pace, row.time_zone, row.retired = run.title, run.pace, zone, False
    row.starts_at, row.ends_at = moment(run.starts, zone), end_moment(run.ends, zone)
    row.enrolment_by_key = run.enrolment_by == "key"
    row.enrolment_opens_at = moment(run.enrolment_opens, zone)
    row.enrolment_closes_at = end_moment(run.enrolment_closes, zone)
    dates = {key: moment(value, zone) for key, value in run.release.items()}
    row.release = {key: date.isoformat() for key, date in dates.items() if date}
    row.dates = {key: _dates(dates, zone) for key, dates in run.dates.items()}
    row.version += 1
    row.save()


def _dates(written: dict[str, str], zone: str) -> dict[str, str]:
    found = {
        name: (end_moment if name == "closes" else moment)(value, zone)
        for name, value in written.items()
    }
    return {name: date.isoformat() for name, date in found.items() if date}

"""Changing the small course between two imports, as a teacher does in an editor."""

import shutil
from pathlib import Path

from preau.learn.courses.folder import read_course
from preau.learn.courses.imports import ImportReport, import_course, stored_course
from preau.learn.courses.models import Course
from preau.learn.courses.outline import outline_of
from preau.learn.enrolments.actions import complete
from preau.learn.enrolments.models import Completion, Enrolment
from tests.people import imported


def course() -> Course:
    return Course.objects.get(key="small")


def replaced(folder: Path, file: str, old: str, new: str) -> None:
    """Replace text in one file of the folder; the text must be there once."""
    path = folder / file
    text = path.read_text()
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new))


def without_line(folder: Path, file: str, start: str) -> None:
    """Remove the one line that begins so."""
    path = folder / file
    lines = path.read_text().splitlines(keepends=True)
    kept = [line for line in lines if not line.strip().startswith(start)]
    assert len(kept) == len(lines) - 1
    path.write_text("".join(kept))


def without_practice(folder: Path) -> None:
    """Remove an activity with its texts."""
    without_line(folder, "waves/section.yaml", "- {key: practice")
    for language in ("en", "fr"):
        (folder / f"waves/practice.{language}.md").unlink()


def without_section(folder: Path, key: str) -> None:
    """Remove a section with all it holds."""
    replaced(folder, "course.yaml", "[waves, networks]", "[waves]")
    assert key == "networks"
    shutil.rmtree(folder / key)


def changes(report: ImportReport) -> set[tuple[str, str, str]]:
    return {(change.what, change.noun, change.key) for change in report.changes}


def looked_at(folder: Path) -> ImportReport:
    """A dry run."""
    document, _unused = read_course(folder)
    return import_course(document, folder, dry_run=True)


def dry_then_real(folder: Path) -> ImportReport:
    """Import after a dry run, which must have told the same."""
    foretold = looked_at(folder)
    report = imported(folder)
    assert foretold == report
    return report


def done(enrolment: Enrolment, key: str) -> Completion:
    """The learner completes an activity of the small course."""
    activity = outline_of(enrolment.run.course).by_key[key]
    assert complete(enrolment, activity, Completion.How.VIEW)
    return Completion.objects.get(enrolment=enrolment, activity_id=activity.id)


def site_as_it_is() -> object:
    """Everything of courses that the database has, to compare."""
    document = stored_course(course()) if Course.objects.exists() else None
    rows = [
        list(model.objects.order_by("pk").values())
        for model in (Course, *(related.related_model for related in _related()))
    ]
    return document, rows


def _related() -> list[object]:
    return [rel for rel in Course._meta.related_objects if rel.one_to_many]

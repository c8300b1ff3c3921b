"""Course folder → ``CourseDocument``, with every problem found on the way."""

from pathlib import Path
from typing import Any

from preau.kit.errors import PreauError
from preau.learn.courses.folder.activities import read_section
from preau.learn.courses.folder.document import CourseDocument, RunDocument, SectionDocument
from preau.learn.courses.folder.files import CourseFiles
from preau.learn.courses.folder.problems import CourseFolderError
from preau.learn.courses.folder.reader import Reader
from preau.learn.courses.folder.rules import check_rules
from preau.learn.courses.folder.schema import course_schema, runs_schema


def read_course(folder: Path) -> tuple[CourseDocument, list[str]]:
    """The course in ``folder``, and the files that nothing in it refers to.

    Raises ``CourseFolderError`` naming every problem by file and line.
    """
    if not (folder / "course.yaml").is_file():
        raise PreauError(
            f"{folder} is not a course folder: it has no course.yaml. "
            "Name the folder that holds it (docs/reference/course-format.md)."
        )
    reader = Reader(CourseFiles(folder))
    course = reader.yaml("course.yaml", course_schema())
    reader.stop_at_problems()
    reader.languages = tuple(course["languages"])
    if "source" in course["sections"]:
        where = ("sections", course["sections"].index("source"))
        reader.problem_at("course.yaml", where, "“source” is no part of the course; rename it")
        reader.stop_at_problems()
    sections = tuple(read_section(reader, key) for key in course["sections"])
    runs = _runs(reader)
    document = _document(reader, course, sections, runs)
    check_rules(document, reader)
    reader.stop_at_problems()
    document.files.update({name: reader.files.document(name) for name in sorted(reader.used)})
    unused = reader.files.names - reader.used - reader.texts
    return document, sorted(unused)


def _document(
    reader: Reader,
    course: dict[str, Any],
    sections: tuple[SectionDocument, ...],
    runs: tuple[RunDocument, ...],
) -> CourseDocument:
    where = "course.yaml"

    def picture(name: str) -> str:
        return reader.file("", course[name], where, (name,)) if name in course else ""

    return CourseDocument(
        key=course["key"],
        languages=reader.languages,
        title=reader.text(course["title"], where, ("title",)),
        summary=reader.text(course["summary"], where, ("summary",)),
        about=reader.body("", "about", required=False),
        subject=course["subject"],
        teachers=tuple(_teacher(reader, index, it) for index, it in enumerate(course["teachers"])),
        hours_per_week=course.get("hours_per_week"),
        weeks=course.get("weeks"),
        cover=picture("cover"),
        share_image=picture("share_image"),
        licence=course.get("licence", ""),
        sections=sections,
        runs=runs,
    )


def _teacher(reader: Reader, index: int, entry: dict[str, Any]) -> dict[str, Any]:
    where = ("teachers", index)
    teacher = {"name": entry["name"]}
    if "role" in entry:
        teacher["role"] = reader.text(entry["role"], "course.yaml", (*where, "role"))
    if "photo" in entry:
        teacher["photo"] = reader.file("", entry["photo"], "course.yaml", (*where, "photo"))
    return teacher


def _runs(reader: Reader) -> tuple[RunDocument, ...]:
    if "runs.yaml" not in reader.files.names:
        return ()
    data = reader.yaml("runs.yaml", runs_schema())
    return tuple(_run(reader, index, run) for index, run in enumerate(data.get("runs", [])))


def _run(reader: Reader, index: int, run: dict[str, Any]) -> RunDocument:
    enrolment = run.get("enrolment", {})
    title = run.get("title")
    return RunDocument(
        key=run["key"],
        title=reader.text(title, "runs.yaml", ("runs", index, "title")) if title else {},
        pace=run["pace"],
        starts=run.get("starts"),
        ends=run.get("ends"),
        time_zone=run.get("time_zone", "Europe/Paris"),
        enrolment_by=enrolment.get("by", "open"),
        enrolment_opens=enrolment.get("opens"),
        enrolment_closes=enrolment.get("closes"),
        release=dict(run.get("release", {})),
        dates={key: dict(dates) for key, dates in run.get("dates", {}).items()},
    )


__all__ = ["CourseFolderError", "read_course"]

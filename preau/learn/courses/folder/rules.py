"""What must hold between the parts of a course, beyond each part's own schema."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from preau.learn.courses.folder.document import CourseDocument, RunDocument
from preau.learn.courses.folder.reader import Reader
from preau.learn.courses.kinds import kind_of


def check_rules(course: CourseDocument, reader: Reader) -> None:
    """Note every rule that does not hold."""
    _unique_keys(course, reader)
    _releases(course, reader)
    _own_texts(reader)
    for index, run in enumerate(course.runs):
        _run(course, run, index, reader)
    if any(not section.title for section in course.sections):
        return  # a section that can't be read may hold what is linked to
    known = {activity.key for section in course.sections for activity in section.activities}
    for key, file, line in reader.links:
        if key not in known:
            reader.problem(
                file, line, f"links to the activity “{key}”, which the course does not have"
            )


def _own_texts(reader: Reader) -> None:
    for name in reader.used & reader.texts:
        said = "is a text of the course itself; to offer it as a file, copy it under another name"
        reader.problem(name, 1, said)


def _unique_keys(course: CourseDocument, reader: Reader) -> None:
    count = Counter(activity.key for section in course.sections for activity in section.activities)
    for section in course.sections:
        for index, activity in enumerate(section.activities):
            if count[activity.key] > 1:
                reader.problem_at(
                    f"{section.key}/section.yaml",
                    ("activities", index, "key"),
                    f"the key “{activity.key}” stands {count[activity.key]} times in the course",
                )
    for index, run in enumerate(course.runs):
        if [other.key for other in course.runs].count(run.key) > 1:
            reader.problem_at(
                "runs.yaml", ("runs", index, "key"), f"the key “{run.key}” stands twice"
            )


def _releases(course: CourseDocument, reader: Reader) -> None:
    after = {
        section.key: section.release["after"]
        for section in course.sections
        if "after" in section.release
    }
    keys = {section.key for section in course.sections}
    for key, wanted in after.items():
        file = f"{key}/section.yaml"
        if wanted not in keys:
            reader.problem_at(
                file, ("release",), f"waits for the section “{wanted}”, which is not there"
            )
            continue
        seen = {key}
        step: str | None = wanted
        while step is not None and step not in seen:
            seen.add(step)
            step = after.get(step)
        if step == key:
            reader.problem_at(
                file, ("release",), f"waits for “{wanted}”, which waits for it: nobody could go on"
            )


def _run(course: CourseDocument, run: RunDocument, index: int, reader: Reader) -> None:
    def problem(field: str, message: str) -> None:
        reader.problem_at("runs.yaml", ("runs", index, field), message)

    if run.pace == "scheduled" and not run.starts:
        problem("pace", "a scheduled run needs “starts”")
    try:
        ZoneInfo(run.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        problem("time_zone", f"“{run.time_zone}” is not a time zone like Europe/Paris")
        return
    for field, value in (
        ("starts", run.starts), ("ends", run.ends),
        ("enrolment", run.enrolment_opens), ("enrolment", run.enrolment_closes),
        *(("release", date) for date in run.release.values()),
        *(("dates", date) for dates in run.dates.values() for date in dates.values()),
    ):  # fmt: skip
        if value and not _exists(value):
            problem(field, f"the date {value} does not exist")
            return
    if run.starts and run.ends and not _before(run.starts, run.ends):
        problem("ends", f"ends on {run.ends}, not after its start on {run.starts}")
    opens, closes = run.enrolment_opens, run.enrolment_closes
    if opens and closes and not _before(opens, closes):
        problem("enrolment", f"enrolment closes on {closes}, not after it opens on {opens}")
    _dates(course, run, problem)
    for key in run.release:
        if key not in {section.key for section in course.sections}:
            problem("release", f"gives a date to “{key}”, which is not a section of the course")


def _dates(course: CourseDocument, run: RunDocument, problem: Callable[[str, str], None]) -> None:
    dated = {
        activity.key
        for section in course.sections
        for activity in section.activities
        if kind_of(activity.kind).dated
    }
    for key, dates in run.dates.items():
        if key not in dated:
            problem("dates", f"gives dates to “{key}”, which is no activity that opens and closes")
        opens, closes = dates.get("opens"), dates.get("closes")
        if opens and closes and not _before(opens, closes):
            problem("dates", f"“{key}” closes on {closes}, not after it opens on {opens}")


def _before(first: str, last: str) -> bool:
    """Whether there is time between them; a last day without an hour counts as a whole."""
    start, end = datetime.fromisoformat(first), datetime.fromisoformat(last)
    return start < (end if "T" in last else end + timedelta(days=1))


def _exists(value: str) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True

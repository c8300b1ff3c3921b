"""Courses for a catalogue: small, but imported as any other."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import yaml

from preau.learn.courses.models import Course, Run
from tests.people import imported, write

PAST, SOON = "2020-01-06", "2099-01-05"
OPEN_RUN = {"pace": "self"}
SOON_RUN = {"pace": "scheduled", "starts": SOON, "enrolment": {"opens": "2098-12-01"}}
OVER_RUN = {"pace": "scheduled", "starts": PAST, "ends": "2020-03-01"}
CLOSED_RUN = {"pace": "self", "enrolment": {"closes": "2020-01-20"}}
DATED_RUN = {"pace": "scheduled", "starts": SOON, "ends": "2099-03-01"}  # open, starts later


def offered(folder: Path, key: str, *runs: dict[str, object], **more: object) -> Course:
    """A course with these runs (``<key>-1``, ``<key>-2`` …); ``more`` are fields of course.yaml.

    A text may be one string, taken for every language.
    """
    languages = more.get("languages", ["en"])
    course = {
        "format": "preau-course/1",
        "key": key,
        "languages": languages,
        "title": key.capitalize(),
        "summary": "A course.",
        "subject": "physics",
        "teachers": [{"name": "Claire Fontaine"}],
        "sections": ["start"],
        **more,
    }
    for name in ("title", "summary"):
        if isinstance(course[name], str):
            course[name] = dict.fromkeys(languages, course[name])
    entries = [{"key": f"{key}-{number}", **run} for number, run in enumerate(runs, start=1)]
    section = {
        "title": dict.fromkeys(languages, "Start"),
        "activities": [{"key": "read", "kind": "page", "title": dict.fromkeys(languages, "Read")}],
    }
    files: dict[str, str | bytes] = {
        "course.yaml": _yaml(course),
        "runs.yaml": _yaml({"runs": entries}),
        "start/section.yaml": _yaml(section),
        **{f"start/read.{language}.md": "A text.\n" for language in languages},
    }
    imported(write(folder / key, files))
    return Course.objects.get(key=key)


def _yaml(data: object) -> str:
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


def moved(run: Run, **dates: float) -> Run:
    """Give a run dates, in hours from now: ``moved(run, starts_at=-1, ends_at=2)``."""
    now = datetime.now(UTC)
    for name, hours in dates.items():
        setattr(run, name, now + timedelta(hours=hours))
    run.version += 1
    run.save()
    return run

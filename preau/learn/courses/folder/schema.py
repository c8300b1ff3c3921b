"""The JSON Schema of a course folder's YAML files (published in docs/reference/)."""

from typing import Any

from preau.learn.courses.kinds import all_kinds
from preau.learn.courses.subjects import SUBJECTS

FORMAT = "preau-course/1"
LANGUAGES = ("fr", "en")

# What completes an activity, where a word says it all; {watched: 80} and {mark: 60} are per cent.
RULES = ("view", "manual", "none", "handed-in", "passed")

KEY_PATTERN = "^[a-z0-9]+(-[a-z0-9]+)*$"
DATE_PATTERN = (
    "^(20[0-9][0-9])-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    "(T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?)?$"
)
RASTER_PATTERN = "\\.([pP][nN][gG]|[jJ][pP][eE]?[gG]|[wW][eE][bB][pP])$"

_KEY = {"type": "string", "pattern": KEY_PATTERN, "maxLength": 80}
_DATE = {"type": "string", "pattern": DATE_PATTERN}
_FILE = {"type": "string", "minLength": 1, "maxLength": 300}


def _text(most: int) -> dict[str, Any]:
    one = {"type": "string", "minLength": 1, "maxLength": most}
    by_language = {
        "type": "object",
        "properties": dict.fromkeys(LANGUAGES, one),
        "additionalProperties": False,
        "minProperties": 1,
    }
    return {"oneOf": [one, by_language]}


def _object(properties: dict[str, Any], required: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def course_schema() -> dict[str, Any]:
    """Schema of course.yaml."""
    teacher = _object(
        {
            "name": {"type": "string", "minLength": 1, "maxLength": 120},
            "role": _text(200),
            "photo": _FILE,
        },
        ("name",),
    )
    languages = {
        "type": "array", "minItems": 1, "uniqueItems": True, "items": {"enum": list(LANGUAGES)},
    }  # fmt: skip
    return _object(
        {
            "format": {"const": FORMAT},
            "key": _KEY,
            "languages": languages,
            "title": _text(200),
            "summary": _text(600),
            "subject": {"enum": list(SUBJECTS)},
            "teachers": {"type": "array", "items": teacher, "maxItems": 50},
            "hours_per_week": {"type": "number", "exclusiveMinimum": 0, "maximum": 60},
            "weeks": {"type": "integer", "minimum": 1, "maximum": 104},
            "cover": {**_FILE, "maxLength": 200},
            "share_image": {**_FILE, "maxLength": 200, "pattern": RASTER_PATTERN},
            "licence": {"type": "string", "minLength": 1, "maxLength": 80},
            "sections": {"type": "array", "items": _KEY, "minItems": 1, "uniqueItems": True},
        },
        ("format", "key", "languages", "title", "summary", "subject", "teachers", "sections"),
    )


def runs_schema() -> dict[str, Any]:
    """Schema of runs.yaml."""
    run = _object(
        {
            "key": _KEY,
            "title": _text(200),
            "pace": {"enum": ["scheduled", "self"]},
            "starts": _DATE,
            "ends": _DATE,
            "time_zone": {"type": "string"},
            "enrolment": _object(
                {"by": {"enum": ["open", "key"]}, "opens": _DATE, "closes": _DATE}
            ),
            "release": {"type": "object", "propertyNames": _KEY, "additionalProperties": _DATE},
            "dates": {
                "type": "object",
                "propertyNames": _KEY,
                "additionalProperties": {
                    **_object({"opens": _DATE, "closes": _DATE}),
                    "minProperties": 1,
                },
            },
        },
        ("key", "pace"),
    )
    return _object({"runs": {"type": "array", "items": run}}, ("runs",))


def section_schema() -> dict[str, Any]:
    """Schema of a section.yaml; each kind brings the part of its own fields."""
    days = {"type": "integer", "minimum": 0, "maximum": 3650}
    release = {
        "oneOf": [
            _object({"days": days}, ("days",)),
            _object({"days_after_enrolment": days}, ("days_after_enrolment",)),
            _object({"after": _KEY}, ("after",)),
        ]
    }
    return _object(
        {
            "title": _text(200),
            "summary": _text(600),
            "release": release,
            "activities": {"type": "array", "items": activity_schema()},
        },
        ("title", "activities"),
    )


def activity_schema() -> dict[str, Any]:
    """Schema of one entry of ``activities``: the fields of all kinds, chosen by ``kind``."""
    watched = _object({"watched": {"type": "integer", "minimum": 1, "maximum": 100}}, ("watched",))
    mark = _object({"mark": {"type": "number", "minimum": 0, "maximum": 100}}, ("mark",))
    common = {
        "key": _KEY,
        "kind": {"enum": list(all_kinds())},
        "title": _text(200),
        "minutes": {"type": "integer", "minimum": 0, "maximum": 10000},
        "completion": {"oneOf": [{"enum": list(RULES)}, watched, mark]},
    }
    branches = [
        {
            "if": {"properties": {"kind": {"const": kind.key}}, "required": ["kind"]},
            "then": _object({**common, **kind.schema}, kind.required),
        }
        for kind in all_kinds().values()
    ]
    return {"type": "object", "required": ["key", "kind", "title"], "allOf": branches,
            "properties": common}  # fmt: skip


def folder_schema() -> dict[str, Any]:
    """All three in one document, as published."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A Préau course folder",
        "$defs": {
            "course.yaml": course_schema(),
            "runs.yaml": runs_schema(),
            "section.yaml": section_schema(),
        },
    }

"""The report for programs; docs/reference/accesslog.schema.json describes it."""

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from preau.operate.accesslog.analysis.definitions import Definitions
from preau.operate.accesslog.analysis.filters import Filters
from preau.operate.accesslog.analysis.result import Result

VERSION = 1


def document_of(
    result: Result, definitions: Definitions, filters: Filters, other: Result | None = None
) -> dict[str, Any]:
    """The report as JSON has it; with the same of another period if it is compared with one."""
    return {
        "version": VERSION,
        "first_day": _day(result.first),
        "last_day": _day(result.last),
        "definitions": {
            "visit_gap_seconds": definitions.visit_gap,
            "visitor": definitions.visitor,
            "visits_end_at_midnight": definitions.split_days,
            "robots_by_behaviour": definitions.behaviour,
            "own_hosts": list(definitions.own_hosts),
        },
        "anonymised": result.anonymised,
        "filters": {name: text for name, text in asdict(filters).items() if text},
        "summary": result.summary,
        **result.lists,
        "unparsed_lines": result.unparsed,
        **({"compared_with": _compared(other)} if other else {}),
    }


def _compared(other: Result) -> dict[str, Any]:
    days = {"first_day": _day(other.first), "last_day": _day(other.last)}
    return {**days, "summary": other.summary, **other.lists}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def json_of(
    result: Result, definitions: Definitions, filters: Filters, other: Result | None = None
) -> str:
    """The report as the text of a file."""
    document = document_of(result, definitions, filters, other)
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"

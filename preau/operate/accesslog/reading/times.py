"""When a line says that it was: as SQL for all lines at once, and for a single one.

Both give seconds since 1970 (UTC) and the zone as minutes east of UTC, or nothing. What is before
1990 or later than tomorrow is no time of a web log.
"""

import math
import re
from datetime import UTC, datetime, timedelta

from preau.operate.accesslog.reading.fields import Field

EARLIEST = int(datetime(1990, 1, 1, tzinfo=UTC).timestamp())
APACHE = "%d/%b/%Y:%H:%M:%S"
ISO = "%Y-%m-%dT%H:%M:%S"
_DIVIDED = {"seconds": 1, "milliseconds": 1000}
_USUAL = {"+0000": 0, "Z": 0, "+0100": 60, "+0200": 120}
_ZONE = re.compile(r"([+-])([01][0-9]):?([0-5][0-9])")
# What SQL and Python read alike, by the unit; SQL leaves anything else to Python.
_CLOCK, _ANY_ZONE = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]", "[+-][01][0-9]:?[0-5][0-9]"
NUMBER = r"[0-9]+(\.[0-9]+)?"
PLAIN = {
    "": f"[0-9]{{2}}/[A-Z][a-z]{{2}}/[0-9]{{4}}:{_CLOCK} {_ANY_ZONE}",
    "iso8601": rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}T{_CLOCK}(\.[0-9]+)?(Z|{_ANY_ZONE})",
    "seconds": NUMBER, "milliseconds": NUMBER,
}  # fmt: skip
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), 1
    )
}
_APACHE = re.compile(r"(\d\d)/([A-Za-z]{3})/(\d{4}):(\d\d):(\d\d):(\d\d) (.*)")


def sql_of(field: Field, text: str, zone: str) -> tuple[str, str]:
    """SQL for the seconds and for the zone; ``text`` and ``zone`` are columns with both."""
    if field.unit in _DIVIDED:
        seconds = f"try_cast({text} AS DOUBLE) / {_DIVIDED[field.unit]}"
        return f"try_cast(floor({seconds}) AS BIGINT)", "0"
    if field.unit == "iso8601":
        ends = _zone_sql(f"regexp_extract({text}, '(Z|[+-][0-9]{{2}}:?[0-9]{{2}})$')")
        return f"{_epoch(f'left({text}, 19)', ISO)} - 60 * {zone}", ends
    if field.unit:
        return _epoch(text, field.unit.replace("'", "''")), "0"
    ends = _zone_sql(f"substring({text}, 22)")
    return f"{_epoch(f'left({text}, 20)', APACHE)} - 60 * {zone}", ends


def _epoch(text: str, shape: str) -> str:
    return f"epoch(try_strptime({text}, '{shape}'))::BIGINT"


def _zone_sql(text: str) -> str:
    """Minutes; NULL for what is no zone. Those that logs mostly have come first."""
    digits = f"replace({text}, ':', '')"
    usual = " ".join(f"WHEN '{name}' THEN {minutes}" for name, minutes in _USUAL.items())
    return (
        f"CASE {text} {usual} ELSE "
        f"CASE WHEN regexp_full_match({text}, '{_ZONE.pattern}') THEN "
        f"(CASE {text}[1] WHEN '+' THEN 1 ELSE -1 END) * "
        f"(60 * {digits}[2:3]::INTEGER + {digits}[4:]::INTEGER) END END"
    )


def is_quick(field: Field) -> bool:
    """Whether SQL can read it: the database forgets the zone of a time of any other shape."""
    return "%z" not in field.unit and "%Z" not in field.unit


def plain_sql(field: Field, text: str, *, whole: bool = True) -> str:
    """SQL for whether a time is written as both ways read it alike.

    Not ``whole``: one of Apache's of the right length, in which the database would only overlook
    blanks.
    """
    if not whole:
        return (
            f"{text} >= '0' AND {text} < '4' AND substring({text}, 20, 1) BETWEEN '0' AND '9' "
            f"AND substring({text}, 21, 1) = ' '"
        )
    if field.unit in PLAIN:
        return f"regexp_full_match({text}, '{PLAIN[field.unit]}')"
    shape = field.unit.replace("'", "''")
    return f"strftime(try_strptime({text}, '{shape}'), '{shape}') = {text}"


def time_of(field: Field, text: str) -> tuple[int, int] | None:
    """Seconds and zone of one line; None if that is no time."""
    try:
        if field.unit in _DIVIDED:
            return math.floor(float(text) / _DIVIDED[field.unit]), 0
        if not field.unit:
            return _apache(text)
        if field.unit == "iso8601":
            found = datetime.fromisoformat(text)
        else:
            found = datetime.strptime(text, field.unit)  # noqa: DTZ007  (the zone, if any, is in it)
    except (ValueError, OverflowError):
        return None
    zone = int((found.utcoffset() or timedelta()).total_seconds())
    return int(found.replace(tzinfo=UTC).timestamp()) - zone, zone // 60


def _apache(text: str) -> tuple[int, int] | None:
    found = _APACHE.fullmatch(text)
    zone = _ZONE.fullmatch(found[7]) if found else None
    if found is None or zone is None or found[2].title() not in _MONTHS:
        return None
    minutes = (60 * int(zone[2]) + int(zone[3])) * (1 if zone[1] == "+" else -1)
    day, hour, minute, second = map(int, found.group(1, 4, 5, 6))
    at = datetime(int(found[3]), _MONTHS[found[2].title()], day, hour, minute, second, tzinfo=UTC)
    return int(at.timestamp()) - 60 * minutes, minutes

"""What is kept of a line: the row of a table, by SQL for many lines or by Python for an odd one.

::

    t         BIGINT    seconds since 1970, UTC
    zone      INTEGER   minutes east of UTC of the clock that wrote the line
    host      VARCHAR   address or name of who asked
    user      VARCHAR   NULL for nobody
    vhost     VARCHAR   NULL where the log does not say
    request   VARCHAR   as it came: GET /path?query HTTP/1.1
    status    USMALLINT
    bytes     BIGINT    0 for "-"
    referrer  VARCHAR   NULL for none
    agent     VARCHAR   '' for none, NULL where the log does not say
    took      BIGINT    microseconds, NULL where the log does not say
"""

import math
import time
from collections.abc import Iterator, Mapping

from preau.operate.accesslog.reading import times
from preau.operate.accesslog.reading.fields import WORD, Field
from preau.operate.accesslog.reading.line_format import Format
from preau.operate.accesslog.reading.quick import SPARE, Quick

COLUMNS = {
    "t": "BIGINT", "zone": "INTEGER", "host": "VARCHAR", "user": "VARCHAR", "vhost": "VARCHAR",
    "request": "VARCHAR", "status": "USMALLINT", "bytes": "BIGINT", "referrer": "VARCHAR",
    "agent": "VARCHAR", "took": "BIGINT",
}  # fmt: skip
_MICROSECONDS = {"s": 1_000_000, "ms": 1_000, "us": 1, "ns": 0.001}
# Most lines have one of a few statuses, which are not worked out.
_STATUS = (
    "CASE status_ "
    + " ".join(f"WHEN '{it}' THEN {it}" for it in (200, 304, 206, 404, 302, 301, 204))
    + " ELSE CASE WHEN regexp_full_match(status_, '[0-9]+') THEN try_cast(status_ AS USMALLINT) "
    "END END"
)
_NONE = "NULL::VARCHAR"  # without its type, files of two formats would not go together
_DAY = 86_400
_MOST_STATUS = 999
_TOO_MUCH = 1 << 63

Row = tuple[
    int, int, str, str | None, str | None, str, int, int, str | None, str | None, int | None
]


def latest() -> int:
    """The last second that a line may be of: tomorrow's, whatever the zone."""
    return int(time.time()) + 2 * _DAY


def rows_sql(shape: Format, way: Quick, lines: str) -> str:
    """A query for the rows of lines that are cut into c0, c1 …; of an odd one, ``odd`` is the line.

    Each step names what the next one needs more than once: the database works nothing out twice.
    """
    named = {it.name: it for it in shape.fields}
    names = [f"c{number}" for number in range(way.columns + SPARE)]
    cut = ", ".join(f"{sql} AS {name}_" for name, sql in way.texts.items())
    between = ", ".join(f"{sql} AS {name}" for name, sql in way.between.items())
    cut_between = ", ".join(f"{sql} AS {name}_" for name, sql in way.texts_between.items())
    said = {*way.texts, *way.texts_between}
    seconds, zone = times.sql_of(named["time"], "time_", "zone")
    typed = {
        "zone": zone,
        "status": _STATUS if "status" in said else "0::USMALLINT",
        "bytes": "try_cast(bytes_ AS BIGINT)" if "bytes" in said else "0::BIGINT",
    }
    steps = ", ".join(f"{sql} AS {name}" for name, sql in typed.items())
    holds = [
        *way.holds, "host_ != ''", "zone IS NOT NULL", f"t BETWEEN {times.EARLIEST} AND {latest()}",
        f"status <= {_MOST_STATUS}", *_numbers(shape, said),
    ]  # fmt: skip
    fine = " AND ".join(f"({it})" for it in holds)
    kept = {
        "t": "CASE WHEN fine THEN t END",  # an odd one has none, and is in no day
        "zone": "zone::INTEGER", "host": "host_", "user": _unless_dash(said, "user"),
        "vhost": _unless_dash(said, "vhost"), "request": _request_sql(said),
        "status": "status", "bytes": "coalesce(bytes, 0)",
        "referrer": _unless_dash(said, "referrer"), "agent": _agent_sql(said),
        "took": _took_sql(named.get("took")),
    }  # fmt: skip
    columns = ", ".join(f"{sql} AS {name}" for name, sql in kept.items())
    line = f"concat_ws('{way.separator}', {', '.join(names)})"
    return (
        f"SELECT {columns}, CASE WHEN NOT fine THEN {line} END AS odd FROM "
        f"(SELECT *, coalesce({fine}, false) AS fine FROM "
        f"(SELECT *, {seconds} AS t FROM "
        f"(SELECT *, {steps} FROM "
        f"(SELECT * {cut_between and ', '}{cut_between} FROM "
        f"(SELECT * {between and ', '}{between} FROM (SELECT *, {cut} FROM {lines}))))))"
    )


def _numbers(shape: Format, said: set[str]) -> Iterator[str]:
    """What holds of texts that are numbers: the database takes more for one than a format does."""
    if "bytes" in said:
        yield "bytes >= 0 AND bytes_ = bytes::VARCHAR OR bytes_ = '-'"
    for field in shape.fields:
        if field.name == "took" and field.pattern != WORD:
            yield f"regexp_full_match(took_, '{field.pattern}')"


def _unless_dash(said: set[str], name: str) -> str:
    return f"CASE WHEN {name}_ NOT IN ('-', '') THEN {name}_ END" if name in said else _NONE


def _agent_sql(said: set[str]) -> str:
    """Whoever does not say who it is, is a robot; of a log that never says it nobody knows."""
    return "CASE WHEN agent_ = '-' THEN '' ELSE agent_ END" if "agent" in said else _NONE


def _request_sql(texts: set[str]) -> str:
    if "request" in texts:
        return "request_"
    path = "path_" if "path" in texts else "''"
    query = "CASE WHEN query_ IN ('', '-') THEN '' ELSE '?' || ltrim(query_, '?') END"
    asked = f"{path} || {query}" if "query" in texts else path
    method = "method_" if "method" in texts else "'GET'"
    protocol = "protocol_" if "protocol" in texts else "''"
    return f"{method} || ' ' || {asked} || ' ' || {protocol}"


def _took_sql(field: Field | None) -> str:
    if field is None:
        return "NULL::BIGINT"
    took = f"try_cast(took_ AS DOUBLE) * {_MICROSECONDS[field.unit]}"
    return f"try_cast(floor({took} + 0.5) AS BIGINT)"


def row_of(shape: Format, line: str) -> Row | None:
    """The row of one line; None if it is of another format, or of no time."""
    said = shape.match(line)
    if said is None:
        return None
    named = {it.name: it for it in shape.fields}
    at = times.time_of(named["time"], said["time"])
    if at is None or not times.EARLIEST <= at[0] <= latest() or not said["host"]:
        return None
    try:
        status = int(said.get("status") or 0)
        size = said.get("bytes") or "-"
        sent = 0 if size == "-" else int(size)
    except ValueError:
        return None
    if not 0 <= status <= _MOST_STATUS or not 0 <= sent < _TOO_MUCH:
        return None

    def said_of(name: str) -> str | None:
        text = shape.plain(said.get(name, ""))
        return text if text not in ("", "-") else None

    agent = (said_of("agent") or "") if "agent" in said else None
    return (
        *at, said["host"], said_of("user"), said_of("vhost"), shape.plain(_request(said)), status,
        sent, said_of("referrer"), agent, _took(named.get("took"), said),
    )  # fmt: skip


def _request(said: Mapping[str, str]) -> str:
    if "request" in said:
        return said["request"]
    query = said.get("query", "")
    asked = said.get("path", "") + (f"?{query.lstrip('?')}" if query not in ("", "-") else "")
    return f"{said.get('method', 'GET')} {asked} {said.get('protocol', '')}"


def _took(field: Field | None, said: Mapping[str, str]) -> int | None:
    try:
        took = math.floor(float(said["took"]) * _MICROSECONDS[field.unit] + 0.5) if field else -1
    except (ValueError, OverflowError):
        return None
    return took if 0 <= took < _TOO_MUCH else None

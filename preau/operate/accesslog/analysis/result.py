"""What a report says of some days: sums, and a list for each section. No words, no picture."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from preau.operate.accesslog.analysis.counts import counts_of, visits
from preau.operate.accesslog.analysis.counts.count import SUMS
from preau.operate.accesslog.analysis.definitions import Class, Definitions

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from preau.operate.accesslog.analysis.places import Places
    from preau.operate.accesslog.store.folder import Store

Row = dict[str, Any]
_EPOCH = date(1970, 1, 1)


@dataclass
class Result:
    """``lists`` by their names; each row has the same keys as its neighbours."""

    first: date | None
    last: date | None
    summary: dict[str, Any]
    lists: dict[str, list[Row]] = field(default_factory=dict)
    unparsed: list[str] = field(default_factory=list)  # some lines of which nothing could be made
    anonymised: bool = False  # addresses were cut before they were stored


def result_of(
    store: "Store",
    definitions: Definitions,
    since: date | None = None,
    until: date | None = None,
    most: int = 500,
    places: "Places | None" = None,
) -> Result:
    """What was counted from one day to another, both of them in it."""
    database = store.database
    first = (since - _EPOCH).days if since else -(10**6)
    last = (until - _EPOCH).days if until else 10**6
    where = f"day BETWEEN {first} AND {last}"
    visits.merge(database, where, definitions)
    result = Result(*_days(database, where), _summary(store, where))
    for count in counts_of(definitions):
        for name, query in count.lists.items():
            result.lists[name] = _rows(database, query.format(where=where, most=most))
    _with_visits(result)
    result.lists |= {"countries": [], "cities": []}
    if places is not None:
        places.look_up(database, where)
        for name, query in places.queries(where, most).items():
            result.lists[name] = _rows(database, query)
    found = database.execute("SELECT line FROM store.unparsed ORDER BY source").fetchall()
    result.anonymised = store.key is not None
    result.unparsed = [line for (line,) in found]
    return result


def _days(database: "DuckDBPyConnection", where: str) -> tuple[date | None, date | None]:
    row = _rows(database, f"SELECT min(day) AS first, max(day) AS last FROM hours WHERE {where}")[0]
    if row["first"] is None:
        return None, None
    return _EPOCH + timedelta(days=row["first"]), _EPOCH + timedelta(days=row["last"])


def _summary(store: "Store", where: str) -> dict[str, Any]:
    database = store.database
    lines = _rows(
        database,
        "SELECT coalesce(sum(lines - again), 0)::BIGINT AS lines, "
        "coalesce(sum(unparsed), 0)::BIGINT AS unparsed FROM store.sources",
    )[0]
    sums = _rows(database, f"SELECT {SUMS} FROM hours WHERE {where}")[0]
    people = _rows(
        database,
        "SELECT count(*) AS visits, count(DISTINCT visitor) AS unique_visitors, "
        'coalesce(sum("end" - begin), 0)::BIGINT AS seconds FROM merged',
    )[0]
    classes = {
        row["class"]: row["hits"]
        for row in _rows(
            database,
            f"SELECT class, sum(hits)::BIGINT AS hits FROM hours WHERE {where} GROUP BY class",
        )
    }
    robots = classes.get(Class.ROBOT, 0) + classes.get(Class.HIDDEN_ROBOT, 0)
    return {
        **lines, "hits": sums["hits"], "pages": sums["pages"], "bytes": sums["bytes"],
        "visits": people["visits"], "unique_visitors": people["unique_visitors"],
        "visit_seconds": people["seconds"], "robots_hits": robots,
        "worms_hits": classes.get(Class.WORM, 0), "errors_hits": classes.get(Class.ERROR, 0),
        "automatic_hits": classes.get(Class.AUTOMATIC, 0), "parts": classes.get(Class.PART, 0),
        "not_viewed_hits": sums["not_viewed_hits"], "not_viewed_pages": sums["not_viewed_pages"],
        "not_viewed_bytes": sums["not_viewed_bytes"],
    }  # fmt: skip


def _with_visits(result: Result) -> None:
    """Visits beside the hits of the same day and month."""
    by_day = {row["day"]: row for row in result.lists.pop("visits_by_day")}
    months: dict[str, int] = {}
    for row in result.lists["days"]:
        found = by_day.get(row["day"], {})
        row["visits"] = found.get("visits", 0)
        row["unique_visitors"] = found.get("unique_visitors", 0)
        months[row["day"][:7]] = months.get(row["day"][:7], 0) + row["visits"]
    for row in result.lists["months"]:
        row["visits"] = months.get(row["month"], 0)


def _rows(database: "DuckDBPyConnection", sql: str) -> list[Row]:
    result = database.execute(sql)
    names = [it[0] for it in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

"""What a count is: numbers of each day that are kept, and the lists that are made of many days'."""

from collections.abc import Mapping
from dataclasses import dataclass

from preau.operate.accesslog.analysis.definitions import Class

# Of a table with a class: what AWStats calls viewed, and all the rest.
SUMS = f"""coalesce(sum(hits) FILTER (class = {Class.VIEWED}), 0)::BIGINT AS hits,
    coalesce(sum(pages) FILTER (class = {Class.VIEWED}), 0)::BIGINT AS pages,
    coalesce(sum(bytes) FILTER (class IN ({Class.VIEWED}, {Class.PART})), 0)::BIGINT AS bytes,
    coalesce(sum(hits) FILTER (class NOT IN ({Class.VIEWED}, {Class.PART})), 0)::BIGINT
        AS not_viewed_hits,
    coalesce(sum(pages) FILTER (class NOT IN ({Class.VIEWED}, {Class.PART})), 0)::BIGINT
        AS not_viewed_pages,
    coalesce(sum(bytes) FILTER (class NOT IN ({Class.VIEWED}, {Class.PART})), 0)::BIGINT
        AS not_viewed_bytes"""
# Of hits: those that somebody saw, and the bytes that went to somebody.
VIEWED = f"class = {Class.VIEWED}"
SENT = f"class IN ({Class.VIEWED}, {Class.PART})"
OF_PEOPLE = f"""count(*) FILTER ({VIEWED}) AS hits, count(*) FILTER ({VIEWED} AND page) AS pages,
    sum(bytes) AS bytes"""
ADDED = "sum(hits)::BIGINT AS hits, sum(pages)::BIGINT AS pages, sum(bytes)::BIGINT AS bytes"


@dataclass(frozen=True)
class Count:
    """``table`` has ``columns``, of which the first is the day; ``query`` makes them of ``hits``.

    ``lists`` has a query for each list of the report, with ``{where}`` for the days and ``{most}``
    for how long a list may be.
    """

    table: str
    columns: str
    query: str
    lists: Mapping[str, str]

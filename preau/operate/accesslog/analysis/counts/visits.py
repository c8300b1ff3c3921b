"""Visits: pages that somebody sees one after the other.

What is kept are the parts of visits that lie within what was counted at once; ``merged`` puts them
together where a visit goes on at midnight. Entry and exit are the first and the last page.
"""

from typing import TYPE_CHECKING

from preau.operate.accesslog.analysis.counts.count import VIEWED, Count
from preau.operate.accesslog.analysis.definitions import Definitions

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_RANGES = (
    (30, "0 s to 30 s"), (120, "30 s to 2 min"), (300, "2 min to 5 min"), (900, "5 min to 15 min"),
    (1800, "15 min to 30 min"), (3600, "30 min to 1 h"),
)  # fmt: skip
_RANGE = " ".join(f"WHEN took <= {most} THEN '{name}'" for most, name in _RANGES)
_ASKED = (1 << 31) - 1  # the bits of a page's number below its second
_ORDER = " ".join(f"WHEN '{name}' THEN {number}" for number, (_most, name) in enumerate(_RANGES))


def _named(definitions: Definitions) -> str:
    if definitions.visitor == "host":
        return "hosts_seen.host"
    return "hosts_seen.host || ' ' || coalesce(agents.agent, '')"


def _joined(definitions: Definitions) -> str:
    return "" if definitions.visitor == "host" else "JOIN agents ON agent_number = made.agent"


def counted(definitions: Definitions) -> Count:
    """How visits are counted: what parts them is a definition that may be chosen."""
    visitor = "host" if definitions.visitor == "host" else "host, agent"
    apart = f"t - before > {definitions.visit_gap}"
    if definitions.split_days:
        apart += " OR day != day_before"
    return Count(
        "visits",
        """day INTEGER, batch INTEGER, visitor VARCHAR, host VARCHAR, begin BIGINT, "end" BIGINT,
        pages BIGINT, entry VARCHAR, exit VARCHAR, origin VARCHAR""",
        f"""SELECT day, (SELECT min(day) FROM hits), {_named(definitions)}, hosts_seen.host, begin,
            ends, pages, entered.path, left_from.path, origin
        FROM (SELECT min(day) AS day, {visitor}, min(t) AS begin, max(t) AS ends,
            count(*) AS pages, min(page) & {_ASKED} AS entry, max(page) & {_ASKED} AS exit,
            arg_min(referrer, page) AS came_from
            FROM (SELECT *, (t << 31) | asked AS page,
                    count(*) FILTER (before IS NULL OR {apart}) OVER (
                        PARTITION BY {visitor} ORDER BY t RANGE UNBOUNDED PRECEDING) AS visit
                FROM (SELECT day, t, {visitor}, asked, referrer, lag(t) OVER last AS before,
                        lag(day) OVER last AS day_before
                    FROM hits WHERE {VIEWED} AND page
                    WINDOW last AS (PARTITION BY {visitor} ORDER BY t)))
            GROUP BY {visitor}, visit) made
        JOIN hosts_seen ON host_number = made.host {_joined(definitions)}
        JOIN asked entered ON entered.asked = entry JOIN asked left_from ON left_from.asked = exit
        JOIN referrers ON referrer_number = came_from""",
        {
            "visit_durations": f"""SELECT CASE {_RANGE} ELSE '1 h and more' END AS duration,
                count(*) AS visits FROM (SELECT "end" - begin AS took FROM merged)
                GROUP BY duration ORDER BY CASE duration {_ORDER} ELSE 9 END""",
            "entries": """SELECT entry AS path, count(*) AS visits FROM merged
                GROUP BY entry ORDER BY visits DESC, entry LIMIT {most}""",
            "exits": """SELECT exit AS path, count(*) AS visits FROM merged
                GROUP BY exit ORDER BY visits DESC, exit LIMIT {most}""",
            "visits_by_day": """SELECT strftime(DATE '1970-01-01' + day, '%Y-%m-%d') AS day,
                count(*) AS visits, count(DISTINCT visitor) AS unique_visitors,
                round(avg("end" - begin), 1) AS seconds, sum(pages)::BIGINT AS pages
                FROM merged GROUP BY merged.day ORDER BY merged.day""",
        },
    )


def merge(database: "DuckDBPyConnection", where: str, definitions: Definitions) -> None:
    """Make the tables ``merged``, ``entries`` and ``exits`` of the visits of some days."""
    apart = f"begin - before > {definitions.visit_gap}"
    if definitions.split_days:
        apart += " OR day != day_before"
    # Only what was counted in several batches may belong together.
    database.execute(
        f"""CREATE OR REPLACE TEMP TABLE merged AS
        WITH found AS (FROM visits WHERE {where}),
        several AS (SELECT visitor FROM found GROUP BY visitor HAVING min(batch) != max(batch))
        SELECT day, visitor, begin, "end", pages, entry, exit, origin
        FROM found ANTI JOIN several USING (visitor)
        UNION ALL
        SELECT min(day), visitor, min(begin), max("end"), sum(pages), arg_min(entry, begin),
            arg_max(exit, "end"), arg_min(origin, begin)
        FROM (SELECT *, count(*) FILTER (before IS NULL OR {apart}) OVER (
                PARTITION BY visitor ORDER BY begin RANGE UNBOUNDED PRECEDING) AS visit
            FROM (SELECT *, max("end") OVER earlier AS before, max(day) OVER earlier AS day_before
                FROM found SEMI JOIN several USING (visitor)
                WINDOW earlier AS (PARTITION BY visitor ORDER BY begin, "end"
                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)))
        GROUP BY visitor, visit"""
    )
    for name, column in (("entries", "entry"), ("exits", "exit")):
        database.execute(
            f"CREATE OR REPLACE TEMP TABLE {name} AS "
            f"SELECT {column} AS path, count(*) AS count FROM merged GROUP BY {column}"
        )

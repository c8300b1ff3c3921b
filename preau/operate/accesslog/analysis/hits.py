"""The rows of some days as hits: each request, agent and referrer is looked at once, and numbered.

::

    hits: kept, day, hour, t, user, vhost, host, asked, agent, referrer (numbers), direct,
          status, bytes, took, page, class
    hosts_seen: host, host_number
    asked: method, path, query, kind (its ending), page, download, robots_txt, automatic, worm
    agents, referrers: what ``agents`` and ``referrers`` say of each
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from preau.kit.duck import listed
from preau.operate.accesslog.analysis.agents import agent_of
from preau.operate.accesslog.analysis.definitions import (
    DOWNLOADS,
    IMAGES,
    NOT_PAGES,
    WORMS,
    Class,
    Definitions,
)
from preau.operate.accesslog.analysis.referrers import referrer_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

DAY = "(t + 60 * zone) // 86400"
_HASTE = 30  # pages that nobody reads in a minute
_MANY = 30  # pages of a day, without anything that lies on them
_ASKED = """
CREATE OR REPLACE TEMP TABLE asked AS
SELECT *, kind NOT IN ({not_pages}) AS page,
    kind IN ({downloads}) AND NOT robots_txt AS download
FROM (SELECT *, lower(regexp_extract(raw, '\\.([0-9A-Za-z_]{{1,6}})$', 1)) AS kind,
    regexp_matches(path, '/robots\\.txt$', 'i') AS robots_txt,
    regexp_matches(path, '/favicon\\.ico$', 'i') AS automatic,
    regexp_matches(lower(request), '{worms}') AS worm
FROM (SELECT *, regexp_replace(target, '(?s)[?;#].*$', '') AS raw,
    regexp_replace(raw, '/index\\.(php|html?)$', '/') AS path,
    CASE WHEN contains(target, '?') THEN target[strpos(target, '?') + 1 :] ELSE '' END AS query
FROM (SELECT request, row_number() OVER (ORDER BY request)::INTEGER AS asked,
    split_part(request, ' ', 1) AS method,
    CASE WHEN contains(request, ' ') THEN split_part(request, ' ', 2) ELSE request END AS target
FROM (SELECT DISTINCT request FROM day_rows))))
"""
_HOSTS = """
CREATE OR REPLACE TEMP TABLE hosts_seen AS
SELECT host, row_number() OVER ()::INTEGER AS host_number FROM (SELECT DISTINCT host FROM day_rows)
"""
_HITS = f"""
CREATE OR REPLACE TEMP TABLE hits AS
SELECT {{kept}} AS kept, d AS day, ((t + 60 * zone) // 3600 % 24)::UTINYINT AS hour, t,
    host_number AS host, user, vhost, asked, agent_number AS agent, referrer_number AS referrer,
    day_rows.referrer IS NULL AS direct, status,
    CASE WHEN status = 304 THEN 0 ELSE bytes END AS bytes, took, page,
    (CASE WHEN automatic THEN {Class.AUTOMATIC}
    WHEN worm AND status NOT IN (200, 304, 206) THEN {Class.WORM}
    WHEN status NOT IN (200, 304, 206) THEN {Class.ERROR}
    WHEN robot IS NOT NULL OR robots_txt THEN {Class.ROBOT}
    WHEN status = 206 THEN {Class.PART} ELSE {Class.VIEWED} END)::UTINYINT AS class
FROM day_rows JOIN asked USING (request) JOIN hosts_seen USING (host)
    JOIN agents ON agents.agent IS NOT DISTINCT FROM day_rows.agent
    JOIN referrers ON referrers.referrer IS NOT DISTINCT FROM day_rows.referrer
"""
# Who shows by a day's hits that nobody reads them, though the list does not have that agent.
_SEEN = f"""
CREATE OR REPLACE TEMP TABLE seen AS
SELECT day, host, agent, bool_or(robots_txt) AS robots, count(*) FILTER (hits.page) AS pages,
    count(*) FILTER (NOT hits.page AND NOT robots_txt) AS others,
    count(*) FILTER (hits.page AND direct) AS direct
FROM hits JOIN asked USING (asked)
WHERE class IN ({Class.VIEWED}, {Class.ROBOT}, {Class.PART})
    AND agent IN (SELECT agent_number FROM agents WHERE robot IS NULL)
GROUP BY ALL HAVING robots OR pages >= {min(_MANY, _HASTE)}
"""
_HIDDEN = f"""
CREATE OR REPLACE TEMP TABLE hidden AS
SELECT day, host, agent, CASE
    WHEN robots THEN 'reads robots.txt'
    WHEN haste > {_HASTE} THEN 'asks for ' || haste || ' pages within a minute'
    ELSE 'asks for ' || pages || ' pages, for nothing that lies on them, and comes from nowhere' END
    AS why
FROM seen LEFT JOIN (SELECT day, host, agent, max(pages) AS haste
    FROM (SELECT day, host, agent, t // 60, count(*) AS pages
        FROM hits SEMI JOIN seen USING (day, host, agent) WHERE page GROUP BY ALL)
    GROUP BY ALL) USING (day, host, agent)
WHERE robots OR haste > {_HASTE} OR (pages >= {_MANY} AND others = 0 AND direct >= 0.9 * pages)
"""
_MARK = f"""
UPDATE hits SET class = {Class.HIDDEN_ROBOT} FROM hidden
WHERE hits.class IN ({Class.VIEWED}, {Class.PART}) AND hits.day = hidden.day
    AND hits.host = hidden.host AND hits.agent = hidden.agent
"""


def make_hits(
    database: "DuckDBPyConnection",
    files: Sequence[Path],
    days: tuple[int, int],
    definitions: Definitions,
    where: str = "",
) -> None:
    """Make the tables of the days from the first to the last; ``where`` narrows them."""
    first, last = days
    begin, end = 86_400 * (first - 1), 86_400 * (last + 2)  # clocks are at most a day away
    database.execute(
        f"CREATE OR REPLACE TEMP VIEW day_rows AS SELECT *, {DAY} AS d "
        f"FROM read_parquet({listed(list(files))}, hive_partitioning = false) "
        f"WHERE odd IS NULL AND t BETWEEN {begin} AND {end} AND d BETWEEN {first} AND {last}"
    )
    database.execute(
        _ASKED.format(
            not_pages=_texts((*NOT_PAGES, *IMAGES, *DOWNLOADS, *definitions.not_pages)),
            downloads=_texts(DOWNLOADS), worms="|".join(WORMS).replace("'", "''"),
        )
    )  # fmt: skip
    _agents(database)
    _referrers(database, definitions)
    database.execute(_HOSTS)
    database.execute(_HITS.format(kept=f"(true {where})"))
    if definitions.behaviour:
        database.execute(_SEEN)
        database.execute(_HIDDEN)
        database.execute(_MARK)
    else:  # nobody is looked for, and nobody found
        database.execute(f"{_SEEN} LIMIT 0")
        database.execute(f"{_HIDDEN} LIMIT 0")
    if where:  # only now: what somebody is shows by all that they asked for
        database.execute("DELETE FROM hits WHERE NOT coalesce(kept, false)")


def _texts(texts: Iterable[str]) -> str:
    return ", ".join("'" + text.replace("'", "''") + "'" for text in texts)


def _agents(database: "DuckDBPyConnection") -> None:
    texts = [it for (it,) in database.execute("SELECT DISTINCT agent FROM day_rows").fetchall()]
    found = [agent_of(text) for text in texts]
    _table(
        database, "agents", ("agent", "robot", "why", "browser", "browser_version", "system",
                             "system_version", "device"),
        [(text, it.robot, it.why, it.browser, it.browser_version, it.system, it.system_version,
          it.device) for text, it in zip(texts, found, strict=True)],
    )  # fmt: skip


def _referrers(database: "DuckDBPyConnection", definitions: Definitions) -> None:
    texts = [it for (it,) in database.execute("SELECT DISTINCT referrer FROM day_rows").fetchall()]
    own = frozenset(it.lower().removeprefix("www.") for it in definitions.own_hosts)
    found = [referrer_of(text, own) for text in texts]
    _table(
        database, "referrers", ("referrer", "origin", "name", "from_page", "phrase"),
        [(text, it.origin, it.name, it.page, it.phrase)
         for text, it in zip(texts, found, strict=True)],
    )  # fmt: skip


def _table(
    database: "DuckDBPyConnection",
    name: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str | None]],
) -> None:
    """A table of texts, with a number for each row."""
    values = ", ".join(
        f"unnest($c{number}::VARCHAR[]) AS {it}" for number, it in enumerate(columns)
    )
    lists = {f"c{number}": [row[number] for row in rows] for number in range(len(columns))}
    database.execute(
        f"CREATE OR REPLACE TEMP TABLE {name} AS "
        f"SELECT *, row_number() OVER ()::INTEGER AS {name[:-1]}_number FROM (SELECT {values})",
        lists,
    )

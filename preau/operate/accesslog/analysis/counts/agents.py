"""Browsers, operating systems and devices of people."""

from preau.operate.accesslog.analysis.counts.count import VIEWED, Count

_ADDED = "sum(hits)::BIGINT AS hits, sum(pages)::BIGINT AS pages"
COUNT = Count(
    "programs",
    """day INTEGER, browser VARCHAR, browser_version VARCHAR, system VARCHAR,
    system_version VARCHAR, device VARCHAR, hits BIGINT, pages BIGINT""",
    f"""SELECT day, browser, browser_version, system, system_version, device, count(*),
        count(*) FILTER (page) FROM hits JOIN agents ON agent_number = hits.agent
        WHERE {VIEWED} GROUP BY ALL""",
    {
        "browsers": f"""SELECT browser, {_ADDED} FROM programs WHERE {{where}} GROUP BY browser
            ORDER BY hits DESC, browser LIMIT {{most}}""",
        "browser_versions": f"""SELECT browser, browser_version AS version, {_ADDED}
            FROM programs WHERE {{where}} GROUP BY browser, version
            ORDER BY hits DESC, browser, version LIMIT {{most}}""",
        "systems": f"""SELECT system, {_ADDED} FROM programs WHERE {{where}} GROUP BY system
            ORDER BY hits DESC, system LIMIT {{most}}""",
        "system_versions": f"""SELECT system, system_version AS version, {_ADDED}
            FROM programs WHERE {{where}} GROUP BY system, version
            ORDER BY hits DESC, system, version LIMIT {{most}}""",
        "devices": f"""SELECT device, {_ADDED} FROM programs WHERE {{where}} GROUP BY device
            ORDER BY hits DESC, device LIMIT {{most}}""",
    },
)

"""Who asked, by address or name."""

from preau.operate.accesslog.analysis.counts.count import ADDED, OF_PEOPLE, SENT, Count

COUNT = Count(
    "hosts",
    "day INTEGER, host VARCHAR, hits BIGINT, pages BIGINT, bytes BIGINT, last BIGINT",
    f"""SELECT day, hosts_seen.host, hits, pages, bytes, last FROM
        (SELECT day, host, {OF_PEOPLE}, max(t) AS last FROM hits WHERE {SENT} GROUP BY ALL) made
        JOIN hosts_seen ON host_number = made.host""",
    {
        "hosts": f"""SELECT host, {ADDED}, max(last) AS last
            FROM hosts WHERE {{where}} GROUP BY host
            ORDER BY pages DESC, hits DESC, host LIMIT {{most}}""",
    },
)

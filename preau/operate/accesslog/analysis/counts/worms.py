"""What looked for holes that are not there."""

from preau.operate.accesslog.analysis.counts.count import Count
from preau.operate.accesslog.analysis.definitions import Class

COUNT = Count(
    "worms",
    "day INTEGER, path VARCHAR, hits BIGINT, bytes BIGINT, last BIGINT",
    f"""SELECT day, path, count(*), sum(bytes), max(t) FROM hits JOIN asked USING (asked)
        WHERE class = {Class.WORM} GROUP BY ALL""",
    {
        "worms": """SELECT path, sum(hits)::BIGINT AS hits, sum(bytes)::BIGINT AS bytes,
            max(last) AS last FROM worms WHERE {where} GROUP BY path
            ORDER BY hits DESC, path LIMIT {most}""",
    },
)

"""HTTP statuses, of everybody who asked."""

from preau.operate.accesslog.analysis.counts.count import Count

COUNT = Count(
    "statuses",
    "day INTEGER, status USMALLINT, hits BIGINT, bytes BIGINT",
    "SELECT day, status, count(*), sum(bytes) FROM hits GROUP BY ALL",
    {
        "statuses": """SELECT status::INTEGER AS status, sum(hits)::BIGINT AS hits,
            sum(bytes)::BIGINT AS bytes
            FROM statuses WHERE {where} GROUP BY status ORDER BY hits DESC, status""",
    },
)

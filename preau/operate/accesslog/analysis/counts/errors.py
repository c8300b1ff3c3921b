"""Errors: which address, and which page has the link to it."""

from preau.operate.accesslog.analysis.counts.count import Count

COUNT = Count(
    "errors",
    "day INTEGER, status USMALLINT, path VARCHAR, referrer VARCHAR, hits BIGINT",
    """SELECT day, status, path, coalesce(referrers.referrer, ''), count(*)
        FROM hits JOIN asked USING (asked) JOIN referrers ON referrer_number = hits.referrer
        WHERE status >= 400 GROUP BY ALL""",
    {
        "errors": """SELECT status::INTEGER AS status, path, sum(hits)::BIGINT AS hits,
            arg_max(referrer, (referrer != '', hits, referrer)) AS referrer
            FROM errors WHERE {where} GROUP BY status, path
            ORDER BY hits DESC, status, path LIMIT {most}""",
    },
)

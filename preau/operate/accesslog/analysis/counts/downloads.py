"""Files that are kept rather than read: whole ones, and parts of them."""

from preau.operate.accesslog.analysis.counts.count import SENT, VIEWED, Count

COUNT = Count(
    "downloads",
    "day INTEGER, path VARCHAR, hits BIGINT, parts BIGINT, bytes BIGINT",
    f"""SELECT day, path, count(*) FILTER ({VIEWED} AND status = 200),
        count(*) FILTER (status = 206), sum(bytes)
        FROM hits JOIN asked USING (asked)
        WHERE {SENT} AND download AND status IN (200, 206) GROUP BY ALL""",
    {
        "downloads": """SELECT path, sum(hits)::BIGINT AS hits, sum(parts)::BIGINT AS parts,
            sum(bytes)::BIGINT AS bytes FROM downloads WHERE {where} GROUP BY path
            ORDER BY hits DESC, parts DESC, path LIMIT {most}""",
    },
)

"""File types, by the endings of paths."""

from preau.operate.accesslog.analysis.counts.count import ADDED, OF_PEOPLE, SENT, Count

COUNT = Count(
    "kinds",
    "day INTEGER, kind VARCHAR, hits BIGINT, pages BIGINT, bytes BIGINT",
    f"""SELECT day, kind, {OF_PEOPLE.replace("page)", "hits.page)")}
        FROM hits JOIN asked USING (asked) WHERE {SENT} GROUP BY ALL""",
    {
        "file_types": f"""SELECT kind AS file_type, {ADDED}
            FROM kinds WHERE {{where}} GROUP BY kind
            ORDER BY hits DESC, kind LIMIT {{most}}""",
    },
)

"""Pages: how often each was seen, and on how many visits it was the first and the last."""

from preau.operate.accesslog.analysis.counts.count import VIEWED, Count

COUNT = Count(
    "pages",
    "day INTEGER, path VARCHAR, pages BIGINT, bytes BIGINT",
    f"""SELECT day, path, count(*), sum(bytes) FROM hits JOIN asked USING (asked)
        WHERE {VIEWED} AND hits.page GROUP BY ALL""",
    {
        "pages": """SELECT path, sum(pages)::BIGINT AS pages, sum(bytes)::BIGINT AS bytes,
            coalesce(any_value(entries.count), 0)::BIGINT AS entries,
            coalesce(any_value(exits.count), 0)::BIGINT AS exits
            FROM pages LEFT JOIN entries USING (path) LEFT JOIN exits USING (path)
            WHERE {where} GROUP BY path ORDER BY pages DESC, path LIMIT {most}""",
    },
)

"""How long answers took, where the log says so: in steps of five per cent, so that days add up."""

from preau.operate.accesslog.analysis.counts.count import Count

_STEP = 1.05


def _percentile(share: float) -> str:
    """Milliseconds within which a share of the answers came: the top of the step it is in."""
    return (
        f"round(min(pow({_STEP}, step + 1)) FILTER (upto >= {share} * total) / 1000, 3) "
        f"AS p{round(share * 1000) / 10:g}_ms"
    )


_COLUMNS = ", ".join(_percentile(share) for share in (0.5, 0.9, 0.95, 0.99))
_MEAN = "round(sum(took) / sum(hits) / 1000, 3) AS mean_ms"
COUNT = Count(
    "times",
    "day INTEGER, path VARCHAR, step INTEGER, hits BIGINT, took BIGINT",
    f"""SELECT day, path, floor(ln(greatest(took, 1)) / ln({_STEP}))::INTEGER AS step, count(*),
        sum(took) FROM hits JOIN asked USING (asked)
        WHERE took IS NOT NULL GROUP BY ALL""",
    {
        "response_times": f"""SELECT coalesce(sum(hits), 0)::BIGINT AS hits, {_MEAN}, {_COLUMNS}
            FROM (SELECT *, sum(hits) OVER (ORDER BY step) AS upto, sum(hits) OVER () AS total
                FROM (SELECT step, sum(hits) AS hits, sum(took) AS took FROM times
                    WHERE {{where}} GROUP BY step))
            HAVING sum(hits) > 0""",
        "slow_pages": f"""SELECT path, sum(hits)::BIGINT AS hits, {_MEAN}, {_COLUMNS}
            FROM (SELECT *, sum(hits) OVER (PARTITION BY path ORDER BY step) AS upto,
                    sum(hits) OVER (PARTITION BY path) AS total
                FROM (SELECT path, step, sum(hits) AS hits, sum(took) AS took FROM times
                    WHERE {{where}} GROUP BY path, step))
            GROUP BY path ORDER BY sum(took) DESC, path LIMIT {{most}}""",
    },
)

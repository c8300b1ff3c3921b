"""Campaigns: the utm_ parameters of links."""

from preau.operate.accesslog.analysis.counts.count import VIEWED, Count


def _parameter(name: str) -> str:
    return f"url_decode(replace(regexp_extract(query, '(?:^|&)utm_{name}=([^&]*)', 1), '+', ' '))"


COUNT = Count(
    "campaigns",
    "day INTEGER, source VARCHAR, medium VARCHAR, campaign VARCHAR, pages BIGINT",
    f"""SELECT day, {_parameter("source")} AS source, {_parameter("medium")} AS medium,
        {_parameter("campaign")} AS campaign, count(*)
        FROM hits JOIN asked USING (asked)
        WHERE {VIEWED} AND hits.page AND contains(query, 'utm_') GROUP BY ALL""",
    {
        "campaigns": """SELECT source, medium, campaign, sum(pages)::BIGINT AS pages
            FROM campaigns WHERE {where} GROUP BY source, medium, campaign
            ORDER BY pages DESC, source, medium, campaign LIMIT {most}""",
    },
)

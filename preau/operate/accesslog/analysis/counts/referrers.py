"""Where people came from."""

from preau.operate.accesslog.analysis.counts.count import VIEWED, Count

_ADDED = "sum(pages)::BIGINT AS pages, sum(hits)::BIGINT AS hits"
COUNT = Count(
    "origins",
    """day INTEGER, origin VARCHAR, name VARCHAR, page VARCHAR, phrase VARCHAR, pages BIGINT,
    hits BIGINT""",
    f"""SELECT day, origin, name, CASE WHEN origin = 'site' THEN from_page ELSE '' END, phrase,
        count(*) FILTER (page), count(*) FROM hits
        JOIN referrers ON referrer_number = hits.referrer WHERE {VIEWED} GROUP BY ALL""",
    {
        "origins": f"""SELECT origin, {_ADDED} FROM origins WHERE {{where}} GROUP BY origin
            ORDER BY pages DESC, origin""",
        "search_engines": f"""SELECT name AS engine, {_ADDED} FROM origins
            WHERE {{where}} AND origin = 'search' GROUP BY name
            ORDER BY pages DESC, name LIMIT {{most}}""",
        "search_phrases": f"""SELECT phrase, {_ADDED} FROM origins
            WHERE {{where}} AND origin = 'search' AND phrase != '' GROUP BY phrase
            ORDER BY pages DESC, phrase LIMIT {{most}}""",
        "referring_sites": f"""SELECT name AS site, {_ADDED} FROM origins
            WHERE {{where}} AND origin = 'site' GROUP BY name
            ORDER BY pages DESC, name LIMIT {{most}}""",
        "referring_pages": f"""SELECT page, {_ADDED} FROM origins
            WHERE {{where}} AND origin = 'site' GROUP BY page
            ORDER BY pages DESC, page LIMIT {{most}}""",
    },
)

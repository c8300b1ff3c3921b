"""Who signed in with the web server."""

from preau.operate.accesslog.analysis.counts.count import ADDED, OF_PEOPLE, SENT, Count

COUNT = Count(
    "users",
    'day INTEGER, "user" VARCHAR, hits BIGINT, pages BIGINT, bytes BIGINT, last BIGINT',
    f"""SELECT day, user, {OF_PEOPLE}, max(t) FROM hits
        WHERE {SENT} AND user IS NOT NULL GROUP BY ALL""",
    {
        "users": f"""SELECT users.user AS user, {ADDED}, max(last) AS last
            FROM users WHERE {{where}} GROUP BY users.user
            ORDER BY pages DESC, hits DESC, users.user LIMIT {{most}}""",
    },
)

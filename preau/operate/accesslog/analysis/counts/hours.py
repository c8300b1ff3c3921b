"""Every hit, by hour and by what it is: the table from which all sums come."""

from preau.operate.accesslog.analysis.counts.count import SUMS, Count

_DATE = "(DATE '1970-01-01' + day)"
COUNT = Count(
    "hours",
    "day INTEGER, hour UTINYINT, class UTINYINT, hits BIGINT, pages BIGINT, bytes BIGINT",
    "SELECT day, hour, class, count(*), count(*) FILTER (page), sum(bytes) FROM hits GROUP BY ALL",
    {
        "months": f"""SELECT strftime({_DATE}, '%Y-%m') AS month, {SUMS}
            FROM hours WHERE {{where}} GROUP BY month ORDER BY month""",
        "days": f"""SELECT strftime({_DATE}, '%Y-%m-%d') AS day, {SUMS}
            FROM hours WHERE {{where}} GROUP BY hours.day ORDER BY hours.day""",
        "weekdays": f"""SELECT isodow({_DATE})::INTEGER AS weekday, {SUMS},
            count(DISTINCT day)::INTEGER AS days
            FROM hours WHERE {{where}} GROUP BY weekday ORDER BY weekday""",
        "hours": f"""SELECT h::INTEGER AS hour, {SUMS}
            FROM range(24) every(h) LEFT JOIN (FROM hours WHERE {{where}}) ON hour = h
            GROUP BY h ORDER BY h""",
        "weekday_hours": f"""SELECT isodow({_DATE})::INTEGER AS weekday,
            hour::INTEGER AS hour, {SUMS}
            FROM hours WHERE {{where}} GROUP BY weekday, hour ORDER BY weekday, hour""",
    },
)

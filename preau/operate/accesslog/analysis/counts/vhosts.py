"""Virtual hosts, where the log names them."""

from preau.operate.accesslog.analysis.counts.count import ADDED, OF_PEOPLE, SENT, Count

COUNT = Count(
    "vhosts",
    "day INTEGER, vhost VARCHAR, hits BIGINT, pages BIGINT, bytes BIGINT",
    f"SELECT day, vhost, {OF_PEOPLE} FROM hits WHERE {SENT} AND vhost IS NOT NULL GROUP BY ALL",
    {
        "virtual_hosts": f"""SELECT vhost AS host, {ADDED} FROM vhosts WHERE {{where}}
            GROUP BY vhost ORDER BY pages DESC, hits DESC, vhost LIMIT {{most}}""",
    },
)

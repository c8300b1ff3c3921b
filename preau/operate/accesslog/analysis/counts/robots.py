"""Robots, and by what each was known."""

from preau.operate.accesslog.analysis.counts.count import ADDED, Count
from preau.operate.accesslog.analysis.definitions import Class

COUNT = Count(
    "robots",
    """day INTEGER, robot VARCHAR, why VARCHAR, hits BIGINT, pages BIGINT, bytes BIGINT,
    robots_txt BIGINT, last BIGINT""",
    f"""SELECT hits.day, CASE WHEN class = {Class.HIDDEN_ROBOT} THEN 'says that it is a browser'
        ELSE coalesce(robot, 'unknown') END AS robot,
        CASE WHEN class = {Class.HIDDEN_ROBOT} THEN hosts_seen.host || ' ' || hidden.why
        ELSE coalesce(agents.why, 'asks for robots.txt') END AS why,
        count(*), count(*) FILTER (hits.page), sum(bytes), count(*) FILTER (robots_txt), max(t)
        FROM hits JOIN agents ON agent_number = hits.agent JOIN asked USING (asked)
        LEFT JOIN hidden ON class = {Class.HIDDEN_ROBOT} AND hidden.day = hits.day
            AND hidden.host = hits.host AND hidden.agent = hits.agent
        LEFT JOIN hosts_seen ON host_number = hidden.host
        WHERE class IN ({Class.ROBOT}, {Class.HIDDEN_ROBOT}) GROUP BY ALL""",
    {
        "robots": f"""SELECT robot, min(why) AS why, count(DISTINCT why)::INTEGER AS reasons,
            {ADDED}, sum(robots_txt)::BIGINT AS robots_txt, max(last) AS last
            FROM robots WHERE {{where}} GROUP BY robot
            ORDER BY hits DESC, robot LIMIT {{most}}""",
    },
)

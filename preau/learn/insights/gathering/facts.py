"""The facts of a day: what each person did in each activity, a row each.

From them come all counts of people, over a day as over a month: they are many times fewer
than events. 0 stands for none.
"""

from pathlib import Path

from preau.learn.events.engine import Engine, Row
from preau.learn.insights.gathering.periods import Day
from preau.learn.insights.gathering.verbs import FOR_THEM, PASSIVE, SIGN_IN, VIEW, listed

_COUNTS = f"""
    count(*) AS events,
    count(*) FILTER (WHERE verb = '{VIEW}') AS views,
    count(*) FILTER (WHERE verb NOT IN ({listed(PASSIVE | FOR_THEM)})) AS actions,
    count(*) FILTER (WHERE verb = '{SIGN_IN}') AS sign_ins,
    count(*) FILTER (WHERE verb = 'completed') - count(*) FILTER (WHERE verb = 'uncompleted')
        AS completed,
    sum(spent) AS spent
"""
# Outside runs an event has no role: a signed-in person's, or a visitor's.
_ROLE = """
    CASE WHEN coalesce(role, '') <> '' THEN role WHEN person IS NULL THEN 'visitor'
    ELSE 'person' END
"""
_SUMS = """
    sum(views), sum(actions), sum(sign_ins), sum(spent), sum(completed), count(*)
"""
_NONE = -1  # the run or activity of what is in none; 0 and null are of all together
_KEYED = f"""
    SELECT *, CASE WHEN run_id = 0 THEN {_NONE} ELSE run_id END AS run_key,
    CASE WHEN activity_id = 0 THEN {_NONE} ELSE activity_id END AS activity_key FROM facts
"""
# What is counted together: the columns that tell roll-ups apart.
_PLACES = """
    (), (role_name), (run_key), (run_key, role_name), (run_key, activity_key),
    (run_key, activity_key, role_name)
"""
# Different people in each of these places. Each list comes from the next larger one, where people
# are few: half of the time of count(DISTINCT …) over the same places.
_PEOPLE = f"""
WITH own AS (
    SELECT DISTINCT run_key, activity_key, role_name, person_id FROM ({_KEYED}) AS keyed
    WHERE person_id <> 0
), in_run AS (SELECT DISTINCT run_key, role_name, person_id FROM own)
SELECT run_key, activity_key, role_name, count(*) FROM own GROUP BY 1, 2, 3
UNION ALL
SELECT run_key, activity_key, NULL, count(*)
FROM (SELECT DISTINCT run_key, activity_key, person_id FROM own) AS once GROUP BY 1, 2
UNION ALL
SELECT run_key, NULL, role_name, count(*) FROM in_run GROUP BY run_key, role_name
UNION ALL
SELECT run_key, NULL, NULL, count(*)
FROM (SELECT DISTINCT run_key, person_id FROM in_run) AS once GROUP BY run_key
UNION ALL
SELECT NULL, NULL, role_name, count(*)
FROM (SELECT DISTINCT role_name, person_id FROM in_run) AS once GROUP BY role_name
UNION ALL
SELECT NULL, NULL, NULL, count(DISTINCT person_id) FROM in_run
"""


def _within(day: Day) -> str:
    return f"t >= {day.begin} AND t < {day.end}"


def write_facts(engine: Engine, day: Day, target: Path) -> None:
    """Work the facts of a day out of the table ``events``."""
    engine.keep(
        f"SELECT {day.day.toordinal()} AS day, coalesce(run, 0) AS run_id, "
        "coalesce(activity, 0) AS activity_id, "
        f"{_ROLE} AS role_name, coalesce(person, 0) AS person_id, "
        f"{_COUNTS} FROM events WHERE {_within(day)} GROUP BY 1, 2, 3, 4, 5 "
        f"HAVING count(*) FILTER (WHERE verb NOT IN ({listed(FOR_THEM)})) > 0",
        target,
    )


def hours_and_verbs(
    engine: Engine, day: Day
) -> tuple[dict[int, list[int]], dict[int, dict[str, int]]]:
    """By run, 0 for the whole site: views and actions of each hour, and how often each verb."""
    hours: dict[int, list[int]] = {}
    verbs: dict[int, dict[str, int]] = {}
    passive = (PASSIVE | FOR_THEM) - {VIEW}
    for run, verb, elapsed, count in engine.rows(
        f"SELECT coalesce(run, 0), verb, (t - {day.begin}) // 3600000, count(*) FROM events "
        f"WHERE {_within(day)} GROUP BY 1, 2, 3"
    ):
        for place in {0, int(run)}:
            counts = verbs.setdefault(place, {})
            counts[verb] = counts.get(verb, 0) + int(count)
            if verb not in passive:
                hours.setdefault(place, [0] * 24)[day.hour(int(elapsed))] += int(count)
    return hours, verbs


def presences(engine: Engine) -> dict[int, dict[str, list[int]]]:
    """By run and learner, of the table ``facts``: first day, last day, days, seconds."""
    found: dict[int, dict[str, list[int]]] = {}
    for run, person, first, last, days, spent in engine.rows(
        "SELECT run_id, person_id, min(day), max(day), count(DISTINCT day), sum(spent) FROM facts "
        "WHERE run_id <> 0 AND person_id <> 0 AND role_name = 'learner' GROUP BY 1, 2"
    ):
        of_run = found.setdefault(int(run), {})
        of_run[str(person)] = [int(first), int(last), int(days), round(int(spent) / 1000)]
    return found


def counted(engine: Engine) -> list[tuple[int, int, str, Row]]:
    """What the table ``facts`` says of each place: run, activity, role and

    views, actions, sign-ins, people, milliseconds, completions.
    """
    people = {
        (int(run or 0), int(activity or 0), str(role or "")): int(count)
        for run, activity, role, count in engine.rows(_PEOPLE)
    }
    found = []
    for run, activity, role, *sums in engine.rows(
        f"SELECT run_key, activity_key, role_name, {_SUMS} FROM ({_KEYED}) AS keyed "
        f"GROUP BY GROUPING SETS ({_PLACES})"
    ):
        views, actions, sign_ins, spent, completed, facts = (int(it or 0) for it in sums)
        place = (int(run or 0), int(activity or 0), str(role or ""))
        if facts and _NONE not in place:  # a sum of nothing is a row, too
            row = (views, actions, sign_ins, people.get(place, 0), spent, completed)
            found.append((*place, row))
    return found

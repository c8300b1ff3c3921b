"""Where films are watched, second by second."""

from collections import Counter
from itertools import accumulate

from preau.learn.enrolments.models import Watching
from preau.learn.events.engine import Engine
from preau.learn.insights.gathering.periods import Day
from preau.learn.insights.models import VideoCurve

MOST = 4 * 3600  # seconds of a film that are looked at


def watched_sql(day: Day) -> str:
    """How many parts that were watched on a day begin, and end, in each second of each film."""
    within = f"verb = 'watched' AND t >= {day.begin} AND t < {day.end}"

    def edges(column: str, begins: int) -> str:
        return (
            f"SELECT coalesce(run, 0) AS run_id, coalesce(activity, 0) AS activity_id, "
            f"unnest({column}) AS place, {begins} AS opening FROM events WHERE {within}"
        )

    return (
        "SELECT run_id, activity_id, CAST(floor(place) AS INTEGER) AS second, "
        "sum(opening) AS begins, count(*) - sum(opening) AS ends "
        f"FROM ({edges('seen_from', 1)} UNION ALL {edges('seen_to', 0)}) AS edges "
        "WHERE place IS NOT NULL GROUP BY 1, 2, 3"
    )


def plays(engine: Engine) -> dict[tuple[int, int], list[int]]:
    """Of the table ``videos``: how often each second of a film was shown, by run and activity."""
    changes: dict[tuple[int, int], Counter[int]] = {}
    for run, activity, second, begins, ends in engine.rows(
        "SELECT run_id, activity_id, second, sum(begins), sum(ends) FROM videos "
        "WHERE run_id <> 0 AND activity_id <> 0 GROUP BY 1, 2, 3"
    ):
        place = min(max(int(second), 0), MOST)
        changes.setdefault((int(run), int(activity)), Counter())[place] += int(begins) - int(ends)
    found = {}
    for where, steps in changes.items():
        found[where] = list(accumulate(steps[second] for second in range(max(steps) + 1)))
    return found


def curves(shown: dict[tuple[int, int], list[int]]) -> list[VideoCurve]:
    """With what is known of the people who watched: who saw each second, and where they stopped."""
    rows = []
    for (run, activity), counts in shown.items():
        people: Counter[int] = Counter()
        stops: Counter[int] = Counter()
        watching = Watching.objects.filter(enrolment__run=run, activity=activity)
        length = len(counts)
        for seen, position in watching.values_list("seen", "position").iterator(2000):
            for begin, end in seen:
                people[min(int(begin), length)] += 1
                people[min(int(end), length)] -= 1
            stops[min(int(position), length)] += 1
        seen_by = list(accumulate(people[second] for second in range(length)))
        stopped = [stops[second] for second in range(length + 1)]
        rows.append(
            VideoCurve(run=run, activity=activity, plays=counts, people=seen_by, stops=stopped)
        )
    return rows

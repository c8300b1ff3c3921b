"""Compacts and gathers in a site; a process of its own, for it loads Django and its memory counts.

``python -m benchmarks.statistics.work UNTIL`` in a site prints, as JSON, seconds and megabytes.
"""

import json
import resource
import statistics
import sys
import time
from datetime import date
from zoneinfo import ZoneInfo

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402

from preau.learn.accounts.models import Person, SiteRole  # noqa: E402
from preau.learn.courses.models import Run  # noqa: E402
from preau.learn.events.folder import EventsFolder  # noqa: E402
from preau.learn.insights.gathering.gather import Gathering  # noqa: E402
from preau.learn.insights.models import Rollup  # noqa: E402


def pages() -> dict[str, float]:
    """Milliseconds that the statistics' pages take to make, medians, by what they show."""
    who = Person.objects.create(email="o@example.org", name="O", site_role=SiteRole.OPERATOR)
    browser = Client(SERVER_NAME="127.0.0.1")
    browser.force_login(who)
    run, other = Run.objects.order_by("pk")[:2]
    of_run = f"/runs/{run.key}/statistics/"
    wanted = {
        **{f"Statistics of the {name} by {unit}": f"{path}?by={unit}"
           for name, path in (("site", "/statistics/"), ("run", of_run))
           for unit in ("day", "week", "month")},
        "Who is lost": f"{of_run}lost/",
        "Two runs beside each other": f"{of_run}compare/?with={other.key}",
        "A picture as PNG": f"{of_run}accesses.png",
        "The log of a day (300,000 events)": "/statistics/log/?day=2026-10-07",
        "The same, one run's notes": f"/statistics/log/?day=2026-10-07&run={run.key}&verb=noted",
    }  # fmt: skip
    found = {}
    for name, path in wanted.items():
        times = []
        for _round in range(11):
            begin = time.perf_counter()
            assert browser.get(path).status_code == 200
            times.append(1000 * (time.perf_counter() - begin))
        found[name] = statistics.median(times)
    return found


def main() -> None:
    """Once through."""
    folder = EventsFolder(settings.EVENTS_FOLDER)
    zone = ZoneInfo(settings.TIME_ZONE)
    gathering = Gathering(folder, zone, date.fromisoformat(sys.argv[1]))
    lines = sum(path.stat().st_size for paths in folder.live().values() for path in paths)
    begin = time.perf_counter()
    events = sum(it.added for it in gathering.compact())
    middle = time.perf_counter()
    compact_memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    days = sum(it.period == "day" for it in gathering.run())
    end = time.perf_counter()
    print(
        json.dumps(
            {
                "events": events,
                "days": days,
                "line_bytes": lines,
                "parquet_bytes": sum(it.stat().st_size for it in folder.compacted().values()),
                "compact": middle - begin,
                "gather": end - middle,
                "compact_memory": compact_memory,
                "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                "pages": pages(),
                "rollups": Rollup.objects.count(),
            }
        )
    )


if __name__ == "__main__":
    main()

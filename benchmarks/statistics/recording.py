"""What recording an event costs a request; a process of its own, for it loads Django.

``python -m benchmarks.statistics.recording`` in a site prints, as JSON, microseconds an event: of
noting and writing it as a request does, and of the bare write of the same bytes, turn by turn.
"""

import json
import os
import statistics
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.test import RequestFactory  # noqa: E402

from preau.learn.events.record import NAME, NOTED, record, write  # noqa: E402

_ROUNDS, _EVENTS = 30, 2000


def noted(request: object) -> None:
    """As ``events.requests`` does around a page that notes one event."""
    events: list[object] = []
    request.META[NOTED] = events  # type: ignore[attr-defined]
    record(request, "viewed", run=3, course=2, activity=17, role="learner")  # type: ignore[arg-type]
    write(events, 2.3)  # type: ignore[arg-type]


def timed(work: object) -> float:
    """Microseconds each."""
    begin = time.perf_counter()
    for _number in range(_EVENTS):
        work()  # type: ignore[operator]
    return (time.perf_counter() - begin) / _EVENTS * 1e6


def main() -> None:
    """Both, in turns; medians."""
    with tempfile.TemporaryDirectory() as name:
        settings.EVENTS_FOLDER = Path(name) / "events"
        request = RequestFactory().get("/learn/run/activity/")
        request.user = SimpleNamespace(pk=4711, is_authenticated=True)
        request.session = SimpleNamespace(session_key="k" * 32)
        request.resolver_match = SimpleNamespace(view_name="enrolments:activity")  # type: ignore[assignment]
        request.META[NAME] = "0123456789ab"
        noted(request)
        (path,) = settings.EVENTS_FOLDER.iterdir()
        line = path.read_bytes()
        bare = os.open(Path(name) / "bare", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        ours, floor = [], []
        for _round in range(_ROUNDS):
            ours.append(timed(lambda: noted(request)))
            floor.append(timed(lambda: os.write(bare, line)))
        os.close(bare)
    found = {"record": statistics.median(ours), "write": statistics.median(floor)}
    print(json.dumps({**found, "line": len(line)}))


if __name__ == "__main__":
    main()

"""What a run on one database found."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from benchmarks.quiz_peak.meter import Meter

KINDS = {
    "open": "Open quiz page",
    "start": "Start (POST)",
    "attempt": "Attempt page",
    "answer": "Answer (POST)",
    "turn": "Next page (POST)",
    "summary": "Summary",
    "hand-in": "Hand in (POST)",
    "review": "Review",
}
_EDGES = (5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)  # ms
_WINDOW = 10  # samples, of a second each


@dataclass(frozen=True)
class Times:
    """How long something took, in ms."""

    count: int
    median: float
    p95: float
    p99: float
    longest: float

    @classmethod
    def of(cls, seconds: list[float]) -> "Times":
        """Of these."""
        ordered = sorted(1000 * it for it in seconds)
        count = len(ordered)

        def at(share: float) -> float:
            return ordered[min(count - 1, int(count * share))] if count else 0.0

        return cls(count, at(0.5), at(0.95), at(0.99), at(1.0))


@dataclass(frozen=True)
class Outcome:
    """A run. Seconds, ms where it says so, MB of 10^6 bytes."""

    database: str
    learners: int
    handed_in: int
    acknowledged: int
    compared: int  # answers that were looked up in the database
    times: dict[str, Times]  # by kind of request
    waits: Times  # of those whom the site let wait before their attempt
    until_questions: Times  # from the arrival to the first page of the attempt
    whole: Times  # from the arrival to the review
    histogram: list[tuple[str, int]]  # of the answers
    seconds: float  # from the first arrival to the last review
    busiest_second: int  # requests answered in it
    server: float  # processor time
    database_server: float
    driver: float
    late: float  # the longest that the driver was late for an arrival
    busiest_cores: float  # of server and database, over ten seconds
    others: float  # per cent of the machine
    peak_mb: float  # of the largest worker
    connections: int
    failures: dict[str, int]

    @property
    def requests(self) -> int:
        """All that were answered."""
        return sum(times.count for times in self.times.values())

    @property
    def per_learner(self) -> float:
        """Processor time of server and database for each learner, in ms."""
        return 1000 * (self.server + self.database_server) / self.learners


def outcome_of(
    database: str, found: dict[str, Any], verified: dict[str, Any], meter: Meter
) -> Outcome:
    """Put together what the driver saw, the meter measured and the database holds."""
    seen = found["seen"]
    requests = [request for it in seen for request in it["requests"]]
    by_kind: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for kind, _begin, seconds in requests:
        by_kind[kind].append(seconds)
    ends = Counter(int(begin + seconds) for _kind, begin, seconds in requests)
    first = min((begin for _kind, begin, _seconds in requests), default=0.0)
    last = max((begin + seconds for _kind, begin, seconds in requests), default=0.0)
    failures = Counter(it["failure"] for it in seen if it["failure"])
    failures.update(verified["failures"])
    failures.update(f"before the run: {it}" for it in found["earlier_failures"])
    return Outcome(
        database=database,
        learners=len(seen),
        handed_in=verified["handed_in"],
        acknowledged=sum(it["acknowledgements"] for it in seen),
        compared=verified["answers"],
        times={kind: Times.of(times) for kind, times in by_kind.items() if times},
        waits=Times.of([it["waited"] for it in seen if it["waits"]]),
        until_questions=Times.of(_since_arrival(seen, "attempt")),
        whole=Times.of(_since_arrival(seen, "review")),
        histogram=histogram(by_kind["answer"]),
        seconds=max(last - first, 0.001),
        busiest_second=max(ends.values(), default=0),
        server=meter.samples[-1].server,
        database_server=meter.samples[-1].database,
        driver=found["cpu"],
        late=found["late"],
        busiest_cores=meter.busiest(_WINDOW),
        others=meter.others(found["cpu"]),
        peak_mb=max(meter.peak_mb.values(), default=0.0),
        connections=sum(it["connections"] for it in seen),
        failures=dict(failures),
    )


def _since_arrival(seen: list[dict[str, Any]], until: str) -> list[float]:
    """Of each learner who got there: seconds until they first had a page of that kind."""
    found = []
    for it in seen:
        end = next((begin + took for kind, begin, took in it["requests"] if kind == until), None)
        if end is not None:
            found.append(end - it["requests"][0][1])
    return found


def histogram(seconds: list[float]) -> list[tuple[str, int]]:
    """How many took so long, by the edges above."""
    counts = [0] * (len(_EDGES) + 1)
    for it in seconds:
        counts[sum(1000 * it >= edge for edge in _EDGES)] += 1
    names = [f"under {_EDGES[0]} ms"]
    names += [f"under {_span(edge)}" for edge in _EDGES[1:]]
    names.append(f"{_span(_EDGES[-1])} or more")
    return list(zip(names, counts, strict=True))


def _span(ms: int) -> str:
    return f"{ms} ms" if ms < 1000 else f"{ms // 1000} s"

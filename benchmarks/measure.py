"""One measurement: a client's view, and what the processes behind it used meanwhile."""

import json
import os
import statistics
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from typing import Any

from benchmarks.databases import NAME, Site
from benchmarks.processes import busy_seconds, cpu_seconds, memory_mb, postgresql_backends, tree
from benchmarks.scenarios import Page, constant_requests, requests_for
from benchmarks.server import ROOT, Server


@dataclass(frozen=True)
class Figures:
    """What a measurement found. Times in ms; CPU is per request."""

    rate: float
    p50: float
    p95: float
    p99: float
    longest: float
    server_cpu: float
    database_cpu: float
    client_cpu: float
    others: float  # share of the machine that processes of others took meanwhile, in per cent
    size: int
    count: int
    errors: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Used:
    """Clock and processor time so far, in seconds."""

    clock: float
    machine: float
    server: float
    database: float


@dataclass(frozen=True)
class Pace:
    """How long to measure."""

    seconds: float
    warm_up: float


def measure_page(site: Site, server: Server, page: Page, pace: Pace) -> Figures:
    """The page of the site."""
    requests = requests_for(page, site.facts["sessions"], site.facts["addresses"])
    return _measure(server, requests, page.connections, page.status, pace, site.database)


def measure_floor(
    site: Site, server: Server, page: Page, pace: Pace, floor: str, size: int
) -> Figures:
    """A constant page of the same size (``FLOORS``), asked for in the same words."""
    requests = requests_for(page, site.facts["sessions"], site.facts["addresses"])
    asked = constant_requests(page, requests, floor, size)
    return _measure(server, asked, page.connections, 200, pace, "")


def _measure(
    server: Server, requests: list[str], connections: int, status: int, pace: Pace, database: str
) -> Figures:
    shares = [requests[number::connections] or requests for number in range(connections)]
    plan = {
        "port": server.port,
        "status": status,
        "warm_up": pace.warm_up,
        "seconds": pace.seconds,
        "connections": shares,
    }
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.client"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as client:
        assert client.stdin is not None
        assert client.stdout is not None
        client.stdin.write(json.dumps(plan))
        client.stdin.close()
        before = after = Used(0, 0, 0, 0)
        last = ""
        for line in client.stdout:
            last = line.strip()
            if last == "start":
                before = _used(server, database)
            elif last == "stop":
                after = _used(server, database)
    if client.returncode or not last.startswith("{"):
        raise SystemExit("The client failed; its reason is above.")
    return _figures(json.loads(last), before, after)


def _figures(found: dict[str, Any], before: Used, after: Used) -> Figures:
    count = max(found["count"], 1)
    server, database = after.server - before.server, after.database - before.database
    own = server + database + found["client_cpu"] * count / 1000
    capacity = (after.clock - before.clock) * (os.cpu_count() or 1)
    others = max(0.0, after.machine - before.machine - own)
    return Figures(
        server_cpu=server * 1000 / count,
        database_cpu=database * 1000 / count,
        others=100 * others / max(capacity, 0.001),
        **found,
    )


def _used(server: Server, database: str) -> Used:
    backends = postgresql_backends(NAME) if database == "postgresql" else []
    return Used(
        time.monotonic(), busy_seconds(), cpu_seconds(tree(server.pid)), cpu_seconds(backends)
    )


def median_of(rounds: list[Figures]) -> Figures:
    """Each figure's median; the errors of all rounds."""
    rows = [asdict(figures) for figures in rounds]
    errors: dict[str, int] = {}
    for row in rows:
        for what, count in row.pop("errors").items():
            errors[what] = errors.get(what, 0) + count
    middle = {name: statistics.median(row[name] for row in rows) for name in rows[0]}
    return Figures(**{**middle, "size": int(middle["size"]), "errors": errors})


def workers_memory(server: Server) -> dict[str, float]:
    """The largest RSS and PSS of the server's workers, in MB."""
    both = [memory_mb(pid) for pid in server.workers]
    return {"rss": max(rss for rss, _pss in both), "pss": max(pss for _rss, pss in both)}

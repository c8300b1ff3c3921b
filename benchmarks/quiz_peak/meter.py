"""What the processes behind a run use meanwhile, second by second."""

import os
import threading
import time
from dataclasses import dataclass

from benchmarks.databases import Site
from benchmarks.processes import (
    busy_seconds,
    cpu_by_pid,
    peak_memory_mb,
    postgresql_backends,
    postgresql_writers,
    tree,
)
from benchmarks.server import Server

_EVERY = 1.0  # seconds


@dataclass(frozen=True)
class Sample:
    """Clock, and processor time since the meter began, in seconds."""

    clock: float
    server: float
    database: float
    machine: float


class Meter:
    """Samples from ``start`` to ``stop``, in a thread of this process."""

    def __init__(self, site: Site, server: Server) -> None:
        self.site, self.server = site, server
        self.samples: list[Sample] = []
        self.peak_mb: dict[int, float] = {}  # resident, of each worker
        self._first: dict[int, float] = {}
        self._last: dict[int, float] = {}  # kept for processes that have ended
        self._database: set[int] = set()
        self._machine = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._machine = busy_seconds()
        self._take(begin=True)
        self._thread.start()

    def stop(self) -> None:
        """Take the last sample."""
        self._over.set()
        self._thread.join()
        self._take()
        self.peak_mb = {pid: peak_memory_mb(pid) for pid in self.server.workers}

    def _watch(self) -> None:
        while not self._over.wait(_EVERY):
            self._take()

    def _take(self, *, begin: bool = False) -> None:
        if self.site.database == "postgresql":
            self._database |= {*postgresql_backends(self.site.name), *postgresql_writers()}
        now = cpu_by_pid({*tree(self.server.pid), *self._database})
        for pid, seconds in now.items():
            # What a process used before the run does not count; one that began since starts at 0.
            self._first.setdefault(pid, seconds if begin else 0.0)
            self._last[pid] = seconds
        used = {pid: self._last[pid] - self._first[pid] for pid in self._last}
        database = sum(seconds for pid, seconds in used.items() if pid in self._database)
        server = sum(used.values()) - database
        machine = busy_seconds() - self._machine
        self.samples.append(Sample(time.monotonic(), server, database, machine))

    @property
    def seconds(self) -> float:
        """From the first sample to the last."""
        return self.samples[-1].clock - self.samples[0].clock

    def busiest(self, window: int) -> float:
        """The most cores that server and database used over so many samples."""
        pairs = zip(self.samples, self.samples[window:], strict=False)
        return max(
            (
                (b.server + b.database - a.server - a.database) / max(b.clock - a.clock, 0.001)
                for a, b in pairs
            ),
            default=0.0,
        )

    def others(self, driver: float) -> float:
        """Share of the machine that processes of others took, in per cent."""
        last = self.samples[-1]
        capacity = self.seconds * (os.cpu_count() or 1)
        return max(0.0, 100 * (last.machine - last.server - last.database - driver) / capacity)

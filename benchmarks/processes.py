"""What processes use, as /proc tells it (Linux)."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_PROC = Path("/proc")


def _stat(pid: int) -> list[str] | None:
    """The fields of /proc/PID/stat from the state on; None when the process is gone."""
    try:
        text = (_PROC / str(pid) / "stat").read_text()
    except OSError:
        return None
    return text.rpartition(")")[2].split()


def all_pids() -> list[int]:
    """Every process of the machine."""
    return [int(path.name) for path in _PROC.iterdir() if path.name.isdecimal()]


def tree(root: int) -> list[int]:
    """A process and everything below it."""
    children: dict[int, list[int]] = {}
    for pid in all_pids():
        if fields := _stat(pid):
            children.setdefault(int(fields[1]), []).append(pid)
    found, waiting = [], [root]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        waiting += children.get(pid, [])
    return found


def postgresql_backends(database: str) -> list[int]:
    """The server processes that work for a database, when they run on this machine."""
    return [pid for pid, title in _postgresql() if f" {database} ".encode() in title]


def postgresql_writers() -> list[int]:
    """The processes that write for all databases of the PostgreSQL servers of this machine."""
    names = (b"walwriter", b"checkpointer", b"background writer")
    return [pid for pid, title in _postgresql() if any(name in title for name in names)]


def _postgresql() -> Iterator[tuple[int, bytes]]:
    for pid in all_pids():
        try:
            title = (_PROC / str(pid) / "cmdline").read_bytes()
        except OSError:
            continue
        if title.startswith(b"postgres: "):
            yield pid, title


def cpu_by_pid(pids: Iterable[int]) -> dict[int, float]:
    """Processor time used so far, user and system, of those that are there."""
    found = {}
    for pid in pids:
        if fields := _stat(pid):
            found[pid] = (int(fields[11]) + int(fields[12])) / _TICK
    return found


def cpu_seconds(pids: Iterable[int]) -> float:
    """The same of all together."""
    return sum(cpu_by_pid(pids).values())


def busy_seconds() -> float:
    """Processor time that the whole machine used so far, waiting and idling aside."""
    fields = [int(word) for word in (_PROC / "stat").read_text().split(maxsplit=11)[1:9]]
    user, nice, system, _idle, _waiting, hard, soft, stolen = fields
    return (user + nice + system + hard + soft + stolen) / _TICK


def memory_mb(pid: int) -> tuple[float, float]:
    """Resident and proportional set size (RSS, PSS) in MB of 10^6 bytes."""
    rss = pss = 0.0
    for line in (_PROC / str(pid) / "smaps_rollup").read_text().splitlines():
        name, _colon, rest = line.partition(":")
        if name in {"Rss", "Pss"}:
            value = int(rest.split()[0]) * 1024 / 1e6
            rss, pss = (value, pss) if name == "Rss" else (rss, value)
    return rss, pss


def peak_memory_mb(pid: int) -> float:
    """The largest resident set that the process ever had, in MB of 10^6 bytes."""
    for line in (_PROC / str(pid) / "status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024 / 1e6
    return 0.0

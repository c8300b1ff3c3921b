"""``python -m benchmarks.accesslog``: how fast a web log is reported, beside GoAccess and AWStats.

Makes a log once, kept in a temporary folder, and lets each program make its complete report of it,
one after the other, several rounds: the machine's speed wanders, so each round is compared in
itself. Then the log grows by one per cent, and a store that has read it reads on.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median

from benchmarks.machine import describe
from benchmarks.report import RESULTS, today
from benchmarks.server import ROOT

MAKE_LOG = ROOT / "samples" / "web-log" / "make_log.py"
AWSTATS = Path("/usr/lib/cgi-bin/awstats.pl")
PREAU = Path(sys.executable).parent / "preau"
LINES = 5_000_000
TIMES = {"GoAccess": 10, "AWStats": 20}  # as fast as each we want to be
AGAIN_WITHIN, MEMORY_WITHIN = 2.0, 1000  # seconds; MB
_CONFIGURATION = """
LogFile="{log}"
LogType=W
LogFormat=1
SiteDomain="mooc.example.org"
HostAliases="mooc.example.org"
DNSLookup=0
DirData="{folder}"
"""


@dataclass(frozen=True)
class Cost:
    """What a process took, with the processes it started: seconds, and MB at its peak."""

    wall: float
    cpu: float
    memory: float


def cost_of(words: Sequence[str]) -> Cost:
    """Run a program to its end."""
    begin = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        _pid, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            text = said.read().decode(errors="replace")[-2000:]
            raise SystemExit(f"{' '.join(words)} ended with {process.returncode}:\n{text}")
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000)


def made_log(lines: int) -> Path:
    """The log of so many lines, made once."""
    folder = Path(tempfile.gettempdir()) / "preau-accesslog-benchmark"
    folder.mkdir(exist_ok=True)
    path = folder / f"access-{lines}.log"
    if not path.exists():
        print(f"Making {lines:,} lines …", flush=True)
        part = path.with_suffix(".part")
        with part.open("wb") as out:
            words = [sys.executable, str(MAKE_LOG), "--lines", str(lines), "--seed", "1"]
            subprocess.run(words, stdout=out, check=True)
        part.rename(path)
    return path


def by_goaccess(log: Path, folder: Path) -> Cost:
    """Its report as JSON."""
    return cost_of(
        ["goaccess", str(log), "--log-format=COMBINED", "--no-global-config", "--no-progress",
         "-o", str(folder / "goaccess.json")]
    )  # fmt: skip


def by_awstats(log: Path, folder: Path) -> Cost:
    """Its counts; its pages are made of them when somebody looks."""
    data = folder / "awstats"
    data.mkdir()
    (data / "awstats.x.conf").write_text(_CONFIGURATION.format(log=log, folder=data))
    return cost_of(["perl", str(AWSTATS), "-config=x", f"-configdir={data}", "-update"])


def by_preau(log: Path, folder: Path, *more: str) -> Cost:
    """The page and the JSON, of the whole log."""
    outputs = ["-o", str(folder / "report.html"), "--json", str(folder / "report.json")]
    return cost_of([str(PREAU), "accesslog", "report", str(log), *outputs, *more])


def alternating(log: Path, rounds: int) -> dict[str, list[Cost]]:
    """Each program's cost in each round; which is first changes from round to round."""
    programs: list[tuple[str, Callable[[Path, Path], Cost]]] = [("Préau", by_preau)]
    programs += [("GoAccess", by_goaccess)] if shutil.which("goaccess") else []
    programs += [("AWStats", by_awstats)] if AWSTATS.exists() else []
    found: dict[str, list[Cost]] = {name: [] for name, _run in programs}
    _read_once(log)
    for number in range(rounds):
        first = number % len(programs)
        for name, run in programs[first:] + programs[:first]:
            with tempfile.TemporaryDirectory(prefix="preau-accesslog-") as folder:
                found[name].append(run(log, Path(folder)))
                _as_many_lines(name, Path(folder), log)
            print(f"round {number + 1}: {name:9} {found[name][-1].wall:8.1f} s", flush=True)
    return found


def _read_once(log: Path) -> None:
    """So that none has to wait for the disk."""
    with log.open("rb") as file:
        while file.read(1 << 24):
            pass


def _as_many_lines(name: str, folder: Path, log: Path) -> None:
    """A program that leaves lines out would be fast."""
    said = {"Préau": ("report.json", "summary", "lines"),
            "GoAccess": ("goaccess.json", "general", "total_requests")}  # fmt: skip
    if name in said:
        file, section, key = said[name]
        count = json.loads((folder / file).read_text())[section][key]
        if count != _lines_of(log):
            raise SystemExit(f"{name} has {count:,} lines of {_lines_of(log):,}.")


def _lines_of(log: Path) -> int:
    return int(log.stem.rpartition("-")[2])


def second_run(log: Path) -> tuple[Cost, Cost]:
    """A store that reads the log, and reads on when one line of a hundred has come."""
    more = made_log(_lines_of(log) // 100)
    with tempfile.TemporaryDirectory(prefix="preau-accesslog-") as name:
        folder = Path(name)
        grown = folder / "access.log"
        shutil.copyfile(log, grown)
        words = ("--store", str(folder / "store"))
        first = by_preau(grown, folder, *words)
        with grown.open("ab") as out:
            out.write(_of_later(more.read_bytes()))
        return first, by_preau(grown, folder, *words)


def _of_later(lines: bytes) -> bytes:
    """The same, of a month on which the log has not been."""
    return lines.replace(b"/Sep/2026:", b"/Nov/2026:").replace(b"/Oct/2026:", b"/Nov/2026:")


def peaks(counts: Sequence[int]) -> dict[int, Cost]:
    """What logs of several sizes cost."""
    found = {}
    for lines in counts:
        with tempfile.TemporaryDirectory(prefix="preau-accesslog-") as folder:
            found[lines] = by_preau(made_log(lines), Path(folder))
        print(f"{lines:,} lines: {found[lines].memory:.0f} MB", flush=True)
    return found


def table_of(costs: dict[str, list[Cost]], lines: int) -> list[list[str]]:
    """A row for each program."""
    ours = costs["Préau"]
    rows = []
    for name, found in costs.items():
        ratio = median(it.wall / our.wall for it, our in zip(found, ours, strict=True))
        cpu = median(it.cpu / our.cpu for it, our in zip(found, ours, strict=True))
        target = TIMES.get(name)
        verdict = f"{'met' if ratio >= target else 'missed'} (≥ {target})" if target else ""
        rows.append(
            [name, f"{median(it.wall for it in found):.1f}",
             f"{median(it.cpu for it in found):.1f}",
             f"{lines / median(it.wall for it in found):,.0f}",
             f"{max(it.memory for it in found):,.0f}",
             *([f"{ratio:.1f}", f"{cpu:.1f}", verdict] if target else ["", "", ""])]
        )  # fmt: skip
    return rows


def notes_of(first: Cost, again: Cost, memory: dict[int, Cost]) -> list[str]:
    """What else was measured."""
    quick = "met" if again.wall < AGAIN_WITHIN else "missed"
    small = "met" if max(it.memory for it in memory.values()) < MEMORY_WITHIN else "missed"
    each = ", ".join(
        f"{it.memory:,.0f} MB at {lines:,} lines ({lines / it.wall:,.0f} lines/s)"
        for lines, it in memory.items()
    )
    later = f"{again.wall:.2f} s, {again.cpu:.2f} s of processor time"
    return [
        f"Into a store that is kept: {first.wall:.1f} s, {first.memory:,.0f} MB at its peak.",
        f"The same again after 1 % more lines: {later} (within {AGAIN_WITHIN:g} s: {quick}).",
        f"Memory at its peak: {each}; within {MEMORY_WITHIN:,} MB: {small}.",
    ]


def programs() -> str:
    """Which programs these are."""
    said = [f"Préau {version('preau')}, DuckDB {version('duckdb')}"]
    for words in (["goaccess", "--version"], ["perl", str(AWSTATS), "-version"]):
        if shutil.which(words[0]) and (words[0] != "perl" or AWSTATS.exists()):
            shown = subprocess.run(words, capture_output=True, text=True, check=False).stdout
            said.append(next((it.strip() for it in shown.splitlines() if it.strip()), words[0]))
    return "; ".join(said).rstrip(".")


def main() -> int:
    """Measure, print, and keep the figures of the whole thing."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accesslog")
    parser.add_argument("--lines", type=int, default=LINES)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--large", action="store_true", help="memory of ten times the lines, too")
    options = parser.parse_args()
    lines = options.lines
    log = made_log(lines)
    costs = alternating(log, options.rounds)
    first, again = second_run(log)
    memory = peaks([lines // 5, lines, *([lines * 10] if options.large else [])])
    head = ["", "s", "CPU s", "lines/s", "MB at most", "Préau is faster", "in CPU", "target"]
    rows, notes = table_of(costs, lines), notes_of(first, again, memory)
    for row in [head, *rows]:
        print("  ".join(f"{cell:>15}" for cell in row))
    print(*notes, sep="\n")
    if lines != LINES:
        return 0
    size = f"{lines:,} lines, {log.stat().st_size / 1e6:,.0f} MB, made by samples/web-log"
    python = ".".join(map(str, sys.version_info[:3]))
    machine = describe([{"python": python, "django": "", "database": ""}], 0, 0, size)
    for name in ("Server", "Databases"):
        machine.pop(name)
    machine["Software"] = f"Python {python}; {programs()}"
    how = (
        f"Measured {today()} by `python -m benchmarks.accesslog`: {options.rounds} rounds in which "
        "the programs take turns; medians, and of each round how many times as long the others "
        "took. Each makes its complete report from the raw log; AWStats makes its counts only."
    )
    text = [
        "# The web log", "", how, "",
        "| " + " | ".join(head) + " |", "|---" + "|--:" * (len(head) - 2) + "|---|",
        *("| " + " | ".join(row) + " |" for row in rows), "",
        *(f"- {note}" for note in notes), "",
        "| | |", "|---|---|", *(f"| {key} | {value} |" for key, value in machine.items()), "",
    ]  # fmt: skip
    path = RESULTS / "accesslog.md"
    path.write_text("\n".join(text), encoding="utf-8")
    print(f"Written to {path}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""``python -m benchmarks.statistics``: what the record costs, and how fast it is counted.

Makes up the events of a month in a new site, as its workers would have left them, and compacts
and gathers them; the reference is Moodle's own gathering, measured on such a machine: 31 days of
1 million log rows in 35.8 s.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.databases import Site, ask_in_site, filled_site
from benchmarks.machine import describe
from benchmarks.report import RESULTS, today
from benchmarks.server import ROOT

_UNTIL = "2026-10-31"
_MOODLE = 1_000_000 / 35.8  # rows a second


def make_up(folder: Path, millions: float) -> None:
    """The events, by two processes."""
    module = "benchmarks.statistics.made_up"
    words = [[str(folder), str(millions / 2), str(seed)] for seed in (1, 2)]
    both = [
        subprocess.Popen([sys.executable, "-m", module, *it], cwd=ROOT, stdout=subprocess.DEVNULL)
        for it in words
    ]
    if any(process.wait() for process in both):
        raise SystemExit("The events could not be made up; the reason is above.")


def measure(millions: float, folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """The figures, and what is known of the site."""
    with filled_site("sqlite", folder, ("benchmarks.statistics.about",)) as site:
        recording = ask_in_site(site.folder, "benchmarks.statistics.recording")
        print(f"Making up {millions:g} million events …", flush=True)
        make_up(site.folder / "events", millions)
        print("Compacting and gathering …", flush=True)
        return {**recording, **work(site)}, site.facts


def work(site: Site) -> dict[str, Any]:
    """Compact and gather."""
    return ask_in_site(site.folder, "benchmarks.statistics.work", _UNTIL)


def lines(it: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What was measured: name, figure, target or peer."""
    events = it["events"]
    rate = events / it["gather"]
    both = it["compact"] + it["gather"]
    return [
        ("Recording an event in a request", f"{it['record']:.1f} µs",
         f"the bare write of its {it['line']} bytes: {it['write']:.1f} µs"),
        ("Bytes of an event as a line", f"{it['line_bytes'] / events:.0f}", ""),
        ("Bytes of an event compacted", f"{it['parquet_bytes'] / events:.1f}", ""),
        ("Compacting", f"{it['compact']:.1f} s: {events / it['compact']:,.0f} events/s", ""),
        (f"Gathering {it['days']} days", f"{it['gather']:.1f} s: {rate:,.0f} events/s",
         f"Moodle {_MOODLE:,.0f} rows/s: {rate / _MOODLE:.0f} times; target 15 s"),
        ("Both", f"{both:.1f} s", "target 60 s"),
        ("Memory at its peak", f"{it['memory']:.0f} MB", "target 1,000 MB"),
        ("Roll-ups", f"{it['rollups']:,}", ""),
        *((name, f"{ms:.0f} ms", "target 200 ms")
          for name, ms in it["pages"].items()),
    ]  # fmt: skip


def main() -> int:
    """Measure, print, and keep the figures of the whole thing."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.statistics")
    parser.add_argument("--millions", type=float, default=10.0, help="events")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="preau-statistics-") as name:
        found, facts = measure(options.millions, Path(name) / "site")
    table = lines(found)
    for what, figure, beside in table:
        print(f"{what:36} {figure:32} {beside}")
    if options.millions != 10:
        return 0
    machine = describe([facts], 0, 0, f"{found['events']:,} events of {found['days']} days, "
                       "20 runs of 80 activities, made up by samples/simulated-run")  # fmt: skip
    machine.pop("Server")
    text = [
        "# The record of events, and statistics", "",
        f"Measured {today()} by `python -m benchmarks.statistics`.", "",
        "| | | beside it |", "|---|---|---|",
        *(f"| {what} | {figure} | {beside} |" for what, figure, beside in table), "",
        "| | |", "|---|---|", *(f"| {key} | {value} |" for key, value in machine.items()), "",
    ]  # fmt: skip
    (RESULTS / "statistics.md").write_text("\n".join(text), encoding="utf-8")
    print(f"Written to {RESULTS / 'statistics.md'}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""``python -m benchmarks.pages``: how many pages a second the site serves, and what they cost.

A site of 5,000 learners and a course of 80 activities, on SQLite and on PostgreSQL, served by
the project's own web server; each page is measured beside constant pages of the same size.
"""

import argparse
import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from statistics import median

from benchmarks.databases import Site, filled_site, postgresql_answers
from benchmarks.machine import describe
from benchmarks.measure import (
    Figures,
    Pace,
    measure_floor,
    measure_page,
    median_of,
    workers_memory,
)
from benchmarks.report import NAMES, Report, Row
from benchmarks.scenarios import BY_KEY, FLOORS, PAGES, Page
from benchmarks.server import CONSTANT, SITE, Server, serving

_THREADS = (1, 2, 4)  # tried in each worker
_USUAL_THREADS = 2  # the default of server.threads
_LOG = "server.log"


def say(line: str) -> None:
    """One line of progress."""
    print(line, flush=True)


def read_options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.pages",
        description="Measure the site's pages. A quick look: --only course --database sqlite "
        "--seconds 2 --rounds 1 --learners 500",
    )
    parser.add_argument("--seconds", type=float, default=2.0, help="of each measurement")
    parser.add_argument("--rounds", type=int, default=5, help="whose median is told")
    parser.add_argument("--only", choices=sorted(BY_KEY), action="append", metavar="PAGE",
                        help=f"one of {', '.join(BY_KEY)}; may be repeated")  # fmt: skip
    parser.add_argument("--database", choices=sorted(NAMES))
    parser.add_argument("--learners", type=int, default=5000)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    threads = "in each worker; 0: the best of 1, 2 and 4, or 2 with --only"
    parser.add_argument("--threads", type=int, default=0, help=threads)
    return parser.parse_args()


def choose_databases(wanted: str | None) -> list[str]:
    """The databases to measure; says in one line which one is missing."""
    chosen = [wanted] if wanted else ["sqlite", "postgresql"]
    if "postgresql" in chosen and not postgresql_answers():
        where = "PREAU_BENCH_POSTGRESQL=postgresql://USER@HOST:PORT names one"
        print(f"No PostgreSQL answers ({where}): it is left out.")
        chosen.remove("postgresql")
    return chosen


def choose_threads(sites: list[Site], workers: int) -> dict[int, float]:
    """Course pages a second by threads in each worker, over all databases."""
    rates = {}
    for threads in _THREADS:
        found = []
        for site in sites:
            with _site_server(site, workers, threads) as server:
                figures = measure_page(site, server, BY_KEY["course"], Pace(2.0, 1.0))
                found.append(figures.rate)
        rates[threads] = sum(found) / len(found)
        say(f"{threads} threads: {rates[threads]:,.0f} course pages/s")
    return rates


@contextmanager
def _site_server(site: Site, workers: int, threads: int) -> Iterator[Server]:
    log = site.folder / "run" / _LOG
    with serving(SITE, site.environment, workers, threads, log) as server:
        yield server


class Measurement:
    """The servers that run side by side, and what each round found."""

    def __init__(self, sites: list[Site], pages: list[Page], pace: Pace) -> None:
        self.sites = sites
        self.pages = pages
        self.pace = pace
        self.servers: dict[str, Server] = {}
        self.floors: dict[tuple[str, str], list[Figures]] = {
            (page.key, floor): [] for page in pages for floor in FLOORS
        }
        self.found: dict[tuple[str, str], list[Figures]] = {
            (page.key, site.database): [] for page in pages for site in sites
        }

    def start(self, stack: ExitStack, folder: Path, workers: int, threads: int) -> None:
        """Start every server; they end with ``stack``."""
        for site in self.sites:
            server = stack.enter_context(_site_server(site, workers, threads))
            self.servers[site.database] = server
        log = folder / _LOG
        constant = serving(CONSTANT, {}, workers, threads, log)
        self.servers["constant"] = stack.enter_context(constant)

    def round(self) -> None:
        """Each page once on each database and on each floor, one after the other."""
        for page in self.pages:
            size = 0
            for site in self.sites:
                server = self.servers[site.database]
                figures = measure_page(site, server, page, self.pace)
                self.found[page.key, site.database].append(figures)
                size = figures.size
                say(f"  {page.title}, {NAMES[site.database]}: {figures.rate:,.0f}/s")
            server = self.servers["constant"]
            for floor in FLOORS:
                figures = measure_floor(self.sites[0], server, page, self.pace, floor, size)
                self.floors[page.key, floor].append(figures)

    def report(self, workers: int, threads: int, tried: dict[int, float], rounds: int) -> Report:
        """What all rounds found."""
        rows = [
            Row(
                page, site.database, median_of(self.found[page.key, site.database]),
                {floor: median_of(self.floors[page.key, floor]) for floor in FLOORS},
                site.facts["queries"][page.key],
            )
            for page in self.pages
            for site in self.sites
        ]  # fmt: skip
        raw = {
            f"{key} {database}": [asdict(figures) for figures in found]
            for (key, database), found in self.found.items()
        }
        for (key, floor), floors in self.floors.items():
            raw[f"{key} constant {floor}"] = [asdict(figures) for figures in floors]
        return Report(
            rows=rows,
            machine=describe([it.facts for it in self.sites], workers, threads, self._data()),
            memory={it.database: workers_memory(self.servers[it.database]) for it in self.sites},
            threads=tried,
            how=f"Median of {rounds} rounds of {self.pace.seconds:g} s, 8 connections "
            "(sign-in: 2) of a closed-loop client on the same cores.",
            ratios=self._ratios(),
            raw=raw,
        )

    def _data(self) -> str:
        facts = self.sites[0].facts
        return (
            f"{facts['learners']:,} learners in a course of {facts['activities']} activities, "
            f"{facts['completions']:,} completions, 12 courses in the catalogue"
        )

    def _ratios(self) -> dict[str, float]:
        """What is measured one right after the other is compared: a machine's speed wanders."""
        if len(self.sites) != 2:
            return {}
        found = {}
        for page in self.pages:
            one, other = (self.found[page.key, site.database] for site in self.sites)
            pairs = zip(one, other, strict=True)
            ratio = median(max(a.rate, 0.001) / max(b.rate, 0.001) for a, b in pairs)
            found[page.title] = max(ratio, 1 / ratio)
        return found


def main() -> int:
    """Build, measure, report; 1 when an answer was wrong."""
    options = read_options()
    databases = choose_databases(options.database)
    pages = [page for page in PAGES if not options.only or page.key in options.only]
    if not databases:
        return 1
    with tempfile.TemporaryDirectory(prefix="preau-bench-") as name, ExitStack() as stack:
        folder = Path(name)
        sites = []
        for database in databases:
            say(f"Making a site of {options.learners:,} learners on {NAMES[database]} …")
            filler = ("benchmarks.site", options.learners)
            made = filled_site(database, folder / database, filler)
            sites.append(stack.enter_context(made))
        threads, tried = options.threads or _USUAL_THREADS, {}
        if not options.threads and not options.only:
            tried = choose_threads(sites, options.workers)
            threads = max(tried, key=lambda count: tried[count])
        pace = Pace(options.seconds, min(1.0, options.seconds))
        measurement = Measurement(sites, pages, pace)
        measurement.start(stack, folder, options.workers, threads)
        for number in range(1, options.rounds + 1):
            say(f"Round {number} of {options.rounds}")
            measurement.round()
        report = measurement.report(options.workers, threads, tried, options.rounds)
    print(f"\n{report.text()}")
    if len(pages) == len(PAGES) and not options.database:
        print(f"\nWritten to {report.write()}")
    return 1 if any(row.figures.errors for row in report.rows) else 0


if __name__ == "__main__":
    raise SystemExit(main())

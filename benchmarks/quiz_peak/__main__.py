"""``python -m benchmarks.quiz_peak``: a thousand learners begin the same quiz within seconds.

On SQLite and on PostgreSQL, served by the project's own web server; afterwards the database is
compared with what every learner was told.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.databases import Site, ask_in_site, filled_site, postgresql_answers
from benchmarks.machine import describe
from benchmarks.quiz_peak.course import ANSWERS, MINUTES
from benchmarks.quiz_peak.figures import Outcome, outcome_of
from benchmarks.quiz_peak.meter import Meter
from benchmarks.quiz_peak.report import Report
from benchmarks.report import NAMES
from benchmarks.server import ROOT, SITE, Server, serving

_DATABASE = "preau_quiz_peak"
_EARLIER = 20  # learners who take the quiz before: no process is new to it in an examination
_SEED = 20260601
_LOG = "server.log"
_TOLD = ("attempt", "acknowledged", "under_way")


def read_options(arguments: list[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.quiz_peak",
        description="Measure a synchronised start. A quick look: --learners 100 --arrival 3 "
        "--database sqlite",
    )
    parser.add_argument("--database", choices=[*sorted(NAMES), "both"], default="both")
    parser.add_argument("--learners", type=int, default=1000)
    parser.add_argument("--arrival", type=float, default=10.0, help="seconds in which all come")
    parser.add_argument("--answers", type=int, default=10, help="that each learner gives")
    parser.add_argument("--think", type=float, default=3.0, help="mean seconds before an answer")
    parser.add_argument("--per-page", type=int, default=0, help="questions; 0: all on one page")
    parser.add_argument("--timeout", type=float, default=30.0, help="seconds for an answer")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--threads", type=int, default=2, help="in each worker")
    return parser.parse_args(arguments)


def choose_databases(wanted: str) -> list[str]:
    """The databases to measure; says in one line which one is missing."""
    chosen = ["sqlite", "postgresql"] if wanted == "both" else [wanted]
    if "postgresql" in chosen and not postgresql_answers():
        where = "PREAU_BENCH_POSTGRESQL=postgresql://USER@HOST:PORT names one"
        print(f"No PostgreSQL answers ({where}): it is left out.")
        chosen.remove("postgresql")
    return chosen


def drive(site: Site, server: Server, options: argparse.Namespace) -> tuple[dict[str, Any], Meter]:
    """Let the learners come; what the driver saw, and what it took."""
    sessions = [it["session"] for it in site.facts["learners"]]
    result = site.folder / "run" / "seen.json"
    plan = {
        "port": server.port, "sessions": sessions[_EARLIER:], "before": sessions[:_EARLIER],
        "arrival": options.arrival, "answers": options.answers, "think": options.think,
        "timeout": options.timeout, "seed": _SEED, "result": str(result),
    }  # fmt: skip
    meter = Meter(site, server)
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.quiz_peak.driver"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as driver:
        assert driver.stdin is not None
        assert driver.stdout is not None
        driver.stdin.write(json.dumps(plan))
        driver.stdin.close()
        for line in driver.stdout:
            if line.strip() == "start":
                meter.start()
            elif line.strip() == "stop":
                meter.stop()
    if driver.returncode:
        raise SystemExit("The driver failed; its reason is above.")
    found: dict[str, Any] = json.loads(result.read_text())
    return found, meter


def verify(site: Site, found: dict[str, Any]) -> dict[str, Any]:
    """Compare the database with what the learners were told."""
    told = site.folder / "run" / "told.json"
    rows = [
        {"enrolment": who["enrolment"], **{name: it[name] for name in _TOLD}}
        for who, it in zip(site.facts["learners"][_EARLIER:], found["seen"], strict=True)
    ]
    told.write_text(json.dumps(rows))
    return ask_in_site(site.folder, "benchmarks.quiz_peak.verify", str(told))


def measure(
    database: str, folder: Path, options: argparse.Namespace
) -> tuple[Outcome, dict[str, Any]]:
    """A run on a new site; and what is known of the site."""
    print(f"Making a site of {options.learners:,} learners on {NAMES[database]} …", flush=True)
    filler = ("benchmarks.quiz_peak.site", options.learners + _EARLIER, options.per_page)
    with filled_site(database, folder, filler, _DATABASE) as site:
        log = site.folder / "run" / _LOG
        with serving(SITE, site.environment, options.workers, options.threads, log) as server:
            print(f"They come within {options.arrival:g} s …", flush=True)
            found, meter = drive(site, server, options)
        if errors := _errors_in(log):
            print(f"The server's log ends with:\n{errors}")
        return outcome_of(database, found, verify(site, found), meter), site.facts


def _errors_in(log: Path) -> str:
    text = log.read_text(errors="replace")
    return text[-3000:] if "Traceback" in text else ""


def report_of(
    outcomes: list[Outcome], facts: list[dict[str, Any]], options: argparse.Namespace
) -> Report:
    """The report of all runs."""
    layout = f"{options.per_page} on a page" if options.per_page else "all on one page"
    data = f"a quiz of {len(ANSWERS)} questions, {layout}, {MINUTES} minutes, marked at the end"
    how = (
        f"{options.learners:,} learners open the quiz within {options.arrival:g} s, each at a "
        f"moment of their own whatever the server does; each gives {options.answers} answers, "
        f"{options.think:g} s apart in the mean, and hands in."
    )
    machine = describe(facts, options.workers, options.threads, data)
    return Report(outcomes, machine, how, options.answers * options.think)


def main() -> int:
    """Build, run, verify, report; 1 when anything failed."""
    options = read_options()
    outcomes, facts = [], []
    databases = choose_databases(options.database)
    if not databases:
        return 1
    with tempfile.TemporaryDirectory(prefix="preau-quiz-peak-") as name:
        for database in databases:
            outcome, known = measure(database, Path(name) / database, options)
            outcomes.append(outcome)
            facts.append(known)
        report = report_of(outcomes, facts, options)
    print(f"\n{report.text()}")
    whole = read_options([])
    same = ("learners", "arrival", "answers", "think", "per_page")
    if len(outcomes) == len(NAMES) and all(
        getattr(options, it) == getattr(whole, it) for it in same
    ):
        print(f"\nWritten to {report.write()}")
    return 1 if any(it.failures for it in outcomes) else 0


if __name__ == "__main__":
    raise SystemExit(main())

"""The results as a table in the terminal, as Markdown and as JSON."""

import json
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.measure import Figures
from benchmarks.scenarios import DATABASES_WITHIN, P99_MS, WORKER_MB, Page

RESULTS = Path(__file__).parent / "results"
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
_HEAD = (
    "Page", "Database", "pages/s", "p50 ms", "p95 ms", "p99 ms", "CPU ms", "db CPU ms",
    "queries", "kB", "bare/s", "of it", "view/s", "of it", "target",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A page on a database, beside the constant pages of its size (``FLOORS``)."""

    page: Page
    database: str
    figures: Figures
    floors: dict[str, Figures]
    queries: int

    def share(self, floor: str) -> float:
        """The page's rate in per cent of that constant page's."""
        return 100 * self.figures.rate / max(self.floors[floor].rate, 0.001)

    def verdict(self) -> str:
        """What was asked of the page and is missed, or that all is met."""
        page, missed = self.page, []
        if page.rate and self.figures.rate < page.rate:
            missed.append(f"< {page.rate:.0f}/s")
        if page.share and self.share("view") < page.share:
            missed.append(f"< {page.share:.0f} % of the view")
        if page.connections == 8 and self.figures.p99 >= P99_MS:
            missed.append(f"p99 >= {P99_MS:.0f} ms")
        if self.figures.errors:
            missed.append(f"{sum(self.figures.errors.values())} errors")
        if missed:
            return "missed: " + ", ".join(missed)
        return "met" if page.rate else "-"

    def cells(self) -> list[str]:
        """The row as texts."""
        found = self.figures
        database_cpu = f"{found.database_cpu:.2f}" if found.database_cpu else "-"
        return [
            self.page.title, NAMES[self.database], f"{found.rate:,.0f}", f"{found.p50:.1f}",
            f"{found.p95:.1f}", f"{found.p99:.1f}", f"{found.server_cpu:.2f}", database_cpu,
            str(self.queries), f"{found.size / 1000:.1f}", *self._beside(), self.verdict(),
        ]  # fmt: skip

    def _beside(self) -> list[str]:
        return [
            cell
            for floor, figures in self.floors.items()
            for cell in (f"{figures.rate:,.0f}", f"{self.share(floor):.0f} %")
        ]


@dataclass
class Report:
    """All rows, and what they were measured on."""

    rows: list[Row]
    machine: dict[str, str]
    memory: dict[str, dict[str, float]]  # MB by database
    threads: dict[int, float]  # course pages a second by number of threads, where tried
    how: str
    ratios: dict[str, float]  # of the faster database's rate to the slower's, by page
    raw: dict[str, Any] = field(default_factory=dict)

    def text(self) -> str:
        """For the terminal."""
        table = [list(_HEAD), *(row.cells() for row in self.rows)]
        widths = [max(len(line[column]) for line in table) for column in range(len(_HEAD))]
        left = {0, 1, len(_HEAD) - 1}
        lines = [
            "  ".join(
                cell.ljust(width) if column in left else cell.rjust(width)
                for column, (cell, width) in enumerate(zip(line, widths, strict=True))
            ).rstrip()
            for line in table
        ]
        lines.insert(1, "-" * max(map(len, lines)))
        return "\n".join([*lines, "", *self._notes()])

    def markdown(self) -> str:
        """For benchmarks/results/pages.md."""
        lines = [
            "# Pages", "", f"Measured {today()} by `python -m benchmarks.pages`. {self.how}", "",
            "| " + " | ".join(_HEAD) + " |",
            "|---|---" + "|--:" * (len(_HEAD) - 3) + "|---|",
            *("| " + " | ".join(row.cells()) + " |" for row in self.rows), "",
            *(f"- {note}" for note in self._notes()), "",
            "| | |", "|---|---|",
            *(f"| {name} | {value} |" for name, value in self.machine.items()), "",
        ]  # fmt: skip
        return "\n".join(lines)

    def _notes(self) -> list[str]:
        notes = []
        for database, used in self.memory.items():
            verdict = "met" if used["rss"] <= WORKER_MB else "missed"
            notes.append(
                f"Memory of a worker on {NAMES[database]}: {used['rss']:.0f} MB RSS, "
                f"{used['pss']:.0f} MB PSS (at most {WORKER_MB:.0f}: {verdict})."
            )
        if self.threads:
            tried = ", ".join(f"{count}: {rate:,.0f}/s" for count, rate in self.threads.items())
            notes.append(f"Course page by threads in each worker: {tried}.")
        others = [row.figures.others for row in self.rows]
        notes.append(
            f"Other processes took {min(others):.0f} to {max(others):.0f} % of the machine."
        )
        if apart := self._apart():
            notes.append(apart)
        for row in self.rows:
            notes += [
                f"{row.page.title}, {NAMES[row.database]}: {count} x {what}"
                for what, count in row.figures.errors.items()
            ]
        return notes

    def _apart(self) -> str:
        """How far the two databases are from each other, page by page."""
        if not self.ratios:
            return ""
        title, worst = max(self.ratios.items(), key=lambda item: item[1])
        verdict = "met" if worst <= DATABASES_WITHIN else "missed"
        each = ", ".join(f"{name} {ratio:.2f}" for name, ratio in self.ratios.items())
        return (
            f"The faster database over the slower, median of the rounds: {each}; "
            f"at most {worst:.2f} on {title} (within {DATABASES_WITHIN}: {verdict})."
        )

    def write(self) -> Path:
        """Write both files; where the table is."""
        RESULTS.mkdir(exist_ok=True)
        found = {
            "measured": today(), "how": self.how, "machine": self.machine,
            "memory_mb": self.memory, "threads": self.threads, "ratios": self.ratios,
            "pages": [
                asdict(row) | {"shares": {floor: row.share(floor) for floor in row.floors}}
                for row in self.rows
            ],
            "rounds": self.raw,
        }  # fmt: skip
        text = json.dumps(found, indent=1, ensure_ascii=False)
        (RESULTS / f"pages-{today()}.json").write_text(text + "\n", encoding="utf-8")
        path = RESULTS / "pages.md"
        path.write_text(self.markdown(), encoding="utf-8")
        return path


def today() -> str:
    """The date of a measurement, in UTC."""
    return datetime.now(UTC).date().isoformat()

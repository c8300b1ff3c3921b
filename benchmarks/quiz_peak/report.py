"""The results in the terminal and as Markdown."""

from dataclasses import dataclass
from pathlib import Path

from benchmarks.quiz_peak.figures import KINDS, Outcome, Times
from benchmarks.report import NAMES, RESULTS, today

_HEAD = ("Request", "Database", "count", "median ms", "p95 ms", "p99 ms", "longest ms")
_BAR = 50  # characters of the longest
_SHOWN = 20  # different failures


@dataclass(frozen=True)
class Report:
    """All runs, and what they were measured on."""

    outcomes: list[Outcome]
    machine: dict[str, str]
    how: str
    thinking: float  # seconds that a learner spends on it, without what the site takes

    def text(self) -> str:
        """For the terminal."""
        lines = [self.how, "", *_aligned([list(_HEAD), *self._rows()], 2), ""]
        facts = self._facts()
        lines += _aligned([["", *(NAMES[it.database] for it in self.outcomes)], *facts], 1)
        for outcome in self.outcomes:
            lines += ["", f"Answers by time, {NAMES[outcome.database]}", *_bars(outcome)]
        return "\n".join([*lines, "", self.explanation(), "", *self.verdicts()])

    def markdown(self) -> str:
        """For benchmarks/results/quiz_peak.md."""
        names = [NAMES[it.database] for it in self.outcomes]
        lines = [
            "# A synchronised start", "",
            f"Measured {today()} by `python -m benchmarks.quiz_peak`. {self.how}", "",
            f"| {' | '.join(_HEAD)} |", "|---|---" + "|--:" * (len(_HEAD) - 2) + "|",
            *(f"| {' | '.join(row)} |" for row in self._rows()), "",
            f"| | {' | '.join(names)} |", "|---" + "|--:" * len(names) + "|",
            *(f"| {' | '.join(row)} |" for row in self._facts()), "",
            self.explanation(), "",
            f"| Answers by time | {' | '.join(names)} |", "|---" + "|--:" * len(names) + "|",
            *(f"| {' | '.join(row)} |" for row in self._histogram()), "",
            *(f"- {line}" for line in self.verdicts()), "",
            "| | |", "|---|---|",
            *(f"| {name} | {value} |" for name, value in self.machine.items()), "",
        ]  # fmt: skip
        return "\n".join(lines)

    def write(self) -> Path:
        """Write the Markdown; where it is."""
        path = RESULTS / "quiz_peak.md"
        path.write_text(self.markdown(), encoding="utf-8")
        return path

    def explanation(self) -> str:
        """What the figures about cores and learners say."""
        return (
            "Learners per core: how many learners who think for "
            f"{self.thinking:g} s over the quiz one core carries at a time in the mean, if they "
            "come evenly; the time that they think over the processor time that server and "
            "database spend on each. A slow site does not raise it, and a start of all at once "
            "needs more: compare the busiest ten seconds."
        )

    def verdicts(self) -> list[str]:
        """Every kind of failure, or that there is none."""
        lines = []
        for it in self.outcomes:
            name = NAMES[it.database]
            if not it.failures:
                lines.append(
                    f"{name}: {it.handed_in:,} attempts handed in, {it.acknowledged:,} answers "
                    f"acknowledged, the {it.compared:,} that stood in the end are in the database "
                    "as sent; nobody lost time, nothing failed."
                )
            ordered = sorted(it.failures.items(), key=lambda item: -item[1])
            lines += [f"{name}: FAILED {count} x {what}" for what, count in ordered[:_SHOWN]]
            if len(ordered) > _SHOWN:
                lines.append(f"{name}: FAILED in {len(ordered) - _SHOWN} more ways")
        return lines

    def _rows(self) -> list[list[str]]:
        return [
            [title, NAMES[it.database], *_cells(it.times[kind])]
            for kind, title in KINDS.items()
            for it in self.outcomes
            if kind in it.times
        ]

    def _facts(self) -> list[list[str]]:
        shown = [self._facts_of(it) for it in self.outcomes]
        return [[name, *(facts[name] for facts in shown)] for name in shown[0]]

    def _facts_of(self, it: Outcome) -> dict[str, str]:
        thinking = 1000 * self.thinking / max(it.per_learner, 0.001)
        return {
            "Let wait before the attempt": _waits(it.waits),
            "From arrival to the questions": _span(it.until_questions),
            "From arrival to the review": _span(it.whole),
            "First arrival to last review": f"{it.seconds:.1f} s",
            "Requests a second": f"{it.requests / it.seconds:,.0f}",
            "… in the busiest second": f"{it.busiest_second:,}",
            "Processor time of the server": f"{it.server:.1f} s",
            "… of the database server": _seconds(it.database_server),
            "… of both for each learner": f"{it.per_learner:.0f} ms",
            "… of both in the busiest ten seconds": f"{it.busiest_cores:.2f} cores",
            "Learners per core": f"{thinking:,.0f}",
            "Processor time of the driver": f"{it.driver:.1f} s "
            f"({it.driver / it.seconds:.2f} cores)",
            "The driver late for an arrival by at most": f"{1000 * it.late:.0f} ms",
            "Other processes took of the machine": f"{it.others:.0f} %",
            "Memory of a worker at its peak": f"{it.peak_mb:.0f} MB RSS",
            "Connections": f"{it.connections:,}",
        }

    def _histogram(self) -> list[list[str]]:
        shown = [dict(it.histogram) for it in self.outcomes]
        rows = [[name, *(f"{counts[name]:,}" for counts in shown)] for name in shown[0]]
        return [row for row in rows if any(cell != "0" for cell in row[1:])]


def _cells(times: Times) -> list[str]:
    parts = (times.median, times.p95, times.p99, times.longest)
    return [f"{times.count:,}", *(f"{ms:,.1f}" if ms < 100 else f"{ms:,.0f}" for ms in parts)]


def _waits(times: Times) -> str:
    return f"{times.count:,}: {_span(times)}" if times.count else "none"


def _span(times: Times) -> str:
    median, p95, longest = (ms / 1000 for ms in (times.median, times.p95, times.longest))
    return f"median {median:.1f} s, p95 {p95:.1f} s, longest {longest:.1f} s"


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds else "-"


def _bars(outcome: Outcome) -> list[str]:
    most = max((count for _name, count in outcome.histogram), default=0) or 1
    return [
        f"{name:>14} {count:>7,} {'#' * round(_BAR * count / most)}".rstrip()
        for name, count in outcome.histogram
    ]


def _aligned(table: list[list[str]], left: int) -> list[str]:
    """The table with its first ``left`` columns to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = [
        "  ".join(
            cell.ljust(width) if column < left else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in table
    ]
    lines.insert(1, "-" * max(map(len, lines)))
    return lines

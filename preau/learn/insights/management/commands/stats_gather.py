"""``stats_gather``: bring the statistics up to date with what was recorded."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from preau.learn.insights.gathering.now import gathering, yesterday


class Command(BaseCommand):
    """A line for each period that is done, and what is left."""

    help = "Count what was recorded, by day, week and month."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How much of it."""
        parser.add_argument("--max-days", type=int, metavar="N")
        parser.add_argument("--until", type=date.fromisoformat, metavar="DAY")

    def handle(self, *args: object, **options: Any) -> None:
        """Compact, gather, say what is left."""
        it = gathering(options["until"] or yesterday())
        for report in it.compact():
            if report.added or report.bad:
                bad = f", {report.bad:,} lines set aside" if report.bad else ""
                self._say(f"{report.day} compacted: {report.added:,} new events{bad}.")
        days = 0
        for done in it.run(options["max_days"]):
            days += done.period == "day"
            self._say(f"{done.name}: {done.events:,} events, {done.people:,} people.")
        left = len(it.days_left())
        for path in it.set_aside:
            self.stderr.write(f"Set aside, for it can't be read: {path}")
        more = f", continues next time: {left:,} left" if left else "; nothing is left"
        self._say(f"{days:,} {'day' if days == 1 else 'days'} done{more}.")

    def _say(self, line: str) -> None:
        """At once, also into a pipe: who waits wants to see how far it is."""
        self.stdout.write(line)
        self.stdout.flush()

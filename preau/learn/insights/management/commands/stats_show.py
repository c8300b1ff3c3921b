"""``stats_show``: the roll-ups of a run, or of the site, a row for each day and role."""

import csv
import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from preau.learn.courses.runs import run_named
from preau.learn.insights.models import Period
from preau.learn.insights.queries import by_role

COLUMNS = ("day", "role", "views", "actions", "sign_ins", "people")


class Command(BaseCommand):
    """Prints a table, CSV or JSON."""

    help = "Show how much was done, by day and role."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Of what, from when until when, and how."""
        parser.add_argument("--run", metavar="KEY", default="")
        parser.add_argument("--since", type=date.fromisoformat, metavar="DAY", default=date.min)
        parser.add_argument("--until", type=date.fromisoformat, metavar="DAY", default=date.max)
        parser.add_argument("--format", choices=("table", "csv", "json"), default="table")

    def handle(self, *args: object, **options: Any) -> None:
        """Read and print."""
        run = run_named(options["run"]).pk if options["run"] else 0
        found = by_role(run, Period.DAY, options["since"], options["until"])
        rows = [
            [it.start.isoformat(), it.role, it.views, it.actions, it.sign_ins, it.people]
            for it in found
        ]
        if options["format"] == "json":
            as_objects = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
            self.stdout.write(json.dumps(as_objects, indent=1))
        elif options["format"] == "csv":
            csv.writer(self.stdout, lineterminator="\n").writerows([COLUMNS, *rows])
        else:
            self._table(rows)

    def _table(self, rows: list[list[Any]]) -> None:
        shown = [list(COLUMNS), *([*row[:2], *(f"{it:,}" for it in row[2:])] for row in rows)]
        widths = [max(map(len, column)) for column in zip(*shown, strict=True)]
        for row in shown:
            cells = [
                cell.ljust(width) if place < 2 else cell.rjust(width)
                for place, (cell, width) in enumerate(zip(row, widths, strict=True))
            ]
            self.stdout.write("  ".join(cells).rstrip())

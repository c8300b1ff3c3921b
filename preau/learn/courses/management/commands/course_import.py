"""``course_import DIR``: take a course folder into the site."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from preau.learn.courses.folder import read_course
from preau.learn.courses.folder.archive import unpacked
from preau.learn.courses.imports import ImportReport, import_course

LOST = 3  # exit code when something of the folder was left out

_SIGNS = {
    "added": ("+", "SUCCESS"), "restored": ("+", "SUCCESS"), "changed": ("~", "WARNING"),
    "removed": ("-", "ERROR"), "hidden": ("-", "ERROR"), "retired": ("-", "ERROR"),
}  # fmt: skip


class Command(BaseCommand):
    """Shows what changes, item by item, and does it in one transaction."""

    help = "Take a course folder (or a .zip of one) into the site."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder, and whether to only look."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="show what would change")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args: object, **options: Any) -> None:
        """Read, import, report."""
        dry_run, as_json = options["dry_run"], options["as_json"]
        with unpacked(options["folder"]) as folder:
            document, unused = read_course(folder)
            show = (lambda _report: None) if as_json else self._show
            report = import_course(document, folder, dry_run=dry_run, show=show)
        report.unused = unused
        if as_json:
            self.stdout.write(json.dumps({**report.as_json(), "dry_run": dry_run}))
        else:
            self._sum_up(report, dry_run=dry_run)
        if unused:
            raise SystemExit(LOST)

    def _show(self, report: ImportReport) -> None:
        """What will change; called before it does for good."""
        for change in report.changes:
            sign, style = _SIGNS[change.what]
            paint = getattr(self.style, style)
            detail = f"  ({change.detail})" if change.detail else ""
            self.stdout.write(paint(f"  {sign} {change.noun:<9} {change.key}{detail}"))

    def _sum_up(self, report: ImportReport, *, dry_run: bool) -> None:
        verb = "would change" if dry_run else "changed"
        if report.changes:
            count = len(report.changes)
            self.stdout.write(f"{report.course}: {count} {verb}, {report.unchanged} unchanged.")
        else:
            self.stdout.write(f"{report.course}: nothing to change, {report.unchanged} unchanged.")
        for loss in report.losses:
            self.stdout.write(self.style.WARNING(f"Lost, as accepted: {loss}"))
        for name in report.unused:
            self.stderr.write(
                f"Left out: {name} (nothing in the course refers to it; refer to it, "
                "move it to source/, or remove it)"
            )

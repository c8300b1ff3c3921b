"""``questions_import RUN FILE``: take the questions of a file into a course's bank."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from preau.kit.questions.fidelity import lines_of
from preau.kit.questions.reading import AUTO, read_questions
from preau.learn.courses.runs import run_named
from preau.learn.quizzes.bank import Change, import_questions, keep_report
from preau.learn.quizzes.building import plan_again

LOST = 3  # exit code when something of a question did not come along
_SIGNS = {"added": "+", "changed": "~", "unchanged": "="}


class Command(BaseCommand):
    """Says what becomes of each question, and does it in one transaction."""

    help = "Take the questions of a file into the bank of a run's course."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which course, which file, and whether to only look."""
        parser.add_argument("run")
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", default=AUTO)
        parser.add_argument("--dry-run", action="store_true", help="show what would change")

    def handle(self, *args: object, **options: Any) -> None:
        """Read, import, report."""
        course = run_named(options["run"]).course
        report = read_questions(options["file"], options["format"])
        for line in lines_of(report):
            self.stdout.write(line)
        dry_run = options["dry_run"]
        changes = import_questions(course, report.questions, dry_run=dry_run, show=self._show)
        if not dry_run:
            keep_report(course, str(options["file"]), report)
            plan_again(course)
        done = sum(change.what != "unchanged" for change in changes)
        verb = "would change" if dry_run else "changed"
        self.stdout.write(f"{course.key}: {done} {verb}, {len(changes) - done} unchanged.")
        if report.lost:
            raise SystemExit(LOST)

    def _show(self, changes: list[Change]) -> None:
        for it in changes:
            self.stdout.write(f"  {_SIGNS[it.what]} {it.name}: {it.type}, version {it.version}")

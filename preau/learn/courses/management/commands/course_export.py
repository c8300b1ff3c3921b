"""``course_export RUN DIR``: write a run's course as a folder."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from preau.learn.courses.folder import write_course
from preau.learn.courses.imports import stored_course
from preau.learn.courses.runs import run_named
from preau.learn.courses.storage import content_path


class Command(BaseCommand):
    """Writes the course that the run follows, with all its runs and files."""

    help = "Write the course of a run into a new folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which run, and where to."""
        parser.add_argument("run")
        parser.add_argument("folder", type=Path)

    def handle(self, *args: object, **options: Any) -> None:
        """Read from the database, write to disk."""
        run = run_named(options["run"])
        document = stored_course(run.course)
        write_course(document, options["folder"], content_path)
        self.stdout.write(f"{run.course.key} written to {options['folder']}.")

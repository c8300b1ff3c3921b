"""``questions_export RUN FILE --format F``: write a course's bank as a file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from preau.kit.errors import PreauError
from preau.kit.questions.fidelity import lines_of
from preau.kit.questions.formats import FORMATS
from preau.kit.questions.reading import write_questions
from preau.learn.courses.runs import run_named
from preau.learn.quizzes.bank import bank_of

LOST = 3  # exit code when the format cannot carry everything


class Command(BaseCommand):
    """Writes every question as it is asked now, and says what the format cannot carry."""

    help = "Write the question bank of a run's course into a new file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which course, and where to."""
        parser.add_argument("run")
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=list(FORMATS), required=True)

    def handle(self, *args: object, **options: Any) -> None:
        """Read from the database, write to disk."""
        course = run_named(options["run"]).course
        data, report = write_questions(list(bank_of(course)), options["format"])
        file: Path = options["file"]
        try:
            with file.open("xb") as writing:
                writing.write(data)
        except FileExistsError:
            raise PreauError(f"{file} is there already; name a new file.") from None
        except OSError as error:
            raise PreauError(f"{file} can't be written: {error.strerror}.") from error
        for line in lines_of(report):
            self.stdout.write(line)
        if report.lost:
            raise SystemExit(LOST)

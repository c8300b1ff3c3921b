"""``person_export ADDRESS FILE``: what is kept of a person, for them."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from preau.kit.errors import PreauError
from preau.learn.accounts.models import Person
from preau.learn.events.export import write_new
from preau.learn.leaving.exporting import write_archive


class Command(BaseCommand):
    """Writes one new file."""

    help = "Write what is kept of a person into a new .zip."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, and where to."""
        parser.add_argument("address")
        parser.add_argument("file", type=Path)

    def handle(self, *args: object, **options: Any) -> None:
        """Find them, write, say how many files."""
        address = options["address"].strip().lower()
        person = Person.objects.filter(email=address).first()
        if person is None:
            raise PreauError(f"Nobody has an account with the address {address}.")
        target: Path = options["file"]
        count = write_new(target, lambda made: write_archive(person, made))
        target.chmod(0o600)
        self.stdout.write(f"{count} files of {address} written to {target}.")

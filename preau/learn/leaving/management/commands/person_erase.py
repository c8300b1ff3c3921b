"""``person_erase ADDRESS``: everything of a person goes; the report says what, and what stays."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import override

from preau.kit.errors import PreauError
from preau.learn.accounts.models import Person
from preau.learn.leaving.erasing import begin, carry_out, preview, under_way
from preau.learn.leaving.report import as_data, as_text


class Command(BaseCommand):
    """Goes on where it stopped, whatever ended it, also once the account is gone."""

    help = "Erase a person, with a report that proves it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, and whether to only look."""
        parser.add_argument("address")
        parser.add_argument("--dry-run", action="store_true", help="only say what would go")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args: object, **options: Any) -> None:
        """Find them, or the erasure that is under way; do it; report."""
        address, dry_run = options["address"].strip().lower(), options["dry_run"]
        person = Person.objects.filter(email=address).first()
        begun = under_way(address)
        if person is None and begun is None:
            raise PreauError(f"Nobody has an account with the address {address}.")
        if dry_run:
            if person is None:
                raise PreauError(f"The erasure of {address} is under way; run it to its end.")
            found = preview(person)
        else:
            begun = begin(person, "operator") if person is not None else begun
            assert begun is not None  # noqa: S101  (looked for above)
            found = carry_out(begun.reference)
        with override("en"):  # as all commands speak
            if options["as_json"]:
                self.stdout.write(json.dumps({**as_data(found), "dry_run": dry_run}, indent=1))
            else:
                self.stdout.write(as_text(found, dry_run), ending="")

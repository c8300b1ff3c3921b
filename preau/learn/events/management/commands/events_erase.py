"""``events_erase PERSON``: take a person out of the record."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from preau.learn.events.erasure import erase
from preau.learn.events.folder import EventsFolder


class Command(BaseCommand):
    """Says what was done, as JSON: the proof for whom it concerns."""

    help = "Take a person out of the record of events."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who."""
        parser.add_argument("person", type=int, help="the person's id")

    def handle(self, *args: object, **options: Any) -> None:
        """Erase, count again, report."""
        report = asdict(erase(EventsFolder(settings.EVENTS_FOLDER), options["person"]))
        report["days"] = [day.isoformat() for day in report["days"]]
        self.stdout.write(json.dumps(report, indent=1))

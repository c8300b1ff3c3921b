"""What the commands that write the events of some days into a file have in common."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand


class DaysCommand(BaseCommand):
    """Takes a new file, and the first and the last day (UTC)."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which days, and where to."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--since", type=date.fromisoformat, default=date.min)
        parser.add_argument("--until", type=date.fromisoformat, default=date.max)

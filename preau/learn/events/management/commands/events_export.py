"""``events_export FILE``: the record of some days as a file."""

from typing import Any

from django.conf import settings

from preau.learn.events.days_command import DaysCommand
from preau.learn.events.export import export_parquet
from preau.learn.events.folder import EventsFolder


class Command(DaysCommand):
    """Compacts what is not compacted yet, and writes one new file."""

    help = "Write the events of some days into a new file."

    def handle(self, *args: object, **options: Any) -> None:
        """Read, write, say how many."""
        folder = EventsFolder(settings.EVENTS_FOLDER)
        count = export_parquet(folder, options["since"], options["until"], options["file"])
        self.stdout.write(f"{count:,} events written to {options['file']}.")

"""``xapi_export FILE``: the events of some days as xAPI statements."""

from typing import Any

from django.conf import settings

from preau.learn.bridges.xapi.export import export_xapi
from preau.learn.events.days_command import DaysCommand
from preau.learn.events.folder import EventsFolder


class Command(DaysCommand):
    """Says how many statements there are, and how many events are nobody's."""

    help = "Write the events of some days as xAPI statements, a line each, into a new file."

    def handle(self, *args: object, **options: Any) -> None:
        """Read, check, write."""
        folder = EventsFolder(settings.EVENTS_FOLDER)
        found = export_xapi(folder, options["since"], options["until"], options["file"])
        self.stdout.write(
            f"{found.statements:,} statements written to {options['file']}; "
            f"{found.left_out:,} events of visitors have no actor and are left out."
        )

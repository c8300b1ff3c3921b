"""``xapi_forward``: send what was recorded to the record store, now."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from preau.kit.errors import PreauError
from preau.learn.bridges.xapi.tasks import forwarding


class Command(BaseCommand):
    """Says how many statements the store took, and what is wrong if it took not all."""

    help = "Send what was recorded to the learning record store of the settings."

    def handle(self, *args: object, **options: Any) -> None:
        """One try."""
        if not settings.XAPI_ENDPOINT:
            raise PreauError("There is no record store: set xapi.endpoint in preau.toml.")
        it = forwarding()
        it.run()
        if it.refused:
            self.stderr.write(
                f"{it.refused:,} statements were refused; they are in "
                f"{it.folder.aside / 'xapi-refused.jsonl'} with the reasons."
            )
        if it.away:
            raise PreauError(f"{it.sent:,} statements sent; the others wait: {it.away}.")
        self.stdout.write(f"{it.sent:,} statements sent; nothing is left.")

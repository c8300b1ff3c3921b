"""``scheduler``: enqueue what is due, until asked to stop."""

import logging
import signal
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from preau.kit.signals import SignalPipe
from preau.learn.notifications.schedule import enqueue_due

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Looks at the clock every ``--interval`` seconds; SIGTERM and SIGINT end it."""

    help = "Enqueue scheduled tasks when they are due."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How often to look, and whether to look only once."""
        parser.add_argument("--interval", type=float, default=30.0, help="seconds")
        parser.add_argument("--once", action="store_true")

    def handle(self, *args: object, **options: Any) -> None:
        """Enqueue, wait, again."""
        with SignalPipe(signal.SIGTERM, signal.SIGINT) as signals:
            while True:
                close_old_connections()
                try:
                    for key in enqueue_due(timezone.now()):
                        logger.debug("Enqueued %s.", key)
                except DatabaseError as error:
                    logger.error("The scheduler can't reach the database: %s", error)  # noqa: TRY400
                if options["once"] or signals.wait(options["interval"]):
                    return

"""A mail server to test with, and the worker that brings letters to it."""

import logging
import signal
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

_LOGGERS = ("django_tasks", "django_tasks_db")
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)


@dataclass
class MailServer:
    """What an SMTP server received, and what it answers (``250 OK`` takes the letter)."""

    answer: str = "250 OK"
    letters: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, list[str]]] = field(default_factory=list)

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.answer.startswith("250"):
            self.letters.append(message_from_bytes(envelope.content, policy=default))
            self.envelopes.append((envelope.mail_from, envelope.rcpt_tos))
        return self.answer


def work():
    """Let the task worker do all that is due, as ``preau manage db_worker --batch`` does."""
    handlers = {number: signal.getsignal(number) for number in _SIGNALS}
    levels = {name: logging.getLogger(name).level for name in _LOGGERS}
    try:
        call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=1)
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)


def queued():
    """The tasks that wait, those due first first."""
    return list(DBTaskResult.objects.filter(status="READY").order_by("run_after"))


def let_time_pass():
    """All that waits is due."""
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())

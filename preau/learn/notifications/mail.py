"""Letters leave by the task worker: a page never waits for a mail server.

A letter is kept in the database with the transaction that caused it and tried again with
growing pauses, so a mail server that is down loses none; nor does a crash or a database that is
away (see interrupted.py), but then a letter may come twice.
"""

import email
import email.policy
import logging
from collections.abc import Sequence
from datetime import timedelta
from email.message import Message

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage, MIMEMixin
from django.utils import timezone
from django_tasks import task

logger = logging.getLogger(__name__)

PAUSES = (30, 120, 600, 3600, 6 * 3600, 24 * 3600)  # seconds before each new try


class QueuedMail(BaseEmailBackend):
    """Django's way to send: puts each letter into the queue of the task worker."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue the letters; the count of those queued."""
        for message in email_messages:
            raw = message.message().as_bytes().decode("latin-1")
            deliver.enqueue(raw, message.from_email, message.recipients(), 0)
        return len(email_messages)


@task()
def deliver(raw: str, sender: str, recipients: list[str], tries: int) -> str:
    """Send one letter, given as RFC 5322 text; on failure queue it again for later."""
    try:
        connection = get_connection(settings.MAIL_TRANSPORT)
        connection.send_messages([_Ready(raw, sender, recipients)])
    except OSError as error:  # SMTPException is one
        return _later(raw, sender, recipients, tries, error)
    return "sent"


def _later(raw: str, sender: str, recipients: list[str], tries: int, error: OSError) -> str:
    if tries >= len(PAUSES):
        logger.error("A letter is given up after %d tries: %s", tries + 1, error)
        raise error
    pause = PAUSES[tries]
    logger.warning("A letter could not be sent (%s); next try in %d s.", error, pause)
    when = timezone.now() + timedelta(seconds=pause)
    deliver.using(run_after=when).enqueue(raw, sender, recipients, tries + 1)
    return "later"


class _Written(MIMEMixin, Message):  # type: ignore[misc]  # as Django does itself
    """A parsed letter that Django's transports can write out."""


class _Ready(EmailMessage):
    """A letter that is written already."""

    def __init__(self, raw: str, sender: str, recipients: list[str]) -> None:
        super().__init__(from_email=sender, to=recipients)
        self._raw = raw.encode("latin-1")

    def message(self, *, policy: object = None) -> Message:
        """The letter as it was written."""
        return email.message_from_bytes(self._raw, _class=_Written, policy=email.policy.SMTP)

"""The report goes to the person by mail: directly, for the queue would keep their address."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext as _
from django.utils.translation import override

from preau.learn.leaving.journal import GIVEN_UP, SENT, WAITING, Erasure
from preau.learn.leaving.report import as_text

logger = logging.getLogger(__name__)
_TRIES = 72  # one an hour


def send_report(erasure: Erasure) -> None:
    """Send it and note that; a mail server that is away is asked again, three days long."""
    who = erasure.who
    assert who is not None  # noqa: S101  (the caller looked)
    erasure.letter = SENT  # as the report that is sent has to say
    with override(who.language or settings.LANGUAGE_CODE):
        letter = EmailMessage(
            subject=_("%(site)s: your account is deleted") % {"site": settings.SITE_NAME},
            body=_letter(erasure),
            to=[who.addresses[0]],
            connection=get_connection(settings.MAIL_TRANSPORT),
        )
        try:
            letter.send()
        except OSError as error:  # SMTPException is one
            erasure.letter_tries += 1
            erasure.letter = WAITING if erasure.letter_tries < _TRIES else GIVEN_UP
            logger.warning(
                "The report %s can't be sent (%s).", erasure.reference, type(error).__name__
            )


def _letter(erasure: Erasure) -> str:
    hello = _(
        "Your account on %(site)s is deleted, and what was kept of you is erased. "
        "This is the report; keep it if you wish."
    ) % {"site": settings.SITE_NAME}
    return f"{hello}\n\n{as_text(erasure)}"

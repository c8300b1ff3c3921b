"""A real mail server, and the site's own way of sending."""

import pytest
from aiosmtpd.controller import Controller

from tests.journeys.site import free_port
from tests.learn.notifications.letters import MailServer

QUEUED = "preau.learn.notifications.mail.QueuedMail"
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def site_mail(settings):
    """Letters are queued as on a site, and leave by SMTP to a port where nobody listens yet."""
    settings.EMAIL_BACKEND = QUEUED  # pytest-django had put Django's outbox in its place
    settings.MAIL_TRANSPORT = SMTP
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = free_port()
    settings.EMAIL_TIMEOUT = 5
    return settings


@pytest.fixture
def mail_server(site_mail):
    """A server that takes letters where the site brings them."""
    server = MailServer()
    controller = Controller(server, hostname="127.0.0.1", port=site_mail.EMAIL_PORT)
    controller.start()
    yield server
    controller.stop()

"""What the tests of accounts share."""

from pathlib import Path

import pytest

from tests.learn.accounts.letters import Letters


@pytest.fixture
def letters(settings):
    """The site's own post: queued by the pages, delivered by the task worker into a folder."""
    settings.EMAIL_BACKEND = "preau.learn.notifications.mail.QueuedMail"
    return Letters(Path(settings.EMAIL_FILE_PATH))

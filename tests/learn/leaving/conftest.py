"""A site of its own for each test, with the small course and its quiz."""

import pytest

from tests.learn.leaving.lives import course_with_quiz


@pytest.fixture(autouse=True)
def site(settings, tmp_path):
    """The folder below which everything of the site lies, but for its database."""
    folder = tmp_path / "site"
    settings.MEDIA_ROOT = folder / "media"
    settings.EVENTS_FOLDER = folder / "events"
    settings.EMAIL_FILE_PATH = folder / "mail"
    settings.ERASURES_FOLDER = folder / "data" / "erasures"
    settings.EMAIL_BACKEND = "preau.learn.notifications.mail.QueuedMail"
    from preau.learn.events.record import recorder

    recorder.cache_clear()
    return folder


@pytest.fixture
def run(tmp_path):
    """The small course with an essay that takes files; its run that anybody may join."""
    return course_with_quiz(tmp_path / "course")

"""A site of its own for each test, the small course with a forum, and a clock that tests move."""

import pytest
from django.utils import timezone

from tests.learn.forum.talking import forum_run
from tests.learn.quizzes.conftest import Clock


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "site-media"


@pytest.fixture
def run(db, tmp_path):
    """The small course's run that anybody may join."""
    return forum_run(tmp_path / "course")


@pytest.fixture
def clock(monkeypatch) -> Clock:
    """It is Monday 11 January 2027, ten o'clock in Paris."""
    found = Clock("2027-01-11T10:00")
    monkeypatch.setattr(timezone, "now", lambda: found.now)
    return found

"""The small course on the site, and a clock that tests set."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from tests.people import small_run


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "site-media"


@pytest.fixture
def folder(tmp_path):
    """Where the small course lies before it is imported."""
    return tmp_path / "course"


@pytest.fixture
def run(db, folder):
    """The small course's run that anybody may join."""
    return small_run(folder)


Clock = Callable[..., datetime]


@pytest.fixture
def clock(monkeypatch) -> Clock:
    """Sets the site's clock: ``clock("2026-03-29T08:00")``, on the clocks of Paris."""

    def set_to(written: str, zone: str = "Europe/Paris") -> datetime:
        moment = datetime.fromisoformat(written).replace(tzinfo=ZoneInfo(zone))
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return moment

    return set_to

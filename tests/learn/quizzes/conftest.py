"""A site of its own for each test, and a clock that tests move."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from preau.learn.quizzes import masks
from preau.learn.quizzes.admission import Admission
from preau.learn.quizzes.views import attempting


@pytest.fixture(autouse=True)
def _own_site(settings, tmp_path, monkeypatch):
    """Files of its own, nobody waits for a turn, and choices stand as in their file."""
    monkeypatch.setattr(masks, "order_in", lambda count, _seed: list(range(count)))
    settings.MEDIA_ROOT = tmp_path / "site-media"
    monkeypatch.setattr(attempting, "_admission", Admission(1e6))


@pytest.fixture
def shuffling(monkeypatch):
    """Choices in an order that is not their file's, as in a real attempt."""

    def turned(count: int, seed: int) -> list[int]:
        by = 1 + seed // 1_000_000
        return [(number + by) % count for number in range(count)]

    monkeypatch.setattr(masks, "order_in", turned)


class Clock:
    """The site's clock: it stands still until a test moves it."""

    def __init__(self, written: str) -> None:
        self.now = datetime.fromisoformat(written).replace(tzinfo=ZoneInfo("Europe/Paris"))

    def later(self, **by: float) -> datetime:
        """Move on: ``clock.later(minutes=5)``."""
        self.now += timedelta(**by)
        return self.now

    def set(self, written: str) -> datetime:
        """To that moment, on the clocks of Paris."""
        self.now = datetime.fromisoformat(written).replace(tzinfo=ZoneInfo("Europe/Paris"))
        return self.now


@pytest.fixture
def clock(monkeypatch) -> Callable[..., Clock]:
    """It is Monday 11 January 2027, ten o'clock in Paris."""
    found = Clock("2027-01-11T10:00")
    monkeypatch.setattr(timezone, "now", lambda: found.now)
    return found

"""Days, weeks and months of the site's time zone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from preau.learn.insights.models import Period


@dataclass(frozen=True)
class Day:
    """A day somewhere on Earth; it has 23, 24 or 25 hours (or another number, near a pole)."""

    day: date
    zone: ZoneInfo

    @property
    def begin(self) -> int:
        """Its first moment, in milliseconds since 1970."""
        return _milliseconds(self.day, self.zone)

    @property
    def end(self) -> int:
        """The first moment of the next."""
        return _milliseconds(self.day + timedelta(days=1), self.zone)

    @property
    def utc(self) -> list[date]:
        """The days of UTC that it has a part of."""
        first = datetime.fromtimestamp(self.begin / 1000, UTC).date()
        last = datetime.fromtimestamp((self.end - 1) / 1000, UTC).date()
        return [first + timedelta(days=step) for step in range((last - first).days + 1)]

    def hour(self, elapsed: int) -> int:
        """What the clock shows so many whole hours after its beginning, 0 to 23.

        When the clock is put back an hour comes twice: both are one. One that is left out has
        nothing in it.
        """
        moment = datetime.fromtimestamp(self.begin / 1000 + elapsed * 3600, UTC)
        return moment.astimezone(self.zone).hour


def _milliseconds(day: date, zone: ZoneInfo) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp() * 1000)


def start_of(period: Period, day: date) -> date:
    """The first day of the period that a day is in."""
    if period == Period.WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if period == Period.MONTH else day


def days_of(period: Period, start: date) -> list[date]:
    """All days of a period."""
    if period == Period.DAY:
        return [start]
    if period == Period.WEEK:
        return [start + timedelta(days=step) for step in range(7)]
    following = (start + timedelta(days=32)).replace(day=1)
    return [start + timedelta(days=step) for step in range((following - start).days)]


def name_of(period: Period, start: date) -> str:
    """What people call it: 2026-10-05, 2026-W41, 2026-10."""
    if period == Period.WEEK:
        year, week, _weekday = start.isocalendar()
        return f"{year}-W{week:02d}"
    return start.isoformat() if period == Period.DAY else f"{start:%Y-%m}"

"""Gathering as this site's settings say."""

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

from preau.learn.events.folder import EventsFolder
from preau.learn.insights.gathering.gather import Gathering


def yesterday() -> date:
    """The last day that is over, by the site's clock."""
    return datetime.now(ZoneInfo(settings.TIME_ZONE)).date() - timedelta(days=1)


def gathering(until: date) -> Gathering:
    """Everything up to and with that day."""
    countries = Path(settings.STATISTICS_COUNTRIES) if settings.STATISTICS_COUNTRIES else None
    zone = ZoneInfo(settings.TIME_ZONE)
    return Gathering(EventsFolder(settings.EVENTS_FOLDER), zone, until, countries)

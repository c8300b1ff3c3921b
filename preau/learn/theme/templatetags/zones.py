"""Template tags for dates that are written in a zone of their own."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils.formats import date_format

register = template.Library()


@register.filter
def day_in(moment: datetime, zone: ZoneInfo) -> str:
    """The calendar day that this moment is in that zone, whatever clock the reader has.

    ``{{ run.starts_at|day_in:run.zone }}``
    """
    return date_format(moment.astimezone(zone), "DATE_FORMAT")

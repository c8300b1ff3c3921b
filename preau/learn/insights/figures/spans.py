"""Which periods a page shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format

from preau.learn.insights.gathering.periods import days_of, name_of
from preau.learn.insights.models import Period, Rollup

UNITS = {"day": Period.DAY, "week": Period.WEEK, "month": Period.MONTH}
_DAYS = {"day": 60, "week": 371, "month": 1830}  # that a page shows at most


@dataclass(frozen=True)
class Span:
    """Periods of one length, up to the last one that is gathered."""

    period: Period
    since: date
    until: date

    @property
    def last_day(self) -> date:
        """The last day of the last period; after it nothing is shown."""
        return days_of(self.period, self.until)[-1]

    def label(self, start: date) -> str:
        """A period as people call it."""
        if self.period == Period.DAY:
            return date_format(start, "j M")
        if self.period == Period.WEEK:
            return name_of(self.period, start)[5:]
        return date_format(start, "M Y")


def span_of(run: int, unit: str) -> Span:
    """What there is of a run (0: the site), by day, week or month."""
    period = UNITS.get(unit, Period.WEEK)
    rows = Rollup.objects.filter(run=run, activity=0, role="", period=period)
    last = rows.order_by("-start").values_list("start", flat=True).first() or date.min
    first = rows.order_by("start").values_list("start", flat=True).first() or date.min
    within = timedelta(days=_DAYS[period])
    since = max(first, last - within) if last - date.min > within else first
    return Span(period, since, last)


def starts(rows: Sequence[Rollup]) -> list[date]:
    """The periods that there are, in order."""
    return sorted({it.start for it in rows})

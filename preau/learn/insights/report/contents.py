"""What the report of a month says, for the site or for a run."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from preau.kit.errors import PreauError
from preau.learn.courses.models import Run
from preau.learn.courses.outline import outline_of
from preau.learn.courses.texts import in_language
from preau.learn.insights.figures.figure import Figure
from preau.learn.insights.figures.of_run import funnel, reach
from preau.learn.insights.figures.of_site import arrivals, runs_of_month
from preau.learn.insights.figures.spans import Span
from preau.learn.insights.figures.use import accesses, activities, countries, hours, people
from preau.learn.insights.gathering.periods import days_of, start_of
from preau.learn.insights.models import Gathered, Period, Rollup
from preau.learn.insights.queries import of_everybody


@dataclass(frozen=True)
class Fact:
    """A number of the month, and the same of the month before (None if that is not gathered)."""

    name: str
    number: int
    before: int | None

    @property
    def value(self) -> str:
        """The number as people write it."""
        return number_format(self.number, force_grouping=True)

    @property
    def change(self) -> str:
        """The number of the month before, and how much more it is by now; or nothing."""
        if self.before is None:
            return ""
        before = number_format(self.before, force_grouping=True)
        if not self.before:
            return _("%(before)s the month before") % {"before": before}
        return _("%(before)s the month before, %(share)s %%") % {
            "before": before, "share": f"{100 * (self.number - self.before) / self.before:+.0f}",
        }  # fmt: skip


@dataclass(frozen=True)
class Report:
    """A month of the site or of a run; ``note`` says up to which day it is counted."""

    title: str
    month: str
    note: str
    facts: Sequence[Fact]
    figures: Sequence[Figure]


def report_of(month: date, run: Run | None) -> Report:
    """What was gathered of a month, named by its first day."""
    number, days = run.pk if run is not None else 0, days_of(Period.MONTH, month)
    gathered = Gathered.objects.filter(period=Period.DAY, start__in=days)
    counted = gathered.order_by("-start").values_list("start", flat=True).first()
    if counted is None:
        raise PreauError(f"{month:%Y-%m} is not gathered: run preau stats gather, or take another.")
    span = Span(Period.DAY, month, days[-1])
    site = settings.SITE_NAME
    return Report(
        title=in_language(run.course.title) if run is not None else site,
        month=date_format(month, "F Y"),
        note=_("Counted up to and with %(day)s, by the site's clock.")
        % {"day": date_format(counted, "DATE_FORMAT")},
        facts=_facts(number, month),
        figures=_of_site(span) if run is None else _of_run(run, span),
    )


def _of_site(span: Span) -> list[Figure]:
    use = [accesses(0, span), activities(0, span), people(0, span)]
    where = [countries(0, span)] if settings.STATISTICS_COUNTRIES else []
    return [*use, arrivals(span), runs_of_month(span.since), hours(0, span), *where]


def _of_run(run: Run, span: Span) -> list[Figure]:
    outline = outline_of(run.course)
    use = [accesses(run.pk, span), activities(run.pk, span), people(run.pk, span)]
    return [*use, funnel(run, outline), reach(run, outline), hours(run.pk, span)]


def _facts(run: int, month: date) -> list[Fact]:
    now = _numbers(run, month)
    before = _numbers(run, start_of(Period.MONTH, month - timedelta(days=1)))
    return [
        Fact(name, value, before[name] if before is not None else None)
        for name, value in (now or {}).items()
    ]


def _numbers(run: int, month: date) -> dict[str, int] | None:
    if not Gathered.objects.filter(period=Period.MONTH, start=month).exists():
        return None
    found = Rollup.objects.filter(
        period=Period.MONTH, start=month, run=run, activity=0, role=""
    ).first()
    it = found or Rollup()
    verbs: dict[str, int] = {}
    for day in of_everybody(run, Period.DAY, month, days_of(Period.MONTH, month)[-1]):
        for verb, count in day.verbs.items():
            verbs[verb] = verbs.get(verb, 0) + count
    numbers = {
        _("Active people"): it.people,
        _("Pages opened"): it.views,
        _("Activities"): it.actions,
        _("Hours spent"): round(it.seconds / 3600),
        pgettext("number of", "Completed activities"): max(0, it.completed),
        _("Enrolments"): verbs.get("enrolled", 0),
    }
    return numbers if run else {**numbers, _("New accounts"): verbs.get("signed-up", 0)}

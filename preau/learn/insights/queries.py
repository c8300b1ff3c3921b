"""What pages and commands read: roll-ups, never events."""

from datetime import date

from preau.learn.insights.models import Period, Rollup


def by_role(run: int, period: Period, since: date, until: date) -> list[Rollup]:
    """The roll-ups of a run (0: the site) of each role, in order of time and role."""
    rows = Rollup.objects.filter(
        run=run, activity=0, period=period, start__gte=since, start__lte=until
    )
    return list(rows.exclude(role="").order_by("start", "role"))


def learners_ever(run: int) -> int:
    """How many learners came to a run since it began."""
    ever = Rollup.objects.filter(period=Period.EVER, run=run, activity=0, role="learner")
    return ever.values_list("people", flat=True).first() or 0


def of_everybody(run: int, period: Period, since: date, until: date) -> list[Rollup]:
    """The roll-ups of a run (0: the site) of all roles together, in order of time."""
    rows = Rollup.objects.filter(
        run=run, activity=0, role="", period=period, start__gte=since, start__lte=until
    )
    return list(rows.order_by("start"))

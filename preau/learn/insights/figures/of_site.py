"""The whole site."""

from datetime import date

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from preau.kit.charts import stacked_bars
from preau.learn.courses.models import Run
from preau.learn.courses.texts import in_language
from preau.learn.insights.figures.figure import Figure
from preau.learn.insights.figures.spans import Span
from preau.learn.insights.gathering.periods import start_of
from preau.learn.insights.models import Period, Rollup
from preau.learn.insights.queries import of_everybody


def arrivals(span: Span) -> Figure:
    """Accounts made, enrolments."""
    title = _("Registrations")
    rows = of_everybody(0, Period.DAY, span.since, span.last_day)
    found: dict[date, list[int]] = {}
    for it in rows:
        counts = found.setdefault(start_of(span.period, it.start), [0, 0])
        counts[0] += it.verbs.get("signed-up", 0)
        counts[1] += it.verbs.get("enrolled", 0)
    days = sorted(found)
    names = [_("accounts"), _("enrolments")]
    parts = {name: [found[day][place] for day in days] for place, name in enumerate(names)}
    words = _("%(accounts)s new accounts, %(enrolments)s enrolments") % {
        "accounts": sum(parts[names[0]]), "enrolments": sum(parts[names[1]]),
    }  # fmt: skip
    labels = [span.label(day) for day in days]
    definition = _("New accounts whose address is confirmed, and enrolments in any run.")
    table = [[str(day), *found[day]] for day in days]
    picture = stacked_bars(title, words, labels, parts)
    return Figure("arrivals", title, definition, [_("From"), *names], table, picture)


def runs() -> Figure:
    """Each run: enrolled, active, finished."""
    title = _("Runs")
    learner = Q(enrolments__role="learner")
    found = (
        Run.objects.filter(retired=False)
        .annotate(
            learners=Count("enrolments", filter=learner),
            finished=Count("enrolments", filter=learner & Q(enrolments__finished_at__isnull=False)),
        )
        .select_related("course")
        .order_by(F("learners").desc(), "key")[:100]
    )
    table = [
        [it.key, in_language(it.course.title), it.learners, it.finished,
         f"{100 * it.finished / it.learners:.0f} %" if it.learners else "–"]
        for it in found
    ]  # fmt: skip
    words = _("%(count)s runs") % {"count": len(table)}
    shown = table[:12]
    picture = stacked_bars(
        title, words, [str(row[0])[:14] for row in shown],
        {
            _("finished"): [int(row[3]) for row in shown],
            _("enrolled"): [int(row[2]) - int(row[3]) for row in shown],
        },
    )  # fmt: skip
    definition = _("Learners who are or were enrolled, and those who completed everything.")
    head = [_("Run"), _("Course"), _("Learners"), _("Finished"), _("Of all")]
    return Figure("runs", title, definition, head, table, picture)


def runs_of_month(month: date) -> Figure:
    """Each run in which anybody learned that month."""
    title = _("Runs of the month")
    rollups = Rollup.objects.filter(
        period=Period.MONTH, start=month, run__gt=0, activity=0, role="learner"
    )
    found = list(rollups.order_by("-people", "run")[:100])
    known = Run.objects.select_related("course").in_bulk([it.run for it in found])
    table: list[list[object]] = []
    for it in found:
        run = known.get(it.run)
        key, name = (run.key, in_language(run.course.title)) if run else (str(it.run), _("deleted"))
        table.append([key, name, it.people, round(it.seconds / 3600), max(0, it.completed)])
    words = _("%(count)s runs") % {"count": len(table)}
    shown = table[:12]
    picture = stacked_bars(
        title, words, [str(row[0])[:14] for row in shown],
        {_("learners"): [it.people for it in found[:12]]},
    )  # fmt: skip
    definition = _(
        "Learners who did anything in a run during the month, the time they spent there, and the "
        "activities they completed."
    )
    head = [_("Run"), _("Course"), _("Learners"), _("Hours spent"), _("Completed")]
    return Figure("runs", title, definition, head, table, picture)

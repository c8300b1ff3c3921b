"""Two runs of one course, side by side: each from its own first week."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from preau.kit.charts import curves
from preau.learn.courses.models import Run
from preau.learn.courses.outline import Outline
from preau.learn.insights.figures.figure import Figure
from preau.learn.insights.figures.of_run import stages_of
from preau.learn.insights.models import Period, Rollup
from preau.learn.insights.queries import learners_ever

_WEEKS = 60  # that a picture shows at most, the first ones


def stages(runs: Sequence[Run], outline: Outline) -> Figure:
    """How far their learners came. A run that gives no certificates ends one stage earlier."""
    title = _("How far learners came")
    found = [stages_of(run, outline) for run in runs]
    longest = max(found, key=len)
    shares = [[100 * it.count / (of[0].count or 1) for it in of] for of in found]
    words = "; ".join(
        _("%(run)s: of %(enrolled)s enrolled, %(share)s %% completed half") % {
            "run": run.key, "enrolled": of[0].count, "share": f"{share[4]:.0f}",
        }
        for run, of, share in zip(runs, found, shares, strict=True)
    )  # fmt: skip
    picture = curves(
        title, words, [it.short for it in longest],
        {run.key: share for run, share in zip(runs, shares, strict=True)},
    )  # fmt: skip
    definition = _(
        "Of all learners who are or were enrolled, those who came and those who completed so much "
        "of the activities that count, in per cent, as they stand now."
    )
    head = [_("Stage"), *(it.key for it in runs), *(f"{it.key}, %" for it in runs)]
    table = [
        [
            it.name,
            *(of[row].count if row < len(of) else "" for of in found),
            *(f"{of[row]:.0f} %" if row < len(of) else "" for of in shares),
        ]
        for row, it in enumerate(longest)
    ]
    return Figure("compare-stages", title, definition, head, table, picture)


def people(runs: Sequence[Run]) -> Figure:
    """Learners who came, week after week."""
    definition = _(
        "Different learners who did anything in the run in a week while signed in. The first week "
        "of a run is the first in which a learner came."
    )
    lines = {run.key: [it.people for it in weeks] for run, weeks in _weeks(runs)}
    return _by_week("compare-people", _("Active learners"), definition, lines)


def progress(runs: Sequence[Run], outline: Outline) -> Figure:
    """What they completed together, week after week."""
    definition = _(
        "Activities completed up to and with a week, in per cent of what it would be if everybody "
        "who came to the run had completed everything."
    )
    lines: dict[str, list[float]] = {}
    for run, weeks in _weeks(runs):
        most, total = max(1, learners_ever(run.pk)) * max(1, len(outline.to_complete)), 0
        lines[run.key] = [
            round(100 * (total := total + max(0, it.completed)) / most, 1) for it in weeks
        ]
    return _by_week("compare-progress", _("Completed so far, %"), definition, lines)


def _weeks(runs: Sequence[Run]) -> list[tuple[Run, list[Rollup]]]:
    """The weeks of each run, without gaps, from its first."""
    found = []
    for run in runs:
        rows = {
            it.start: it
            for it in Rollup.objects.filter(
                period=Period.WEEK, run=run.pk, activity=0, role="learner", people__gt=0
            )
        }
        days = range(min(rows).toordinal(), max(rows).toordinal() + 1, 7) if rows else range(0)
        starts = [date.fromordinal(it) for it in days][:_WEEKS]
        found.append((run, [rows.get(start, Rollup(start=start)) for start in starts]))
    return found


def _by_week(
    key: str, title: str, definition: str, lines: dict[str, list[float]] | dict[str, list[int]]
) -> Figure:
    count = max((len(values) for values in lines.values()), default=0)
    labels = [str(number) for number in range(1, count + 1)]
    words = "; ".join(
        _("%(run)s: at most %(most)s, in %(count)s weeks") % {
            "run": name, "most": max(values, default=0), "count": len(values),
        }
        for name, values in lines.items()
    )  # fmt: skip
    table = [
        [_("week %(number)s") % {"number": row + 1},
         *(values[row] if row < len(values) else "" for values in lines.values())]
        for row in range(count)
    ]  # fmt: skip
    return Figure(key, title, definition, [_("Week"), *lines], table,
                  curves(title, words, labels, lines))  # fmt: skip

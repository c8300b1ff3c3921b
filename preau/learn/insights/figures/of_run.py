"""How learners get on in a run."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from preau.kit.charts import clipped, heat_map, stacked_bars
from preau.learn.certificates.conditions import conditions_of
from preau.learn.certificates.queries import count_in
from preau.learn.courses.models import Run
from preau.learn.courses.outline import Outline
from preau.learn.courses.texts import in_language
from preau.learn.enrolments.models import Enrolment
from preau.learn.insights.figures.figure import Figure
from preau.learn.insights.gathering.periods import name_of
from preau.learn.insights.models import Period, Rollup
from preau.learn.insights.queries import learners_ever

_WEEKS = 60  # that a picture shows at most, the last ones
_HALF, _ALL = 4, 6  # stages


@dataclass(frozen=True)
class Stage:
    """How many learners came so far."""

    short: str
    name: str
    count: int


def stages_of(run: Run, outline: Outline) -> list[Stage]:
    """From enrolment to the last activity, and to the certificate where the run gives some."""
    total = len(outline.to_complete)
    learners = Enrolment.objects.filter(run=run, role="learner")
    steps = {
        "quarter": Q(completed_count__gte=max(1, -(-total // 4))),
        "half": Q(completed_count__gte=max(1, -(-total // 2))),
        "most": Q(completed_count__gte=max(1, -(-3 * total // 4))),
        "all": Q(completed_count__gte=max(1, total)),
    }
    counts = learners.aggregate(
        enrolled=Count("pk"),
        one=Count("pk", filter=Q(completed_count__gte=1)),
        **{name: Count("pk", filter=wanted) for name, wanted in steps.items()},
    )
    stages = [
        Stage(_("enrolled"), _("enrolled"), counts["enrolled"]),
        Stage(_("came"), _("came"), min(learners_ever(run.pk), counts["enrolled"])),
        Stage("1", _("completed one activity"), counts["one"]),
        Stage("25 %", _("completed a quarter"), counts["quarter"]),
        Stage("50 %", _("completed half"), counts["half"]),
        Stage("75 %", _("completed three quarters"), counts["most"]),
        Stage("100 %", _("completed everything"), counts["all"]),
    ]
    certificates = count_in(run)
    if certificates or conditions_of(run).given:
        stages.append(Stage(_("certificate"), _("got a certificate"), certificates))
    return stages


def funnel(run: Run, outline: Outline) -> Figure:
    """From enrolment to the end."""
    stages = stages_of(run, outline)
    certified = len(stages) > _ALL + 1
    title = _("From enrolment to certificate") if certified else _("From enrolment to the end")
    whole = stages[0].count or 1
    words = _("Of %(enrolled)s enrolled, %(half)s completed half and %(all)s everything") % {
        "enrolled": stages[0].count, "half": stages[_HALF].count, "all": stages[_ALL].count,
    }  # fmt: skip
    picture = stacked_bars(
        title, words, [it.short for it in stages], {_("learners"): [it.count for it in stages]}
    )
    definition = _(
        "Learners who are or were enrolled; who of them opened a page of the run while signed in; "
        "and who completed so much of the activities that count, as they stand now."
    )
    if certified:
        definition += " " + _("Of certificates, those that hold are counted.")
    table = [[it.name, it.count, f"{100 * it.count / whole:.0f} %"] for it in stages]
    head = [_("Stage"), _("Learners"), _("Of all")]
    return Figure("funnel", title, definition, head, table, picture)


def weeks(run: Run, outline: Outline) -> Figure:
    """When each section was worked on."""
    title = _("Through the sections, week by week")
    sections = [it for it in outline.sections if it.to_complete]
    place = {pk: number for number, it in enumerate(sections) for pk in it.to_complete}
    rows = Rollup.objects.filter(
        period=Period.WEEK, run=run.pk, activity__gt=0, role="learner", completed__gt=0
    ).values_list("start", "activity", "completed")
    starts = sorted({start for start, activity, _count in rows if activity in place})[-_WEEKS:]
    columns = {start: number for number, start in enumerate(starts)}
    values = [[0] * len(starts) for _section in sections]
    for start, activity, count in rows:
        if activity in place and start in columns:
            values[place[activity]][columns[start]] += count
    names = [in_language(it.title) for it in sections]
    labels = [name_of(Period.WEEK, start)[5:] for start in starts]
    most, first, last = max(
        ((count, row, column) for row, line in enumerate(values) for column, count in
         enumerate(line)), default=(0, 0, 0),
    )  # fmt: skip
    words = _("%(count)s activities completed at most in a week") % {"count": most}
    if most:
        words += f": {names[first]}, {labels[last]}"
    picture = heat_map(title, words, [clipped(name, 14) for name in names], labels, values)
    definition = _(
        "Activities that learners completed, by the section they are in and the week in which they "
        "were completed; what was taken back is not counted."
    )
    table = [[name, *line] for name, line in zip(names, values, strict=True)]
    return Figure("weeks", title, definition, [_("Section"), *labels], table, picture)


def reach(run: Run, outline: Outline) -> Figure:
    """Each activity: who opened it, how long it took, who completed it."""
    title = _("Activity by activity")
    found = {
        it.activity: it
        for it in Rollup.objects.filter(
            period=Period.EVER, run=run.pk, activity__gt=0, role="learner"
        )
    }
    table, labels, done, opened = [], [], [], []
    for number, activity in enumerate(outline.pages, 1):
        it = found.get(activity.id)
        people, completed = (it.people, max(0, it.completed)) if it else (0, 0)
        minutes = round(it.seconds / 60 / it.people, 1) if it and it.people else 0.0
        table.append(
            [number, in_language(activity.title), people, minutes, activity.minutes or "",
             completed]
        )  # fmt: skip
        labels.append(str(number))
        done.append(min(completed, people))
        opened.append(max(0, people - completed))
    words = _("%(first)s learners opened the first activity, %(last)s the last") % {
        "first": table[0][2] if table else 0, "last": table[-1][2] if table else 0,
    }  # fmt: skip
    picture = stacked_bars(title, words, labels, {_("completed"): done, _("only opened"): opened})
    definition = _(
        "Learners who did anything in an activity, over the whole run; the minutes that each of "
        "them spent there in the mean, up to their next step and without pauses of more than half "
        "an hour; how many completed it."
    )
    head = [_("No."), _("Activity"), _("Learners"), _("Minutes"), _("Planned"), _("Completed")]
    return Figure("activities", title, definition, head, table, picture)

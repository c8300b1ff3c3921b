"""How much is done, and when: the same pictures for a run and for the whole site."""

from collections.abc import Callable
from datetime import date

from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from preau.kit.charts import heat_map, stacked_bars
from preau.learn.insights.figures.figure import Figure
from preau.learn.insights.figures.spans import Span, starts
from preau.learn.insights.gathering.countries import UNKNOWN
from preau.learn.insights.models import Country, Period, Rollup
from preau.learn.insights.queries import by_role, of_everybody

_COUNTRIES = 14  # that a picture names; the others are together


def role_names() -> dict[str, str]:
    """Roles as people call them, in the order of the pictures."""
    return {
        "learner": _("learners"),
        "teacher": _("teachers"),
        "tutor": _("tutors"),
        "manager": _("managers"),
        "operator": _("operators"),
        "person": _("people outside runs"),
        "visitor": _("visitors"),
    }


def accesses(run: int, span: Span) -> Figure:
    """Pages opened, by role."""
    definition = _(
        "Pages that were opened, by what those who opened them are; a page that is loaded twice "
        "counts twice. Pictures, files and what scripts send do not count."
    )
    return _by_role("accesses", _("All accesses"), definition, run, span, lambda it: it.views)


def activities(run: int, span: Span) -> Figure:
    """What changes something, by role."""
    definition = _(
        "What changes something: answers, completed activities, notes, enrolments, marks and the "
        "like. Watching, searching, downloading and signing in do not count."
    )
    return _by_role("actions", _("All activities"), definition, run, span, lambda it: it.actions)


def _by_role(
    key: str, title: str, definition: str, run: int, span: Span, value: Callable[[Rollup], int]
) -> Figure:
    rows = by_role(run, span.period, span.since, span.until)
    days = starts(rows)
    found: dict[str, dict[date, int]] = {}
    for it in rows:
        found.setdefault(it.role, {})[it.start] = value(it)
    names = {role: name for role, name in role_names().items() if any(found.get(role, {}).values())}
    parts = {name: [found[role].get(day, 0) for day in days] for role, name in names.items()}
    labels = [span.label(day) for day in days]
    total = sum(sum(values) for values in parts.values())
    words = _("%(title)s: %(total)s in %(count)s periods") % {
        "title": title, "total": f"{total:,}", "count": len(days),
    }  # fmt: skip
    table = [
        [day.isoformat(), *(values[place] for values in parts.values())]
        for place, day in enumerate(days)
    ]
    picture = stacked_bars(title, words, labels, parts)
    return Figure(key, title, definition, [_("From"), *parts], table, picture)


def people(run: int, span: Span) -> Figure:
    """Different people."""
    title = _("Active people")
    rows = of_everybody(run, span.period, span.since, span.until)
    counts = [it.people for it in rows]
    words = _("%(title)s: between %(least)s and %(most)s") % {
        "title": title, "least": min(counts, default=0), "most": max(counts, default=0),
    }  # fmt: skip
    picture = stacked_bars(
        title, words, [span.label(it.start) for it in rows], {_("people"): counts}
    )
    definition = _(
        "Different people who did anything while signed in; whoever comes twice in a period "
        "counts once in it. So the weeks of a month have more people together than the month."
    )
    table = [[it.start.isoformat(), it.people, round(it.seconds / 3600)] for it in rows]
    head = [_("From"), _("People"), _("Hours spent")]
    return Figure("people", title, definition, head, table, picture)


def hours(run: int, span: Span) -> Figure:
    """When people come: by weekday and hour."""
    title = _("Hours and days")
    values = [[0] * 24 for _day in range(7)]
    for it in of_everybody(run, Period.DAY, span.since, span.last_day):
        for hour, count in enumerate(it.hours):
            values[it.start.weekday()][hour] += count
    names = [str(WEEKDAYS[number]) for number in range(7)]
    most, day, hour = max(
        (count, day, hour) for day, line in enumerate(values) for hour, count in enumerate(line)
    )
    words = _("Most is done on %(day)s at %(hour)s o’clock: %(count)s") % {
        "day": names[day], "hour": hour, "count": most,
    }  # fmt: skip
    columns = [str(number) for number in range(24)]
    definition = _(
        "Pages opened and activities of each hour, by the site's clock, over the whole time that "
        "is shown. An hour that comes twice when the clock is put back counts as one."
    )
    table = [[names[number], *line] for number, line in enumerate(values)]
    picture = heat_map(title, words, names, columns, values)
    return Figure("hours", title, definition, [_("Day"), *columns], table, picture)


def countries(run: int, span: Span) -> Figure:
    """Where people come from, as far as addresses tell."""
    title = _("Countries")
    counts: dict[str, int] = {}
    for it in of_everybody(run, Period.DAY, span.since, span.last_day):
        for code, count in it.countries.items():
            counts[code] = counts.get(code, 0) + count
    known = {it.code: it.names for it in Country.objects.filter(code__in=list(counts))}
    language = get_language() or "en"
    table: list[tuple[str, str, int]] = [
        (_("unknown") if code == UNKNOWN else code, known.get(code, {}).get(language, ""), count)
        for code, count in sorted(counts.items(), key=lambda it: (-it[1], it[0]))
    ]
    whole = sum(counts.values()) or 1
    words = _("%(count)s countries; most from %(first)s: %(share)s %%") % {
        "count": len(counts.keys() - {UNKNOWN}),
        "first": (table[0][1] or table[0][0]) if table else "–",
        "share": round(100 * table[0][2] / whole) if table else 0,
    }
    shown = table[:_COUNTRIES]
    rest = sum(row[2] for row in table[_COUNTRIES:])
    labels = [str(row[0]) for row in shown] + ([_("others")] if rest else [])
    values = [row[2] for row in shown] + ([rest] if rest else [])
    picture = stacked_bars(title, words, labels, {_("pages and activities"): values})
    definition = _(
        "Pages opened and activities by the country of the network address, which is kept without "
        "its last part; whoever comes by a foreign network counts there."
    )
    head = [_("Code"), _("Country"), _("Pages and activities")]
    return Figure("countries", title, definition, head, table, picture)

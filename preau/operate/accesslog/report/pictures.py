"""The pictures of the report, by the lists that they show."""

from preau.kit.charts import Svg, clipped, curves, heat_map, stacked_bars
from preau.operate.accesslog.analysis.result import Result
from preau.operate.accesslog.report.values import number, shown
from preau.operate.accesslog.report.words import Words

_MOST = 12  # bars of a list without an order of its own
_RANKED = {
    "visit_durations": ("duration", "visits", "Visits"),
    "browsers": ("browser", "pages", "Pages"), "systems": ("system", "pages", "Pages"),
    "origins": ("origin", "pages", "Pages"), "statuses": ("status", "hits", "Hits"),
    "countries": ("country", "pages", "Pages"), "devices": ("device", "pages", "Pages"),
    "search_engines": ("engine", "pages", "Pages"), "file_types": ("file_type", "hits", "Hits"),
}  # fmt: skip


def pictures_of(result: Result, language: str, say: Words) -> dict[str, Svg]:
    """A picture for each list that is easier to see than to read."""
    found = {
        "days": _days(result, language, say), "hours": _hours(result, language, say),
        "weekdays": _weekdays(result, say), "months": _months(result, say),
    }  # fmt: skip
    for name, (key, value, unit) in _RANKED.items():
        rows = result.lists.get(name, [])[:_MOST]
        if len(rows) > 1:
            labels = [
                clipped(shown("text", key, row[key], language, say) or say("none"), 14)
                for row in rows
            ]
            values = [row[value] for row in rows]
            words = ", ".join(
                f"{label}: {number(it, language)}" for label, it in zip(labels, values, strict=True)
            )
            found[name] = stacked_bars(say(unit), words, labels, {say(unit): values})
    return {name: picture for name, picture in found.items() if picture is not None}


def _days(result: Result, language: str, say: Words) -> Svg | None:
    rows = result.lists["days"]
    if not rows:
        return None
    most = max(rows, key=lambda row: row["pages"])
    words = say("Most pages on {day}: {pages}").format(
        day=most["day"], pages=number(most["pages"], language)
    )
    labels = [row["day"][5:] for row in rows]
    parts = {
        say(name): [row[key] for row in rows]
        for name, key in (("Pages", "pages"), ("Visits", "visits"))
    }
    return curves(say("Pages and visits by day"), words, labels, parts)


def _months(result: Result, say: Words) -> Svg | None:
    rows = result.lists["months"]
    if len(rows) < 2:
        return None
    labels = [row["month"] for row in rows]
    words = ", ".join(f"{row['month']}: {row['pages']}" for row in rows)
    return stacked_bars(say("Pages"), words, labels, {say("Pages"): [row["pages"] for row in rows]})


def _weekdays(result: Result, say: Words) -> Svg | None:
    rows = result.lists["weekdays"]
    if not rows:
        return None
    labels = [shown("text", "weekday", row["weekday"], "en", say) for row in rows]
    means = [row["pages"] / row["days"] for row in rows]
    words = ", ".join(f"{label}: {mean:.0f}" for label, mean in zip(labels, means, strict=True))
    return stacked_bars(say("Pages on a day"), words, labels, {say("Pages on a day"): means})


def _hours(result: Result, language: str, say: Words) -> Svg | None:
    rows = result.lists["weekday_hours"]
    if not rows:
        return None
    most = max(rows, key=lambda row: row["pages"])
    names = [shown("text", "weekday", number, language, say) for number in range(1, 8)]
    words = say("Most pages on {day} from {hour} h on: {pages}").format(
        day=names[most["weekday"] - 1], hour=most["hour"], pages=number(most["pages"], language)
    )
    values = [[0] * 24 for _name in names]
    for row in rows:
        values[row["weekday"] - 1][row["hour"]] = row["pages"]
    return heat_map(say("Hours of the week"), words, names, [str(it) for it in range(24)], values)

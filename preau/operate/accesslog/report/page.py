"""The report as one page: it needs nothing beside it, works offline, in the dark and on paper.

Everything that comes from a log is escaped; the page's own policy allows no script at all.
"""

from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from preau.kit.charts import Svg
from preau.operate.accesslog.analysis.definitions import Definitions
from preau.operate.accesslog.analysis.result import Result
from preau.operate.accesslog.report import values
from preau.operate.accesslog.report.pictures import pictures_of
from preau.operate.accesslog.report.tables import CODE, GROUPS, TABLES, TEXT, Table
from preau.operate.accesslog.report.words import Words, words_in

ROWS = 25  # of a table that are on the page; the other files have more


@dataclass(frozen=True)
class Fact:
    """One of the numbers on top; ``change`` is against the other period."""

    name: str
    value: str
    change: str = ""


@dataclass(frozen=True)
class Shown:
    """A list as the page shows it; ``numbers`` says of each column whether it stands right."""

    table: Table
    title: str
    definition: str
    headings: list[str]
    numbers: list[bool]
    rows: list[list[str]]
    more: int
    picture: Svg | None


@dataclass(frozen=True)
class LastDay:
    """The last day, hour by hour."""

    title: str
    headings: list[str]
    rows: list[list[str]]
    picture: Svg


@dataclass(frozen=True)
class Served:
    """Of a page that is served: when it was made, its script if it has one, what tells it apart."""

    made_at: str
    script: str
    mark: str
    last_day: LastDay | None


def page_of(
    result: Result,
    definitions: Definitions,
    language: str,
    other: Result | None = None,
    served: Served | None = None,
) -> str:
    """The page, as HTML; with another result, each number says how it changed from that.

    Whoever serves it says what it may run; else it says itself that it runs nothing.
    """
    say = words_in(language)
    environment = Environment(
        loader=PackageLoader("preau.operate.accesslog.report"), autoescape=True,
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    shown = shown_of(result, language, say)
    groups = [(say(group), [it for it in shown if it.table.group == group]) for group in GROUPS]
    return environment.get_template("report.html").render(
        language=language, say=say, span=values.span(result.first, result.last, say),
        other_span=values.span(other.first, other.last, say) if other else "",
        facts=facts_of(result, language, say, other),
        groups=[(name, found) for name, found in groups if found],
        notes=notes_of(result, definitions, language, say), unparsed=result.unparsed[:ROWS],
        served=served,
    )  # fmt: skip


def facts_of(result: Result, language: str, say: Words, other: Result | None = None) -> list[Fact]:
    """What AWStats has on top, too."""
    kinds: tuple[tuple[str, str, Any], ...] = (
        ("unique_visitors", "Unique visitors", values.number), ("visits", "Visits", values.number),
        ("pages", "Pages", values.number), ("hits", "Hits", values.number),
        ("bytes", "Sent", values.size), ("robots_hits", "Hits of robots", values.number),
    )  # fmt: skip
    facts = []
    for key, name, as_text in kinds:
        change = ""
        if other is not None:
            before = other.summary[key]
            share = (
                f"{100 * (result.summary[key] - before) / before:+.0f}\u00a0%" if before else "–"
            )
            change = say("{share} against {before}").format(
                share=share, before=as_text(before, language)
            )
        facts.append(Fact(say(name), as_text(result.summary[key], language), change))
    return facts


def shown_of(result: Result, language: str, say: Words, most: int = ROWS) -> list[Shown]:
    """The lists that have anything, as texts."""
    pictures = pictures_of(result, language, say)
    found = []
    for table in TABLES:
        rows = result.lists.get(table.name, [])
        if not rows or (table.name == "months" and len(rows) == 1):  # as the numbers on top
            continue
        cells = [
            [values.shown(kind, key, row[key], language, say) for key, _name, kind in table.columns]
            for row in _kept(table, rows, most)
        ]
        found.append(
            Shown(
                table, say(table.title), say(table.definition),
                [say(name) for _key, name, _kind in table.columns],
                [kind not in (TEXT, CODE) for _key, _name, kind in table.columns],
                cells, max(0, len(rows) - len(cells)), pictures.get(table.name),
            )
        )  # fmt: skip
    return found


def _kept(table: Table, rows: list[dict[str, Any]], most: int) -> list[dict[str, Any]]:
    """Days and hours are all shown."""
    return rows if table.group == "When" else rows[:most]


def notes_of(result: Result, definitions: Definitions, language: str, say: Words) -> list[str]:
    """What one has to know to read the numbers."""
    summary = result.summary
    number = values.number
    notes = [
        say("{lines} lines were read; of {unparsed} nothing could be made.").format(
            lines=number(summary["lines"], language), unparsed=number(summary["unparsed"], language)
        ),
        say("A visit ends after {minutes} minutes without a page; a visitor is {visitor}.").format(
            minutes=number(definitions.visit_gap / 60, language),
            visitor=say("an address" if definitions.visitor == "host" else
                        "an address with a browser"),
        ),
        say("Names of this site: {names}.").format(
            names=", ".join(definitions.own_hosts) or say("none known")
        ),
    ]  # fmt: skip
    if result.anonymised:
        notes.append(
            say("Addresses were cut before they were stored: a network counts as one visitor.")
        )
    if not definitions.behaviour:
        notes.append(say("Robots are known by a list only."))
    return notes

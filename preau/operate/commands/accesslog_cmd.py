"""``preau accesslog report``."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from preau.kit.errors import PreauError
from preau.operate.accesslog.analysis.definitions import Definitions
from preau.operate.accesslog.analysis.filters import Filters
from preau.operate.accesslog.report.progress import Progress
from preau.operate.accesslog.store.folder import Store, open_store
from preau.operate.accesslog.store.take_in import take_in
from preau.operate.commands.options import day_option

_FILE = click.Path(path_type=Path, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.group()
def command() -> None:
    """The web server's log: read, counted and shown."""


def _reading(function: Callable[..., Any]) -> Callable[..., Any]:
    """Options that say what is read."""
    for option in (
        click.option("--store", metavar="DIR", type=_FOLDER,
                     help="Keep what was read there, and read only what is new."),
        click.option("--format", "format_", metavar="F",
                     help="How lines are written: combined, nginx …, or the text of the "
                          "server's LogFormat; else it is found."),
        click.argument("logs", nargs=-1, metavar="LOG…"),
    ):  # fmt: skip
        function = option(function)
    return function


def _counting(function: Callable[..., Any]) -> Callable[..., Any]:
    """Options that say how it is counted."""
    for option in (
        click.option("--own-host", "own_hosts", multiple=True, metavar="NAME",
                     help="A name of the site itself; else found in the log."),
        click.option("--not-page", "not_pages", multiple=True, metavar="ENDING",
                     help="An ending that is no page, such as json."),
        click.option("--robots", type=click.Choice(["list", "behaviour"]), default="behaviour",
                     show_default=True, help="Known by a list only, or by what they do too."),
        click.option("--split-days", is_flag=True, help="Visits end at midnight, as in AWStats."),
        click.option("--visitor", type=click.Choice(["host", "host+agent"]), default="host",
                     show_default=True, help="What a visitor is known by."),
        click.option("--visit-gap", type=click.IntRange(1), default=60, show_default=True,
                     metavar="MINUTES", help="Without a page for so long, a visit is over."),
        click.option("--agent", metavar="TEXT", help="Only agents with this text; ! for without."),
        click.option("--host", metavar="TEXT", help="Only this host, or network such as 10.*"),
        click.option("--status", metavar="CODES", help="Only these, such as 404 or 5xx."),
        click.option("--path", metavar="PATTERN", help="Only these addresses, such as /learn/*"),
    ):  # fmt: skip
        function = option(function)
    return function


@dataclass(frozen=True)
class _Outputs:
    """Where the report goes."""

    page: Path | None
    json: Path | None
    csv: Path | None
    workbook: Path | None
    language: str


@command.command("report")
@_reading
@day_option("--since", "The first day.")
@day_option("--until", "The last day.")
@click.option("--compare", nargs=2, metavar="MONTH MONTH",
              help="Two months, 2026-09 2026-10: the second, beside the first.")  # fmt: skip
@_counting
@click.option("-o", "--output", type=_FILE, help="Write one page, such as report.html.")
@click.option("--json", "json_", type=_FILE, help="The same for programs.")
@click.option("--csv", "csv_", type=_FOLDER, help="The lists as files of a folder.")
@click.option("--xlsx", type=_FILE, help="The lists as a workbook.")
@click.option("--language", type=click.Choice(["en", "fr"]), default="en", show_default=True)
def report(**options: Any) -> int:
    """Count what web servers wrote into LOG…, and show it.

    Files may be plain or .gz, .bz2, .zst, names with * in them, or - for standard input. Without
    -o and the like the report is shown here.
    """
    since, until, compare = (options.pop(it) for it in ("since", "until", "compare"))
    outputs = _Outputs(
        options.pop("output"), options.pop("json_"), options.pop("csv_"), options.pop("xlsx"),
        options.pop("language"),
    )  # fmt: skip
    periods = _periods(since, until, compare)
    logs, store = options.pop("logs"), options.pop("store")
    if not logs and store is None:
        raise PreauError("Name at least one log, or a store that has read some (--store DIR).")
    with _store(store) as opened:
        with Progress() as progress:
            take_in(opened, logs, options.pop("format_"), progress.told)
        definitions, filters = _said(opened, options)
        _report(opened, definitions, filters, periods, outputs)
    return 0


def _periods(
    since: datetime | None, until: datetime | None, compare: tuple[str, str] | None
) -> list[tuple[date | None, date | None]]:
    """The days to report, and those to compare them with."""
    if not compare:
        return [(since.date() if since else None, until.date() if until else None)]
    if since or until:
        raise PreauError("Give --since and --until, or --compare with two months; not both.")
    return [_month(compare[1]), _month(compare[0])]


def _month(text: str) -> tuple[date, date]:
    try:
        first = datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007  (a month has no zone)
    except ValueError:
        raise PreauError(f"“{text}” is no month; write it as 2026-10.") from None
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first, date.fromordinal(following.toordinal() - 1)


def _said(store: Store, options: dict[str, Any]) -> tuple[Definitions, Filters]:
    from preau.operate.accesslog.analysis.own_hosts import own_hosts

    filters = Filters(*(options[it] for it in ("path", "status", "host", "agent")))
    definitions = Definitions(
        60 * options["visit_gap"], options["visitor"], options["split_days"],
        options["robots"] == "behaviour", options["not_pages"],
        options["own_hosts"] or own_hosts(store),
    )  # fmt: skip
    return definitions, filters


def _report(
    store: Store,
    definitions: Definitions,
    filters: Filters,
    periods: list[tuple[date | None, date | None]],
    outputs: _Outputs,
) -> None:
    from preau.operate.accesslog.analysis.counting import counted
    from preau.operate.accesslog.analysis.result import result_of
    from preau.operate.accesslog.report import csv_files, json_file, page, terminal, workbook

    with counted(store, definitions, filters) as counts:
        result, *others = [result_of(counts, definitions, *period) for period in periods]
    other = others[0] if others else None
    if outputs.json:
        _write(outputs.json, json_file.json_of(result, definitions, filters, other))
    if outputs.page:
        _write(outputs.page, page.page_of(result, definitions, outputs.language, other))
    if outputs.csv:
        csv_files.write_csv(result, outputs.csv)
    if outputs.workbook:
        workbook.write_workbook(result, outputs.workbook, outputs.language)
    if not (outputs.json or outputs.page or outputs.csv or outputs.workbook):
        for line in terminal.lines_of(result, definitions, outputs.language, other):
            click.echo(line)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise PreauError(f"{path}: it cannot be written: {error.strerror}.") from None
    click.echo(f"{path}", err=True)


@contextmanager
def _store(folder: Path | None) -> Iterator[Store]:
    if folder is not None:
        with open_store(folder, lasting=True) as store:
            yield store
        return
    with (
        tempfile.TemporaryDirectory(prefix="preau-accesslog-") as scratch,
        open_store(Path(scratch), lasting=False) as store,
    ):
        yield store

"""``preau accesslog report``, ``follow`` and ``serve``."""

import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import click

from preau.kit.errors import PreauError
from preau.kit.signals import SignalPipe
from preau.operate.accesslog.analysis.definitions import Definitions
from preau.operate.accesslog.analysis.filters import Filters
from preau.operate.accesslog.analysis.places import Places, opened_places
from preau.operate.accesslog.report.progress import Progress
from preau.operate.accesslog.store.folder import Store, open_store
from preau.operate.accesslog.store.take_in import notes_of, take_in
from preau.operate.commands.options import day_option
from preau.operate.site.ports import numeric_host, web_address

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
        click.option("--anonymise", is_flag=True,
                     help="Store no whole address and no name: they are cut before."),
        click.option("--format", "format_", metavar="F",
                     help="How lines are written: combined, nginx …, or the text of the "
                          "server's LogFormat, or “json host=… time=…”; else it is found."),
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
    ):  # fmt: skip
        function = option(function)
    return function


def _narrowing(function: Callable[..., Any]) -> Callable[..., Any]:
    """Options that say of which part."""
    for option in (
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
    pictures: Path | None
    language: str


@command.command("report")
@_reading
@day_option("--since", "The first day.")
@day_option("--until", "The last day.")
@click.option("--compare", nargs=2, metavar="MONTH MONTH",
              help="Two months, 2026-09 2026-10: the second, beside the first.")  # fmt: skip
@_counting
@_narrowing
@click.option("-o", "--output", type=_FILE, help="Write one page, such as report.html.")
@click.option("--json", "json_", type=_FILE, help="The same for programs.")
@click.option("--csv", "csv_", type=_FOLDER, help="The lists as files of a folder.")
@click.option("--xlsx", type=_FILE, help="The lists as a workbook.")
@click.option("--pictures", type=_FOLDER, help="Each picture as SVG and PNG, into a folder.")
@click.option("--countries", type=_FILE, metavar="FILE.mmdb",
              help="Where addresses are: a MaxMind DB file, such as GeoLite2 City.")  # fmt: skip
@click.option("--language", type=click.Choice(["en", "fr"]), default="en", show_default=True)
def report(**options: Any) -> int:
    """Count what web servers wrote into LOG…, and show it.

    Files may be plain or .gz, .bz2, .zst, names with * in them, or - for standard input. Without
    -o and the like the report is shown here.
    """
    since, until, compare = (options.pop(it) for it in ("since", "until", "compare"))
    outputs = _Outputs(
        options.pop("output"), options.pop("json_"), options.pop("csv_"), options.pop("xlsx"),
        options.pop("pictures"), options.pop("language"),
    )  # fmt: skip
    periods = _periods(since, until, compare)
    logs, store = options.pop("logs"), options.pop("store")
    if not logs and store is None:
        raise PreauError("Name at least one log, or a store that has read some (--store DIR).")
    with (
        opened_places(options.pop("countries"), outputs.language) as places,
        _store(store, options.pop("anonymise") or (False if logs else None)) as opened,
    ):
        with Progress() as progress:
            told = take_in(opened, logs, options.pop("format_"), progress.told)
        for note in notes_of(told):
            click.echo(note, err=True)
        filters = Filters(*(options[it] for it in ("path", "status", "host", "agent")))
        definitions = _definitions(opened, options)
        _report(opened, definitions, filters, periods, outputs, places)
    return 0


@command.command("follow")
@_reading
def follow(logs: tuple[str, ...], store: Path | None, format_: str | None, anonymise: bool) -> int:
    """Read LOG… into a store as they are written, until Ctrl-C.

    Files may be rotated, cut or made anew meanwhile. Whatever ends it, the store has all that was
    read, and the same command goes on there.
    """
    from preau.operate.accesslog.store.following import Following
    from preau.operate.accesslog.store.following import follow as go_on

    if store is None or not logs:
        raise PreauError("Name the logs to follow, and the store to keep them in (--store DIR).")
    with (
        SignalPipe(signal.SIGINT, signal.SIGTERM) as signals,
        _store(store, anonymise) as opened,
        Following(opened, logs, format_, _said_aside) as following,
        Progress() as progress,
    ):
        click.echo(f"Following into {store}; Ctrl-C ends it.")
        go_on(following, lambda seconds: bool(signals.wait(seconds)), progress.told)
    click.echo(f"{store}: {following.lines:,} lines were read; of {following.unparsed:,} nothing "
               "could be made.")  # fmt: skip
    return 0


def _said_aside(line: str) -> None:
    click.echo(line, err=True)


@command.command("serve")
@_reading
@_counting
@click.option("--countries", type=_FILE, metavar="FILE.mmdb",
              help="Where addresses are: a MaxMind DB file, such as GeoLite2 City.")  # fmt: skip
@click.option("--live", is_flag=True, help="Follow LOG…; the page shows by itself what comes.")
@click.option("--host", default="127.0.0.1", show_default=True, metavar="HOST",
              help="Network address to listen on.")  # fmt: skip
@click.option("--port", type=click.IntRange(0, 65535), default=8090, show_default=True,
              metavar="PORT", help="Port to listen on; 0 for any.")  # fmt: skip
@click.option("--language", type=click.Choice(["en", "fr"]), default="en", show_default=True)
def serve(**options: Any) -> int:
    """Show the report of a store in a browser, until Ctrl-C.

    It is made anew when the store or LOG… has something new; nobody is asked for a password, so
    other machines do not reach it unless --host says so. /report.json is the same for programs.
    """
    from preau.operate.accesslog.live.made import Made, Wish, made_of

    store, logs, live = options["store"], options["logs"], options["live"]
    if store is None:
        raise PreauError("Name the store to show (--store DIR).")
    if live and not logs:
        raise PreauError("Name the logs to follow with --live.")
    with opened_places(options["countries"], options["language"]) as places:

        def make(opened: Store) -> Made:
            wish = Wish(_definitions(opened, options), Filters(), options["language"], live, places)
            return made_of(opened, wish, datetime.now().astimezone())

        (_serve_live if live else _serve)(options, make)
    return 0


def _serve(options: dict[str, Any], make: Callable[[Store], Any]) -> None:
    """Open the store only while a report is made, so that others may read logs into it."""
    from preau.operate.accesslog.live.current import Asked
    from preau.operate.accesslog.store.following import existing
    from preau.operate.accesslog.store.sources import found

    store, logs = options["store"], options["logs"]

    @contextmanager
    def opened() -> Iterator[Store]:
        with _store(store, options["anonymise"] or (False if logs else None)) as it:
            take_in(it, logs, options["format_"], lambda _told: None)
            yield it

    found(logs)
    current = Asked(store, lambda: list(existing(logs)), opened, make)
    with SignalPipe(signal.SIGINT, signal.SIGTERM) as signals, _listening(options, current.get):
        signals.wait(None)


def _serve_live(options: dict[str, Any], make: Callable[[Store], Any]) -> None:
    from preau.operate.accesslog.live.current import Followed
    from preau.operate.accesslog.store.following import Following
    from preau.operate.accesslog.store.following import follow as go_on

    current = Followed(_said_aside)
    with (
        SignalPipe(signal.SIGINT, signal.SIGTERM) as signals,
        _store(options["store"], options["anonymise"]) as opened,
        Following(opened, options["logs"], options["format_"], _said_aside) as following,
        _listening(options, current.get),
        Progress() as progress,
    ):
        go_on(
            following, lambda seconds: bool(signals.wait(seconds)), progress.told,
            lambda new: current.looked(new, opened, make),
        )  # fmt: skip


@contextmanager
def _listening(options: dict[str, Any], current: Callable[[], Any]) -> Iterator[None]:
    from preau.operate.accesslog.live.server import serving

    host, address = options["host"], numeric_host(options["host"])
    with serving(address, host, options["port"], current) as port:
        click.echo(f"The report is on {web_address(host, port)}/")
        if not ip_address(address).is_loopback:
            _said_aside(f"Whoever reaches {host} can read it: nobody is asked for a password.")
        yield


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


def _definitions(store: Store, options: dict[str, Any]) -> Definitions:
    from preau.operate.accesslog.analysis.own_hosts import own_hosts

    return Definitions(
        60 * options["visit_gap"], options["visitor"], options["split_days"],
        options["robots"] == "behaviour", options["not_pages"],
        options["own_hosts"] or own_hosts(store),
    )  # fmt: skip


def _report(
    store: Store,
    definitions: Definitions,
    filters: Filters,
    periods: list[tuple[date | None, date | None]],
    outputs: _Outputs,
    places: Places | None,
) -> None:
    from preau.operate.accesslog.analysis.counting import counted
    from preau.operate.accesslog.analysis.result import result_of
    from preau.operate.accesslog.report import csv_files, json_file, page, terminal, workbook
    from preau.operate.accesslog.report.picture_files import write_pictures

    with counted(store, definitions, filters) as counts:
        result, *others = [
            result_of(counts, definitions, *period, places=places) for period in periods
        ]
    other = others[0] if others else None
    if outputs.json:
        _write(outputs.json, json_file.json_of(result, definitions, filters, other))
    if outputs.page:
        _write(outputs.page, page.page_of(result, definitions, outputs.language, other))
    if outputs.csv:
        csv_files.write_csv(result, outputs.csv)
    if outputs.workbook:
        workbook.write_workbook(result, outputs.workbook, outputs.language)
    if outputs.pictures:
        write_pictures(result, outputs.pictures, outputs.language)
    if not any((outputs.json, outputs.page, outputs.csv, outputs.workbook, outputs.pictures)):
        for line in terminal.lines_of(result, definitions, outputs.language, other):
            click.echo(line)


def _write(path: Path, text: str) -> None:
    whole = not path.exists() or path.is_file()  # whoever reads it meanwhile has the one before
    beside = path.with_name(f".{path.name}.part") if whole else path
    try:
        beside.write_text(text, encoding="utf-8", errors="backslashreplace")
        if whole:
            beside.replace(path)
    except OSError as error:
        raise PreauError(f"{path}: it cannot be written: {error.strerror}.") from None
    click.echo(f"{path}", err=True)


@contextmanager
def _store(folder: Path | None, anonymise: bool | None) -> Iterator[Store]:
    if folder is not None:
        with open_store(folder, lasting=True, anonymise=anonymise) as store:
            yield store
        return
    with (
        tempfile.TemporaryDirectory(prefix="preau-accesslog-") as scratch,
        open_store(Path(scratch), lasting=False, anonymise=anonymise) as store,
    ):
        yield store

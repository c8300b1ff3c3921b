"""``preau stats gather|show|report``."""

from datetime import datetime
from pathlib import Path

import click

from preau.operate.commands.options import day_option, site_option
from preau.operate.site.learn_process import run_learn


@click.group()
def command() -> None:
    """Count what people do, and show it."""


@command.command("gather")
@site_option
@click.option("--max-days", type=click.IntRange(min=1), help="Do so many days and stop.")
@day_option("--until", "The last day to gather; else yesterday.")
def gather(site: Path, max_days: int | None, until: datetime | None) -> int:
    """Count what was recorded, by day, week and month.

    Goes on where it stopped; may run while another one does. Days whose events changed are
    counted anew.
    """
    words = ["--max-days", str(max_days)] if max_days else []
    words += ["--until", f"{until:%Y-%m-%d}"] if until else []
    return run_learn(site, "stats_gather", *words)


@command.command("show")
@site_option
@click.option("--run", metavar="KEY", help="Of this run; else of the whole site.")
@day_option("--since", "The first day.")
@day_option("--until", "The last day.")
@click.option(
    "--format", "format_", type=click.Choice(["table", "csv", "json"]), default="table",
    show_default=True, help="How to print it.",
)  # fmt: skip
def show(
    site: Path, run: str | None, since: datetime | None, until: datetime | None, format_: str
) -> int:
    """Show views, actions, sign-ins and people by day and role."""
    words = ["--format", format_, *(["--run", run] if run else [])]
    words += ["--since", f"{since:%Y-%m-%d}"] if since else []
    words += ["--until", f"{until:%Y-%m-%d}"] if until else []
    return run_learn(site, "stats_show", *words)


@command.command("report")
@site_option
@click.option("--month", metavar="YYYY-MM", required=True, help="The month, such as 2026-10.")
@click.option(
    "-o", "--output", "file", type=click.Path(path_type=Path), required=True,
    help="A new file that ends in .html; a PDF is written beside it.",
)  # fmt: skip
@click.option("--run", metavar="KEY", help="Of this run; else of the whole site.")
@click.option("--language", metavar="CODE", help="en or fr; else the site's.")
def report(site: Path, month: str, file: Path, run: str | None, language: str | None) -> int:
    """Write the statistics of a month as one page, and as a PDF, to send to somebody."""
    words = [str(file.absolute()), "--month", month]
    words += ["--run", run] if run else []
    words += ["--language", language] if language else []
    return run_learn(site, "stats_report", *words)

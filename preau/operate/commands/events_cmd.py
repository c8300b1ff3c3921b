"""``preau events export|forward|erase``."""

from datetime import datetime
from pathlib import Path

import click

from preau.operate.commands.options import day_option, site_option
from preau.operate.site.learn_process import run_learn


@click.group()
def command() -> None:
    """The record of what people did."""


@command.command("export")
@site_option
@day_option("--since", "The first day (UTC).")
@day_option("--until", "The last day (UTC).")
@click.option(
    "-o", "--output", "file", type=click.Path(path_type=Path), required=True,
    help="A new file.",
)  # fmt: skip
@click.option(
    "--format", "format_", type=click.Choice(["parquet", "xapi"]), default="parquet",
    show_default=True, help="Parquet, or xAPI statements, a line of JSON each.",
)  # fmt: skip
def export(
    site: Path, since: datetime | None, until: datetime | None, file: Path, format_: str
) -> int:
    """Write the events of some days into a new file."""
    words = [str(file.absolute())]
    words += ["--since", f"{since:%Y-%m-%d}"] if since else []
    words += ["--until", f"{until:%Y-%m-%d}"] if until else []
    return run_learn(site, "xapi_export" if format_ == "xapi" else "events_export", *words)


@command.command("forward")
@site_option
def forward(site: Path) -> int:
    """Send what was recorded to the learning record store of the settings, now.

    The site does so every minute; this says what is wrong when it does not go.
    """
    return run_learn(site, "xapi_forward")


@command.command("erase")
@site_option
@click.argument("person", type=click.IntRange(min=1))
def erase(site: Path, person: int) -> int:
    """Take PERSON, an id, out of the record: their events stay and are nobody's.

    Prints the proof as JSON.
    """
    return run_learn(site, "events_erase", str(person))

"""``preau person erase|export``."""

from pathlib import Path

import click

from preau.operate.commands.options import site_option
from preau.operate.site.learn_process import run_learn


@click.group()
def command() -> None:
    """Hand out what is kept of a person, or erase it."""


@command.command("erase")
@site_option
@click.argument("address")
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(site: Path, address: str, dry_run: bool, as_json: bool, yes: bool) -> int:
    """Erase everything of the person with ADDRESS, and print the report that proves it.

    There is no way back: export it first. What ended before its end goes on when it is run again.
    """
    if not (dry_run or yes):
        click.confirm(f"Erase everything of {address}? There is no way back.", abort=True, err=True)
    flags = [*(["--dry-run"] if dry_run else []), *(["--json"] if as_json else [])]
    return run_learn(site, "person_erase", address, *flags)


@command.command("export")
@site_option
@click.argument("address")
@click.option(
    "-o", "--output", "file", type=click.Path(path_type=Path), required=True,
    help="A new file, a .zip.",
)  # fmt: skip
def export(site: Path, address: str, file: Path) -> int:
    """Write what is kept of the person with ADDRESS into a new archive."""
    return run_learn(site, "person_export", address, str(file.absolute()))

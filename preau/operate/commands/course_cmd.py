"""``preau course import|export``."""

from pathlib import Path

import click

from preau.operate.commands.options import site_option
from preau.operate.site.learn_process import run_learn


@click.group()
def command() -> None:
    """Take courses in, write them out."""


@command.command("import")
@site_option
@click.argument("course", metavar="COURSE_DIR", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def import_(site: Path, course: Path, dry_run: bool, as_json: bool) -> int:
    """Take a course folder (or a .zip of one) into the site.

    Shows every change; exits with 3 when a file of the folder was left out.
    """
    flags = [*(["--dry-run"] if dry_run else []), *(["--json"] if as_json else [])]
    return run_learn(site, "course_import", str(course.absolute()), *flags)


@command.command("export")
@site_option
@click.argument("run")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def export(site: Path, run: str, folder: Path) -> int:
    """Write the course of RUN into a new folder DIR."""
    return run_learn(site, "course_export", run, str(folder.absolute()))

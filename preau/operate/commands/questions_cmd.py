"""``preau questions check|import|export``."""

import json
from pathlib import Path

import click

from preau.kit.questions.fidelity import Fidelity, lines_of
from preau.kit.questions.formats import FORMATS
from preau.kit.questions.reading import AUTO, read_questions
from preau.operate.commands.options import site_option
from preau.operate.site.learn_process import run_learn

LOST = 3  # exit code when something of a question did not come along

_format = click.option(
    "--format", "format_", type=click.Choice([AUTO, *FORMATS]), default=AUTO, show_default=True,
    help="What the file is.",
)  # fmt: skip
_file = click.argument("file", type=click.Path(path_type=Path))


@click.group()
def command() -> None:
    """Look at question files, take them in, write them out."""


@command.command("check")
@_file
@_format
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def check(file: Path, format_: str, as_json: bool) -> int:
    """Say what would become of each question of FILE; needs no site.

    Exits with 3 when anything would be lost.
    """
    report = read_questions(file, format_)
    _print(report, as_json=as_json)
    return LOST if report.lost else 0


def _print(report: Fidelity, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(report.to_data(), ensure_ascii=False))
    else:
        for line in lines_of(report):
            click.echo(line)


@command.command("import")
@site_option
@click.argument("run")
@_file
@_format
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
def import_(site: Path, run: str, file: Path, format_: str, dry_run: bool) -> int:
    """Take the questions of FILE into the bank of RUN's course.

    Shows what becomes of each; exits with 3 when anything was lost.
    """
    flags = ["--format", format_, *(["--dry-run"] if dry_run else [])]
    return run_learn(site, "questions_import", run, str(file.absolute()), *flags)


@command.command("export")
@site_option
@click.argument("run")
@click.option("--format", "format_", type=click.Choice(list(FORMATS)), required=True)
@click.option("-o", "--output", "file", type=click.Path(path_type=Path), required=True)
def export(site: Path, run: str, format_: str, file: Path) -> int:
    """Write the bank of RUN's course into a new file.

    Exits with 3 when the format cannot carry everything.
    """
    words = [run, str(file.absolute()), "--format", format_]
    return run_learn(site, "questions_export", *words)

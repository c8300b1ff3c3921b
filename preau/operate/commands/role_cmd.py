"""``preau role grant``."""

from pathlib import Path

import click

from preau.operate.commands.options import site_option
from preau.operate.site.learn_process import run_learn


@click.group()
def command() -> None:
    """Say what somebody is."""


@command.command()
@site_option
@click.argument("address")
@click.argument("role")
@click.option("--run", metavar="RUN", help="A run; without it the role is one of the whole site.")
def grant(site: Path, address: str, role: str, run: str | None) -> int:
    """Make ADDRESS person, manager or operator; with --run learner, tutor or teacher."""
    where = ["--run", run] if run else []
    return run_learn(site, "role_grant", address, role, *where)

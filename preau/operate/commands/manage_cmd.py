"""``preau manage …``."""

from pathlib import Path

import click

from preau.operate.commands.options import site_option
from preau.operate.site.learn_process import run_learn


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@site_option
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="COMMAND [ARGS]...")
def command(site: Path, words: tuple[str, ...]) -> int:
    """Run one of the site's own management commands (Django's and Préau's)."""
    return run_learn(site, *(words or ("help",)))

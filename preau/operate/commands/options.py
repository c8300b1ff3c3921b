"""Options that several commands share."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from preau.operate.site.folder import find_site


def _found(_context: click.Context, _parameter: click.Parameter, value: str | None) -> Path:
    return find_site(value, os.environ)


def site_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """``--site DIR``: hands the command the site's folder."""
    option = click.option(
        "--site",
        metavar="DIR",
        callback=_found,
        help="The site's folder; else PREAU_SITE, else the current folder.",
    )
    return option(function)


def day_option(name: str, text: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """``--since 2026-10-05``: hands the command a day."""
    return click.option(name, type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help=text)

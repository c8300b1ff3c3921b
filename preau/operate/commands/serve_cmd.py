"""``preau serve``."""

import os
from pathlib import Path

import click

from preau.kit.settings_file import load_settings
from preau.operate.commands.options import site_option
from preau.operate.site.access_log import require_writable
from preau.operate.site.pid_file import require_unserved
from preau.operate.site.ports import numeric_host, require_free, web_address
from preau.operate.site.processes import serve
from preau.operate.site.setup import refresh_static


@click.command()
@site_option
@click.option("--host", metavar="HOST", help="Network address to listen on, else server.host.")
@click.option(
    "--port", metavar="PORT", type=click.IntRange(1, 65535), help="Port, else server.port."
)
@click.option(
    "--workers", metavar="N", type=click.IntRange(0, 256), default=0,
    help="Worker processes; 0: as server.workers says.",
)  # fmt: skip
def command(site: Path, host: str | None, port: int | None, workers: int) -> int:
    """Serve a site until SIGTERM or Ctrl-C; SIGHUP reloads it without losing a request."""
    settings = load_settings(site, os.environ)
    address, number = host or settings["server.host"], port or settings["server.port"]
    require_unserved(site)
    require_free(address, number)
    if settings["server.access_log"]:
        require_writable(settings.folder / settings["server.access_log"])
    if refresh_static(site):
        click.echo("Static files gathered for this release.")
    click.echo(f"Serving {site} on {web_address(address, number)} (process {os.getpid()})")
    return serve(site, settings, numeric_host(address), number, workers, say)


def say(line: str) -> None:
    """One line of the supervisor."""
    click.echo(f"preau: {line}", err=True)

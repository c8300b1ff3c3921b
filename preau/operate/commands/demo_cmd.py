"""``preau demo``."""

import os
import sys
from pathlib import Path

import click

from preau.kit.settings_file import load_settings
from preau.operate.commands.serve_cmd import say
from preau.operate.site.announce import start_announcing
from preau.operate.site.demo import prepare_demo
from preau.operate.site.pid_file import require_unserved
from preau.operate.site.ports import require_free, web_address
from preau.operate.site.processes import cores, serve

_HOST = "127.0.0.1"


@click.command()
@click.option(
    "--dir", "folder", metavar="DIR", default="demo-site", show_default=True,
    type=click.Path(path_type=Path, file_okay=False), help="Where the site is made.",
)  # fmt: skip
@click.option(
    "--port", metavar="PORT", type=click.IntRange(1, 65535), default=8000, show_default=True,
    help="Port to listen on.",
)  # fmt: skip
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
def command(folder: Path, port: int, no_browser: bool) -> int:
    """Put a MOOC online with its sample course and people to try it as.

    Stays in the foreground until Ctrl-C. The second start finds everything made.
    """
    folder = folder.absolute()
    require_unserved(folder)
    require_free(_HOST, port)
    os.environ["PREAU_SITE_ADDRESS"] = address = web_address(_HOST, port)
    click.echo(f"Preparing the demonstration site in {folder} …")
    people = prepare_demo(folder)
    start_announcing(address, people, folder / "mail", not no_browser and _has_display())
    settings = load_settings(folder, os.environ)
    return serve(folder, settings, _HOST, port, cores(), say)


def _has_display() -> bool:
    return sys.platform == "darwin" or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )

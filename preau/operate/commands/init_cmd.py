"""``preau init DIR``."""

from pathlib import Path

import click

from preau.operate.site.folder import PARTS, make_site
from preau.operate.site.setup import bring_up


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--database", metavar="URL", help="sqlite:///…, postgresql://… or mariadb://….")
def command(folder: Path, database: str | None) -> None:
    """Make a site in DIR: settings, secrets, database. Safe to repeat.

    What is there already stays as it is; the database and the static files are brought up to
    this release.
    """
    folder = folder.absolute()
    created: list[str] = []
    chosen: dict[str, str | bool] = {"database.url": database} if database else {}
    make_site(folder, chosen, created)
    known = "" if created else " was a site already"
    click.echo(click.style(str(folder), bold=True) + known)
    _tell("made", [part for part in PARTS if part in created])
    _tell("there", [part for part in PARTS if part not in created])
    bring_up(folder)
    _tell("ready", ["database and static files, for this release"])
    click.echo(f"\n  Next: preau course import COURSE_DIR --site {folder}")
    click.echo(f"        preau serve --site {folder}")


def _tell(what: str, parts: list[str]) -> None:
    if parts:
        click.echo(f"  {click.style(f'{what:<6}', fg='green')} {', '.join(parts)}")

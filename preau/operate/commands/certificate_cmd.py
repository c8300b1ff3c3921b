"""``preau certificate verify``."""

import json
from pathlib import Path

import click

from preau.kit.certificate_file import Certificate, CertificateError, checked
from preau.kit.errors import PreauError


@click.group()
def command() -> None:
    """Check certificates."""


@command.command("verify")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--key", "keys", type=click.Path(path_type=Path), required=True, metavar="KEYFILE",
    help="Public keys of the site that issued it (PEM, one or several).",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print what it says as JSON.")
def verify(file: Path, keys: Path, as_json: bool) -> None:
    """Say whether the site that owns KEYFILE signed exactly what FILE says; needs no site.

    Exits with 1 when it did not, or when the file says that it was revoked.
    """
    try:
        found = checked(_read(file), _read(keys))
    except CertificateError as error:
        raise CertificateError(f"{file}: {error}") from error
    if found.revoked_at:
        raise CertificateError(f"{file}: The certificate was revoked on {found.revoked_at[:10]}.")
    click.echo(json.dumps(found.says, ensure_ascii=False) if as_json else _told(found))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise PreauError(f"{path} can't be read: {error.strerror}.") from error


def _told(found: Certificate) -> str:
    says = found.says
    title = " / ".join(dict.fromkeys(says["course"]["title"].values()))
    return (
        f"Signed by {says['site']}, key {found.key}.\n"
        f"{says['name']}: {title}, issued on {says['issued_at'][:10]}.\n"
        f"Whether it was revoked since, only its page says: {says['address']}"
    )

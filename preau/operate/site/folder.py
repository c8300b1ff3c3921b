"""The site folder: finding it, making it."""

import os
import secrets
import tomllib
from collections.abc import Mapping
from pathlib import Path

from preau.kit.errors import PreauError
from preau.kit.settings_file import FILE, SECRETS, checked, load_settings
from preau.kit.settings_schema import BY_KEY
from preau.kit.settings_template import settings_template

SUBFOLDERS = ("data", "events", "mail", "media", "run", "static")
PARTS = (*(f"{name}/" for name in SUBFOLDERS), FILE, SECRETS)


def find_site(site: str | None, environ: Mapping[str, str]) -> Path:
    """The folder of ``--site``, of ``PREAU_SITE``, or the current one; it must be a site."""
    folder = Path(site or environ.get("PREAU_SITE") or ".").absolute()
    if not (folder / FILE).is_file():
        raise PreauError(
            f"{folder} is not a site: it has no {FILE}. "
            f"Make one with `preau init DIR`, or name one with --site DIR or PREAU_SITE."
        )
    return folder


def make_site(folder: Path, chosen: Mapping[str, str | bool], created: list[str]) -> None:
    """Make what is missing of a site; what is there stays as it is.

    ``chosen`` are the settings to write into a new preau.toml, by key; a preau.toml that says
    otherwise is refused, before anything is made. What was made is appended to ``created``.
    """
    for key, value in chosen.items():
        checked(BY_KEY[key], value, str(folder))
    if (folder / FILE).exists() and (folder / SECRETS).exists():
        _compare(folder, chosen)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in SUBFOLDERS:
            if not (folder / name).is_dir():
                (folder / name).mkdir(mode=0o750)
                created.append(f"{name}/")
        if not (folder / FILE).exists():
            _create(folder / FILE, settings_template(chosen), 0o640)
            created.append(FILE)
        if _make_key(folder / SECRETS):
            created.append(SECRETS)
    except OSError as error:
        raise PreauError(
            f"{folder} can't be made a site: {error.strerror} ({error.filename}). "
            "Choose another folder, or mend its rights."
        ) from error
    _compare(folder, chosen)


def _compare(folder: Path, chosen: Mapping[str, str | bool]) -> None:
    settings = load_settings(folder, {})
    for key, value in chosen.items():
        if settings[key] != value:
            raise PreauError(
                f"{folder / FILE} is there already, with {key} = {settings[key]!r} and not "
                f"{value!r}. It stays as it is: edit it, or choose another folder."
            )


def _make_key(path: Path) -> bool:
    """Give secrets.toml a key; False when it has one, or holds what only a person can mend."""
    line = f'[site]\nsecret_key = "{secrets.token_urlsafe(48)}"\n'
    if not path.exists():
        head = "# Only the site's own account may read this file (mode 0600). Keep it out of git.\n"
        _create(path, head + line, 0o600)
        return True
    text = path.read_text(encoding="utf-8")
    try:
        lacks_one = "site" not in tomllib.loads(text)
    except tomllib.TOMLDecodeError:  # load_settings names the line
        return False
    if lacks_one:
        with path.open("a", encoding="utf-8") as stream:
            stream.write(("\n" if text and not text.endswith("\n") else "") + line)
    return lacks_one


def _create(path: Path, text: str, mode: int) -> None:
    """Write a new file whole or not at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(text)
    draft.rename(path)

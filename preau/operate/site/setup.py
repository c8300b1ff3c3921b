"""Bringing a site's database and static files up to this release."""

import hashlib
import json
from pathlib import Path

import preau
from preau.kit.errors import PreauError
from preau.operate.site.learn_process import ask_learn

STAMP = "ready"
STATIC_STAMP = "static"
MANIFEST = "staticfiles.json"  # Django's: the hashed name of every static file


def release_fingerprint() -> str:
    """Tells one state of the package and the sample course from another."""
    package = Path(preau.__file__).parent
    digest = hashlib.sha256(preau.__version__.encode())
    for root in (package, package.parent / "samples"):
        for path in sorted(root.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                status = path.stat()
                digest.update(f"{path}{status.st_size}{status.st_mtime_ns}".encode())
    return digest.hexdigest()[:16]


def is_ready(site: Path, what: str) -> bool:
    """Whether ``bring_up`` was done for this release (and ``what``) already."""
    stamp = site / "run" / STAMP
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == _stamp(what)


def bring_up(site: Path) -> None:
    """Migrate the database and gather the static files."""
    ask_learn(site, "migrate", "--no-input", "--verbosity", "0")
    gather_static(site, release_fingerprint())


def refresh_static(site: Path) -> bool:
    """Gather the static files if another release did it last; whether it was needed.

    Raises ``PreauError`` when the database still has to be brought up to this release.
    """
    release = release_fingerprint()
    stamp = site / "run" / STATIC_STAMP
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == _stamp(release):
        return False
    _require_migrated(site)
    gather_static(site, release)
    return True


def _require_migrated(site: Path) -> None:
    waiting = json.loads(ask_learn(site, "check_site", "--json"))["pending_migrations"]
    if waiting:
        raise PreauError(
            f"The database of {site} is not at this release yet: {waiting} migrations wait. "
            f"Run `preau init {site}`, which is safe to repeat, then serve."
        )


def gather_static(site: Path, release: str) -> None:
    """Fill ``static/``, and remember for which release.

    The files of the release before stay, for pages that are open or under way; older ones go.
    """
    static = site / "static"
    before = _named(static)
    ask_learn(site, "collectstatic", "--no-input", "--verbosity", "0")
    now = _named(static)
    if now != before:
        _remove_others(static, before | now | {MANIFEST})
    _keep(site / "run" / STATIC_STAMP, release)


def _named(static: Path) -> set[str]:
    """The files that the last release gathered there names, by their path in ``static/``."""
    try:
        return set(json.loads((static / MANIFEST).read_text(encoding="utf-8"))["paths"].values())
    except FileNotFoundError:
        return set()


def _remove_others(static: Path, wanted: set[str]) -> None:
    for path in static.rglob("*"):
        if path.is_file() and path.relative_to(static).as_posix() not in wanted:
            path.unlink()


def mark_ready(site: Path, what: str) -> None:
    """Remember that ``bring_up`` is done."""
    _keep(site / "run" / STAMP, what)


def _keep(path: Path, what: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(_stamp(what), encoding="utf-8")


def _stamp(what: str) -> str:
    return f"{preau.__version__} {what}\n"

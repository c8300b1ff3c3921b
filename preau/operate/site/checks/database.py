"""Database and cache, as the site itself finds them.

The site's management command ``check_site --json`` prints one object:
``{"database": "SQLite 3.40.1", "pending_migrations": 0, "cache": "ok", "error": ""}``.
``error`` says why the database can't be reached, ``cache`` why the cache does not work.
"""

import json
import sqlite3
from urllib.parse import urlsplit

from preau.kit.errors import PreauError
from preau.operate.site.checks.finding import Finding, Site, settings_of
from preau.operate.site.learn_process import ask_learn

_KEYS = {"database", "pending_migrations", "cache", "error"}


def check(site: Site) -> list[Finding]:
    """Asks the site's management command, a process of its own."""
    try:
        found = _parsed(ask_learn(site.folder, "check_site", "--json"))
    except PreauError as error:
        return [Finding("database", "error", str(error), "Mend that, then run doctor again.")]
    return [_database(found, site), *_write_ahead_log(site), _cache(found)]


def _parsed(printed: str) -> dict[str, object]:
    try:
        found = json.loads(printed)
    except ValueError:
        found = None
    if not isinstance(found, dict) or not found.keys() >= _KEYS:
        raise PreauError("`preau manage check_site --json` did not say what was asked.")
    return found


def _database(found: dict[str, object], site: Site) -> Finding:
    if found["error"]:
        return Finding(
            "database", "error", str(found["error"]).splitlines()[0],
            "Start the database, or correct database.url and its password.",
        )  # fmt: skip
    if found["pending_migrations"]:
        return Finding(
            "database", "error",
            f"{found['database']}, {found['pending_migrations']} migrations wait",
            f"Run: preau init {site.folder}",
        )  # fmt: skip
    return Finding("database", "ok", f"{found['database']}, up to date")


def _write_ahead_log(site: Site) -> list[Finding]:
    """SQLite only: with its write-ahead log readers never wait for the writer."""
    url = urlsplit(settings_of(site)["database.url"])
    path = site.folder / url.path.removeprefix("/")
    if url.scheme != "sqlite" or not path.is_file():
        return []
    try:
        connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
        try:
            (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
        finally:
            connection.close()
    except sqlite3.Error as error:
        mode = str(error)
    if mode == "wal":
        return [Finding("sqlite", "ok", "write-ahead log is on")]
    return [
        Finding(
            "sqlite", "warning", f"no write-ahead log ({mode}): readers wait for writers",
            f"Keep {path.parent} on a local disk; a network file system can't do it.",
        )
    ]  # fmt: skip


def _cache(found: dict[str, object]) -> Finding:
    if found["cache"] == "ok":
        return Finding("cache", "ok", "keeps what it is given")
    return Finding("cache", "error", str(found["cache"]), "Start it, or correct cache.url.")

"""``database.url`` and ``cache.url`` as Django wants them."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from preau.kit.errors import PreauError
from preau.kit.settings_file import Settings

_SQLITE_START = "; ".join(
    f"PRAGMA {pragma}"
    for pragma in (
        "journal_mode=WAL",  # readers never wait for the writer
        "synchronous=FULL",  # what was acknowledged outlives a power cut
        "temp_store=MEMORY",
        "mmap_size=268435456",
        "cache_size=-16000",  # KiB
    )
)


def database_settings(site: Settings, folder: Path) -> dict[str, Any]:
    """The entry of ``DATABASES``. Raises ``PreauError`` for a URL that names no database."""
    url = urlsplit(str(site["database.url"]))
    patience = float(site["database.wait_seconds"])
    if url.scheme == "sqlite":
        return _sqlite(folder, url.path.removeprefix("/"), patience)
    engines = {
        "postgresql": "preau.learn.databases.postgresql",
        "postgres": "preau.learn.databases.postgresql",
        "mariadb": "preau.learn.databases.mysql",
        "mysql": "preau.learn.databases.mysql",
    }  # fmt: skip
    if url.scheme not in engines:
        raise PreauError(
            f"database.url begins with “{url.scheme}”; use sqlite, postgresql, mariadb or mysql."
        )
    settings: dict[str, Any] = {
        "ENGINE": engines[url.scheme],
        "NAME": unquote(url.path.removeprefix("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": str(site["database.password"] or "") or unquote(url.password or ""),
        "HOST": url.hostname or "",
        "PORT": str(url.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }
    if engines[url.scheme].endswith("mysql"):
        _use_pymysql()
        settings["OPTIONS"] = {
            "charset": "utf8mb4",
            "isolation_level": "read committed",
            "connect_timeout": max(1, round(patience)),
        }
    else:
        settings["OPTIONS"] = {
            "connect_timeout": max(1, round(patience)),
            # A query that comes again is planned once in each connection: planning the joins of
            # a page costs the server more than answering them.
            "server_side_binding": True,
            "prepare_threshold": 2,
        }
    return settings


def _sqlite(folder: Path, name: str, patience: float) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": folder / name,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": patience,  # seconds a writer waits for its turn
            "transaction_mode": "IMMEDIATE",
            "init_command": _SQLITE_START,
        },
    }


def _use_pymysql() -> None:
    """Let Django use PyMySQL, which needs no compiler, as its MySQL driver."""
    try:
        import pymysql
    except ImportError:
        raise PreauError(
            "This site's database is MariaDB or MySQL; "
            "install its driver: pip install 'preau[mariadb]'"
        ) from None
    pymysql.version_info = (2, 2, 7, "final", 0)
    pymysql.install_as_MySQLdb()


def cache_settings(site: Settings, folder: Path) -> dict[str, Any]:
    """The entry of ``CACHES``: Redis where it is named, else a file that all workers share."""
    if url := str(site["cache.url"]):
        return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url}
    return {
        "BACKEND": "preau.learn.databases.sqlite_cache.SQLiteCache",
        "LOCATION": folder / "run" / "cache.sqlite3",
    }

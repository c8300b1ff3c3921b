"""A filled site on each database."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

from benchmarks.server import ROOT
from preau.operate.site.folder import make_site
from preau.operate.site.learn_process import learn_environment
from preau.operate.site.setup import bring_up

POSTGRESQL = os.environ.get("PREAU_BENCH_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432")
NAME = "preau_bench"
_SERVER_LIMIT = "100000/s"  # sign-ins from one address: the throttle is not what is measured


@dataclass(frozen=True)
class Site:
    """A site that is ready to be served, and what its filler says of it."""

    database: str  # sqlite or postgresql
    folder: Path
    facts: dict[str, Any]
    name: str = NAME  # of the database on PostgreSQL

    @property
    def environment(self) -> dict[str, str]:
        """The environment of its processes, as ``preau serve`` gives it."""
        return learn_environment(self.folder, os.environ)


def postgresql_answers() -> bool:
    """Whether there is a PostgreSQL to measure."""
    parts = urlsplit(POSTGRESQL)
    try:
        with socket.create_connection((parts.hostname or "", parts.port or 5432), timeout=2):
            return True
    except OSError:
        return False


@contextmanager
def filled_site(
    database: str, folder: Path, filler: Sequence[object], name: str = NAME
) -> Iterator[Site]:
    """A new site in ``folder``; its database ``name`` is dropped at the end.

    ``filler`` is the module that fills it and what it is told before the folder for courses; the
    last line that it prints is what is known of the site.
    """
    url = "sqlite:///data/preau.sqlite3"
    if database == "postgresql":
        _drop_database(name)
        _administer(f"CREATE DATABASE {name}")
        url = f"{POSTGRESQL}/{name}"
    try:
        chosen = {"database.url": url, "limits.sign_in_per_address": _SERVER_LIMIT}
        make_site(folder, chosen, [])
        bring_up(folder)
        words = [*map(str, filler), str(folder / "courses")]
        yield Site(database, folder, ask_in_site(folder, *words), name)
    finally:
        if database == "postgresql":
            _drop_database(name)


def ask_in_site(folder: Path, module: str, *words: str) -> dict[str, Any]:
    """Run a module in the site, for it loads Django; the JSON in the last line that it prints."""
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        env=learn_environment(folder, os.environ),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{module} failed in the site; the reason is above.")
    facts: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return facts


def _drop_database(name: str) -> None:
    _administer(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _administer(statement: str) -> None:
    with psycopg.connect(f"{POSTGRESQL}/postgres", autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]

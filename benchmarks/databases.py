"""A filled site on each database."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
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
    """A site that is ready to be served, and what is known of it (``benchmarks.site``)."""

    database: str  # sqlite or postgresql
    folder: Path
    facts: dict[str, Any]

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
def filled_site(database: str, folder: Path, learners: int) -> Iterator[Site]:
    """A new site in ``folder``; its database is dropped at the end."""
    url = "sqlite:///data/preau.sqlite3"
    if database == "postgresql":
        _drop_database()
        _administer(f"CREATE DATABASE {NAME}")
        url = f"{POSTGRESQL}/{NAME}"
    try:
        chosen = {"database.url": url, "limits.sign_in_per_address": _SERVER_LIMIT}
        make_site(folder, chosen, [])
        bring_up(folder)
        yield Site(database, folder, _fill(folder, learners))
    finally:
        if database == "postgresql":
            _drop_database()


def _fill(folder: Path, learners: int) -> dict[str, Any]:
    """Run ``benchmarks.site`` in the site; what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.site", str(learners), str(folder / "courses")],
        env=learn_environment(folder, os.environ),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit("The site could not be filled; the reason is above.")
    facts: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return facts


def _drop_database() -> None:
    _administer(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")


def _administer(statement: str) -> None:
    with psycopg.connect(f"{POSTGRESQL}/postgres", autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]

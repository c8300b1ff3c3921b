"""A database of its own for a served site, on each server that is there."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg
import pymysql
import pytest

from tests.run import MARIADB, POSTGRESQL, answers

NAMES = ("SQLite", "PostgreSQL", "MariaDB")


@contextmanager
def new_database(name: str) -> Iterator[dict[str, str]]:
    """The settings of a site on a new database, which is dropped at the end."""
    if name == "SQLite":
        yield {}
        return
    server = POSTGRESQL if name == "PostgreSQL" else MARIADB
    if not answers(server):
        assert os.environ.get("CI") != "true", f"{name} is missing"
        pytest.skip(f"no {name}; start one on 127.0.0.1, or set PREAU_TEST_{name.upper()}")
    database = f"preau_journey_{uuid.uuid4().hex[:12]}"
    _administer(name, server, f"CREATE DATABASE {database}")
    try:
        yield {"PREAU_DATABASE_URL": f"{server.rsplit('/', 1)[0]}/{database}"}
    finally:
        force = " WITH (FORCE)" if name == "PostgreSQL" else ""
        _administer(name, server, f"DROP DATABASE {database}{force}")


def _administer(name: str, server: str, statement: str) -> None:
    if name == "PostgreSQL":
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(statement)
        return
    parts = urlsplit(server)
    connection = pymysql.connect(
        host=parts.hostname or "", port=parts.port or 3306, user=parts.username or "",
        password=parts.password or "",
    )  # fmt: skip
    with connection, connection.cursor() as cursor:
        cursor.execute(statement)

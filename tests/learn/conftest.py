"""A database that threads share, for all tests of the site."""

import pytest
from django.db import connection


@pytest.fixture
def shared_database(transactional_db, tmp_path):
    """A database that threads really share: SQLite's is moved from memory into a file.

    In memory, threads would share one cache and be refused instead of waiting for their turn.
    """
    if connection.vendor != "sqlite" or not connection.is_in_memory_db():
        yield
        return
    in_memory, name = connection.connection, connection.settings_dict["NAME"]
    connection.connection = None
    connection.settings_dict["NAME"] = str(tmp_path / "shared.sqlite3")
    connection.connect()
    in_memory.backup(connection.connection)
    yield
    connection.close()
    connection.settings_dict["NAME"] = name
    connection.connection = in_memory

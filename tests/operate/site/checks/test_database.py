"""What the doctor makes of ``check_site --json``."""

import json
import sqlite3

import pytest

from preau.kit.errors import PreauError
from preau.kit.settings_file import load_settings
from preau.operate.site.checks import Site, database
from preau.operate.site.folder import make_site

WELL = {"database": "SQLite 3.40.1", "pending_migrations": 0, "cache": "ok", "error": ""}


@pytest.fixture
def examined(tmp_path, monkeypatch):
    """The findings, by check, when the site says ``said``."""
    make_site(tmp_path, {}, [])

    def examine(said):
        monkeypatch.setattr(database, "ask_learn", lambda *_words: said)
        site = Site(tmp_path, load_settings(tmp_path, {}))
        return {finding.check: finding for finding in database.check(site)}

    return examine


def test_a_site_that_is_well(examined):
    found = examined(json.dumps(WELL))
    assert {name: it.verdict for name, it in found.items()} == {"database": "ok", "cache": "ok"}
    assert found["database"].message == "SQLite 3.40.1, up to date"


def test_migrations_that_wait(examined, tmp_path):
    found = examined(json.dumps({**WELL, "pending_migrations": 2}))
    assert found["database"].verdict == "error"
    assert "2 migrations wait" in found["database"].message
    assert found["database"].what_to_do == f"Run: preau init {tmp_path}"


def test_a_database_and_a_cache_that_do_not_answer(examined):
    found = examined(json.dumps({**WELL, "error": "refused\nat length", "cache": "no Redis"}))
    assert (found["database"].verdict, found["database"].message) == ("error", "refused")
    assert (found["cache"].verdict, found["cache"].message) == ("error", "no Redis")


@pytest.mark.parametrize("said", ["", "not JSON", "[]", '{"database": "x"}'])
def test_a_site_that_says_something_else(examined, said):
    assert examined(said)["database"].verdict == "error"


def test_a_site_that_can_t_be_asked(examined, monkeypatch, tmp_path):
    def fail(*_words):
        raise PreauError("it failed")

    monkeypatch.setattr(database, "ask_learn", fail)
    (finding,) = database.check(Site(tmp_path))
    assert (finding.verdict, finding.message) == ("error", "it failed")


@pytest.mark.parametrize(("mode", "verdict"), [("wal", "ok"), ("delete", "warning")])
def test_sqlite_with_and_without_its_write_ahead_log(examined, tmp_path, mode, verdict):
    connection = sqlite3.connect(tmp_path / "data/preau.sqlite3")
    connection.execute(f"PRAGMA journal_mode={mode}")
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    assert examined(json.dumps(WELL))["sqlite"].verdict == verdict

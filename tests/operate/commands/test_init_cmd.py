"""``preau init``."""

import stat
import tomllib

from preau.kit.settings_file import load_settings

PARTS = "data/, events/, mail/, media/, run/, static/, preau.toml, secrets.toml"


def test_it_makes_a_whole_site(preau, tmp_path):
    site = tmp_path / "deep" / "site"
    done = preau("init", site)
    assert done.code == 0, done.err
    assert f"  made   {PARTS}\n" in done.out
    assert (site / "data/preau.sqlite3").is_file()
    assert list((site / "static/theme").glob("base.*.css"))
    assert stat.S_IMODE((site / "secrets.toml").stat().st_mode) == 0o600
    assert len(load_settings(site, {})["site.secret_key"]) >= 32
    assert f"preau serve --site {site}" in done.out


def test_it_is_safe_to_repeat(preau, site):
    before = {path: path.read_bytes() for path in site.glob("*.toml")}
    done = preau("init", site)
    assert done.code == 0, done.err
    assert f"  there  {PARTS}\n" in done.out
    assert "made" not in done.out
    assert {path: path.read_bytes() for path in site.glob("*.toml")} == before


def test_it_makes_what_was_lost(preau, site):
    (site / "mail").rmdir()
    assert "  made   mail/\n" in preau("init", site).out


def test_it_writes_the_database_it_is_told(preau, tmp_path):
    done = preau("init", tmp_path / "s", "--database", "sqlite:///data/other.sqlite3")
    assert done.code == 0, done.err
    written = tomllib.loads((tmp_path / "s/preau.toml").read_text())
    assert written["database"] == {"url": "sqlite:///data/other.sqlite3"}
    assert (tmp_path / "s/data/other.sqlite3").is_file()


def test_it_refuses_a_database_it_does_not_know_and_makes_nothing(preau, tmp_path):
    done = preau("init", tmp_path / "s", "--database", "oracle://h/n")
    assert done.code == 2
    assert "“database.url” ('oracle://h/n') must begin with sqlite://" in done.err
    assert not (tmp_path / "s").exists()


def test_it_refuses_to_be_told_otherwise_than_the_file(preau, site):
    done = preau("init", site, "--database", "postgresql://u@h/n")
    assert done.code == 1
    assert "is there already, with database.url = 'sqlite:///data/preau.sqlite3'" in done.err


def test_a_database_that_does_not_answer_is_one_sentence(preau, tmp_path, free_port):
    done = preau("init", tmp_path / "s", "--database", f"postgresql://u@127.0.0.1:{free_port}/n")
    assert done.code == 1
    assert done.err.startswith("Error: `preau manage migrate")
    assert done.err.count("\n") == 1


def test_a_place_where_nothing_can_be_made_is_one_sentence(preau, tmp_path):
    (tmp_path / "file").touch()
    done = preau("init", tmp_path / "file" / "site")
    assert done.code == 1
    assert "can't be made a site: Not a directory" in done.err

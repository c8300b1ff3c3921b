"""``preau doctor``."""

import json

CHECKS = [
    "settings", "secrets", "https", "visitors", "python", "time zones", "open files", "folders", "disk",
    "database", "sqlite", "cache", "mail", "server",
]  # fmt: skip


def test_a_new_site_is_well(preau, site, free_port, monkeypatch):
    monkeypatch.setenv("PREAU_SERVER_PORT", str(free_port))
    done = preau("doctor", "--json", "--site", site)
    found = json.loads(done.out)
    assert [row["check"] for row in found] == CHECKS
    assert all(row.keys() == {"check", "verdict", "message", "what_to_do"} for row in found)
    assert {row["check"] for row in found if row["verdict"] == "error"} == set()
    assert done.code == 0


def test_each_check_is_a_line_and_what_to_do(preau, site, free_port, monkeypatch):
    monkeypatch.setenv("PREAU_SERVER_PORT", str(free_port))
    out = preau("doctor", "--site", site).out
    assert "ok       folders     all can be written\n" in out
    assert "warning  mail        letters are only written to " in out
    assert '                     → For a real site set mail.delivery = "smtp".\n' in out


def test_an_error_has_an_exit_code(preau, site):
    (site / "preau.toml").write_text("[server]\nport = 0\n")
    done = preau("doctor", "--site", site)
    assert done.code == 1
    assert "error    settings    " in done.out
    assert "preau.toml:2: “server.port” (0) must lie between 1 and 65535." in done.out

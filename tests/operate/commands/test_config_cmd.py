"""``preau config``."""

import json

from preau.kit.settings_page import settings_markdown
from preau.kit.settings_schema import SETTINGS


def test_show_tells_every_value_and_its_origin(preau, site, monkeypatch):
    (site / "preau.toml").write_text("[server]\nport = 9000\n")
    monkeypatch.setenv("PREAU_SITE_NAME", "École")
    lines = preau("config", "show", "--site", site).out.splitlines()
    assert [line.split()[0] for line in lines] == [setting.key for setting in SETTINGS]
    words = [" ".join(line.split()) for line in lines]
    assert "server.port 9000 ← preau.toml:2" in words
    assert 'site.name "École" ← PREAU_SITE_NAME' in words
    assert "server.workers 0" in words
    assert len({line.index(line.split()[1]) for line in lines if len(line.split()) > 1}) == 1


def test_show_never_shows_a_secret(preau, site):
    secret = json.loads(preau("config", "show", "--json", "--site", site).out)
    values = {row["setting"]: row["value"] for row in secret}
    assert values["site.secret_key"] == "(set)"
    assert values["mail.password"] == "(not set)"


def test_explain_explains_one_or_all(preau):
    one = preau("config", "explain", "server.port").out
    assert "server.port  (whole number, default 8000)" in one
    assert "[PREAU_SERVER_PORT]" in one
    every = preau("config", "explain").out
    for setting in SETTINGS:
        assert setting.key in every
        assert setting.help in every


def test_explain_writes_the_reference_page(preau):
    assert preau("config", "explain", "--markdown").out == settings_markdown()


def test_explain_refuses_what_is_no_setting(preau):
    done = preau("config", "explain", "server.prot")
    assert done.code == 1
    assert "“server.prot” is not a setting; did you mean “server.port”?" in done.err

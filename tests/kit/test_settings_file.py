"""Reading a site's settings."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preau.kit.settings_file import SettingsError, load_settings
from preau.kit.settings_page import settings_markdown
from preau.kit.settings_schema import SETTINGS

KEY = "k" * 40


@pytest.fixture
def site(tmp_path):
    secrets = tmp_path / "secrets.toml"
    secrets.touch(0o600)
    secrets.write_text(f'[site]\nsecret_key = "{KEY}"\n')
    (tmp_path / "preau.toml").write_text("")
    return tmp_path


def test_it_gives_defaults_where_nothing_is_set(site):
    settings = load_settings(site, {})
    assert settings["server.port"] == 8000
    assert settings.origin("server.port") == "default"


def test_it_reads_the_file_and_says_the_line(site):
    (site / "preau.toml").write_text("# mine\n[server]\nworkers = 3\nport = 9000\n")
    settings = load_settings(site, {})
    assert settings["server.port"] == 9000
    assert settings.origin("server.port") == "preau.toml:4"


def test_the_environment_goes_before_the_file(site):
    (site / "preau.toml").write_text("[server]\nport = 9000\n")
    environ = {"PREAU_SERVER_PORT": "9001", "PREAU_SITE_LANGUAGES": "en, fr", "HOME": "/x"}
    settings = load_settings(site, environ)
    assert settings["server.port"] == 9001
    assert settings["site.languages"] == ["en", "fr"]
    assert settings.origin("server.port") == "PREAU_SERVER_PORT"


def test_the_hosts_follow_from_the_address(site):
    (site / "preau.toml").write_text('[site]\naddress = "https://mooc.example.org"\n')
    assert load_settings(site, {})["site.allowed_hosts"][0] == "mooc.example.org"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[sever]\nport = 1\n", ":1: “sever” is not a known section; did you mean “server”?"),
        ("[server]\nprot = 1\n", ":2: “server.prot” is not a known setting; did you mean “server.port”?"),
        ('[server]\nport = "x"\n', ":2: “server.port” must be a whole number, not 'x'."),
        ("[server]\nport = true\n", ":2: “server.port” must be a whole number, not True."),
        ("[server]\n\nport = 70000\n", ":3: “server.port” (70000) must lie between 1 and 65535."),
        ('[mail]\ndelivery = "pigeon"\n', ":2: “mail.delivery” ('pigeon') must be one of"),
        ('[site]\ntime_zone = "Mars/Olympus"\n', ":2: “site.time_zone” ('Mars/Olympus') is not a time zone"),
        ('[site]\nlanguages = ["fr", "tlh"]\n', ":2: “site.languages” (['fr', 'tlh']) knows fr and en, not tlh."),
        ('[limits]\nsign_in_per_account = "many"\n', ":2: “limits.sign_in_per_account” ('many') must be written"),
        ('[database]\nurl = "oracle://x/y"\n', ":2: “database.url” ('oracle://x/y') must begin with"),
        ('[database]\npassword = "p"\n', ":2: “database.password” is a secret; move it to secrets.toml"),
        ("server = 3\n", ":1: “server” is not a known section"),
        ("[server]\nport = \n", ":2: can't be read: Invalid value"),
        ("[server]\nport.x = 1\n", ":2: “server.port” must be a whole number, not {'x': 1}."),
        ('[server]\ntrusted_proxies = ["nginx"]\n', "must hold addresses like 10.0.0.1; “nginx” is none"),
        ('[database]\nurl = "sqlite://data/x"\n', "must be sqlite:///FILE"),
        ("server = { prot = 1 }\n", ":1: “server.prot” is not a known setting"),
        ("server.port = 0\n", ":1: “server.port” (0) must lie between"),
    ],
)  # fmt: skip
def test_it_refuses_what_is_wrong_by_name_and_line(site, text, sentence):
    (site / "preau.toml").write_text(text)
    with pytest.raises(SettingsError) as caught:
        load_settings(site, {})
    assert str(caught.value).startswith(str(site / "preau.toml"))
    assert sentence in str(caught.value)


def test_it_refuses_a_database_password_in_the_address_without_showing_others_it(site):
    (site / "preau.toml").write_text('[database]\nurl = "postgresql://u:secret@h/n"\n')
    with pytest.raises(SettingsError, match=r"put it into secrets\.toml") as caught:
        load_settings(site, {})
    assert "secret@" not in str(caught.value)


def test_it_refuses_secrets_that_others_can_read(site):
    (site / "secrets.toml").chmod(0o644)
    with pytest.raises(SettingsError, match="chmod 600"):
        load_settings(site, {})


def test_it_refuses_a_plain_setting_among_the_secrets(site):
    (site / "secrets.toml").write_text(f'[site]\nsecret_key = "{KEY}"\nname = "x"\n')
    with pytest.raises(SettingsError, match="“site.name” is no secret"):
        load_settings(site, {})


def test_it_refuses_an_unknown_variable(site):
    with pytest.raises(SettingsError, match="did you mean “PREAU_SERVER_PORT”"):
        load_settings(site, {"PREAU_SERVER_PROT": "1"})


def test_it_refuses_a_variable_of_the_wrong_type(site):
    with pytest.raises(SettingsError, match="must be a yes or no, not 'maybe'"):
        load_settings(site, {"PREAU_SITE_DEMO": "maybe"})


def test_a_wrong_secret_is_never_shown(site):
    (site / "secrets.toml").write_text('[site]\nsecret_key = "hunter2"\n')
    with pytest.raises(SettingsError) as caught:
        load_settings(site, {})
    assert "hunter2" not in str(caught.value)


def test_a_secret_of_the_wrong_type_is_never_shown(site):
    (site / "secrets.toml").write_text("[mail]\npassword = 12345\n")
    with pytest.raises(
        SettingsError, match=r"secrets\.toml:2: “mail.password” must be a text"
    ) as caught:
        load_settings(site, {})
    assert "12345" not in str(caught.value)


def test_a_secret_says_where_it_was_set(site):
    settings = load_settings(site, {"PREAU_MAIL_PASSWORD": "p"})
    assert settings.origin("site.secret_key") == "secrets.toml:2"
    assert settings.origin("mail.password") == "PREAU_MAIL_PASSWORD"


def test_a_site_without_a_key_is_refused(site):
    (site / "secrets.toml").unlink()
    with pytest.raises(SettingsError, match="preau init"):
        load_settings(site, {})


def test_outside_a_site_the_key_is_nobodys(tmp_path):
    assert (
        load_settings(tmp_path, {})["site.secret_key"]
        != load_settings(tmp_path, {})["site.secret_key"]
    )


def test_every_default_is_of_its_type_and_passes_its_check():
    for setting in SETTINGS:
        if not setting.secret:
            assert setting.check(setting.default) == "", setting.key


def test_the_reference_page_is_up_to_date():
    page = Path(__file__).parents[2] / "docs/reference/settings.md"
    assert page.read_text() == settings_markdown(), "run: preau config explain --markdown"
    for setting in SETTINGS:
        assert re.search(rf"`{setting.name}`<br>`{setting.variable}`", page.read_text())


def refusal(site, environ):
    """What is said against these settings; "" when they are taken."""
    try:
        load_settings(site, environ)
    except SettingsError as error:
        return str(error)
    return ""


any_value = st.one_of(
    st.integers(),
    st.floats(),
    st.booleans(),
    st.text(st.characters(codec="utf-8", exclude_categories=["C"])),
    st.lists(st.text("abfren,./:@", max_size=8), max_size=3),
    st.sampled_from(["1979-05-27", "{ a = 1 }", "[[1], [2]]"]),
)


@given(st.sampled_from([it for it in SETTINGS if not it.secret]), any_value)
def test_whatever_is_written_there_it_is_taken_or_refused_by_its_line(
    tmp_path_factory, setting, value
):
    site = tmp_path_factory.mktemp("site")
    (site / "secrets.toml").touch(0o600)
    (site / "secrets.toml").write_text(f'[site]\nsecret_key = "{KEY}"\n')
    written = str(value) if isinstance(value, float) else json.dumps(value, ensure_ascii=False)
    text = f"# first\n[{setting.section}]\n\n{setting.name} = {written}\n"
    (site / "preau.toml").write_text(text, encoding="utf-8")
    said = refusal(site, {})
    assert not said or said.startswith(f"{site / 'preau.toml'}:4: ")


@given(st.sampled_from(SETTINGS), st.text(st.characters(exclude_characters="\0")))
def test_whatever_a_variable_holds_it_is_taken_or_refused_by_its_name(setting, text):
    said = refusal(Path("/nonexistent"), {setting.variable: text})
    assert not said or said.startswith(f"environment: {setting.variable}: ")

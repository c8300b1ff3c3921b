"""Making a site folder."""

import stat
import tomllib

import pytest

from preau.kit.errors import PreauError
from preau.kit.settings_file import load_settings
from preau.operate.site.folder import PARTS, find_site, make_site


def test_every_part_is_made_once(tmp_path):
    first, second = [], []
    make_site(tmp_path, {}, first)
    make_site(tmp_path, {}, second)
    assert tuple(first) == PARTS
    assert second == []
    assert [path.name for path in tmp_path.glob(".*")] == []


def test_two_sites_never_share_a_key(tmp_path):
    keys = set()
    for name in ("a", "b"):
        make_site(tmp_path / name, {}, [])
        keys.add(load_settings(tmp_path / name, {})["site.secret_key"])
    assert len(keys) == 2


def test_secrets_without_a_key_get_one_and_keep_the_rest(tmp_path):
    secrets = tmp_path / "secrets.toml"
    secrets.touch(0o600)
    secrets.write_text('[database]\npassword = "p"')
    created = []
    make_site(tmp_path, {}, created)
    assert "secrets.toml" in created
    settings = load_settings(tmp_path, {})
    assert settings["database.password"] == "p"
    assert len(settings["site.secret_key"]) >= 32
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o600


def test_secrets_with_a_wrong_line_stay_as_they_are(tmp_path):
    secrets = tmp_path / "secrets.toml"
    secrets.touch(0o600)
    secrets.write_text("[site\n")
    with pytest.raises(PreauError, match=r"secrets\.toml:1: can't be read"):
        make_site(tmp_path, {}, [])
    assert secrets.read_text() == "[site\n"


def test_what_is_chosen_is_written(tmp_path):
    make_site(tmp_path, {"site.demo": True}, [])
    assert tomllib.loads((tmp_path / "preau.toml").read_text())["site"] == {"demo": True}
    make_site(tmp_path, {"site.demo": True}, [])


def test_a_site_that_says_otherwise_is_left_alone(tmp_path):
    make_site(tmp_path, {}, [])
    (tmp_path / "mail").rmdir()
    with pytest.raises(PreauError, match=r"site\.demo = False and not True"):
        make_site(tmp_path, {"site.demo": True}, [])
    assert not (tmp_path / "mail").exists()


def test_a_site_is_found_where_it_is_named(tmp_path):
    make_site(tmp_path, {}, [])
    assert find_site(str(tmp_path), {"PREAU_SITE": "/elsewhere"}) == tmp_path
    assert find_site(None, {"PREAU_SITE": str(tmp_path)}) == tmp_path

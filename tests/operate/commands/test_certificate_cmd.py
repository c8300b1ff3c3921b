"""``preau certificate verify``: by the public keys alone, without the site."""

import json

import pytest

from tests.kit.test_certificate_file import PUBLIC, SAYS, new_key, public_key, signed, written


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "certificate.json"
    path.write_bytes(written(signed(), indent=2))
    return path


@pytest.fixture
def keys(tmp_path):
    path = tmp_path / "keys.pem"
    path.write_text(PUBLIC)
    return path


def test_one_that_holds_is_told(preau, file, keys):
    done = preau("certificate", "verify", file, "--key", keys)
    assert done.code == 0, done.err
    assert "Signed by Préau, key " in done.out
    assert "Ada Bernard: A small course / Un petit cours, issued on 2026-11-28." in done.out
    assert SAYS["address"] in done.out


def test_what_it_says_as_json(preau, file, keys):
    done = preau("certificate", "verify", file, "--key", keys, "--json")
    assert (done.code, json.loads(done.out)) == (0, SAYS)


def test_one_that_was_changed_is_refused_in_one_line(preau, file, keys):
    file.write_text(file.read_text().replace("Ada", "Eve"))
    done = preau("certificate", "verify", file, "--key", keys)
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert f"{file}: The signature does not hold" in done.err


def test_the_keys_of_another_site_are_refused(preau, file, keys):
    keys.write_text(public_key(new_key()))
    done = preau("certificate", "verify", file, "--key", keys)
    assert (done.code, "take the public keys of the site" in done.err) == (1, True)


def test_one_that_says_it_was_revoked_fails(preau, file, keys):
    file.write_bytes(written(signed(revoked_at="2026-12-01T08:00:00+00:00")))
    done = preau("certificate", "verify", file, "--key", keys)
    assert (done.code, "revoked on 2026-12-01" in done.err) == (1, True)


@pytest.mark.parametrize("which", [0, 1])
def test_a_file_that_is_not_there_is_named(preau, file, keys, tmp_path, which):
    paths = [file, keys]
    paths[which] = tmp_path / "none"
    done = preau("certificate", "verify", paths[0], "--key", paths[1])
    assert (done.code, done.err.count("\n")) == (1, 1)
    assert f"{tmp_path / 'none'} can't be read" in done.err


def test_without_keys_it_says_that_it_needs_some(preau, file):
    done = preau("certificate", "verify", file)
    assert (done.code, "--key" in done.err) == (2, True)

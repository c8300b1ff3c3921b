"""The key that signs: secret, made once, and every public half is kept."""

import logging
import stat

import pytest

from preau.kit.certificate_file import checked
from preau.learn.certificates.keys import FILE
from preau.learn.certificates.models import Certificate, PublicKey
from preau.learn.enrolments.actions import place_in_run
from tests.learn.certificates.certified import address_of, certified_run, finish, signed_file
from tests.learn.enrolments.doing import read
from tests.people import ada, person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path):
    return certified_run(tmp_path / "course")


def test_it_is_made_with_the_first_certificate_for_its_owner_only(run, site_folder):
    visitor = signed_in(None)
    assert "No certificate was issued yet" in read(visitor, "/certificates/")
    assert visitor.get("/certificates/keys.pem").content == b""
    finish(ada(run))
    assert stat.S_IMODE((site_folder / FILE).stat().st_mode) == 0o600
    page = visitor.get("/certificates/").content.decode()
    assert PublicKey.objects.get().fingerprint in page
    assert "PRIVATE" not in page


def test_a_key_that_others_can_read_is_not_used_and_no_work_is_lost(run, site_folder, caplog):
    (site_folder / FILE).touch(0o644)
    (site_folder / FILE).chmod(0o644)
    browser = finish(ada(run))
    assert "chmod 600" in caplog.text
    assert not Certificate.objects.exists()
    assert "it is being made" in read(browser, f"/runs/{run.key}/certificate/")


def test_a_file_that_is_no_key_is_named_and_no_work_is_lost(run, site_folder, caplog):
    (site_folder / FILE).touch(0o600)
    (site_folder / FILE).write_text("secret nonsense")
    finish(ada(run))
    assert "no private key" in caplog.text
    assert "nonsense" not in caplog.text
    assert not Certificate.objects.exists()


def test_after_a_lost_key_both_old_and_new_certificates_hold(run, site_folder, caplog):
    first, second = ada(run), person("Bea")
    place_in_run(second, run)
    finish(first)
    (site_folder / FILE).unlink()
    with caplog.at_level(logging.WARNING):
        finish(second)
    assert "have a new key from now on" in caplog.text
    assert PublicKey.objects.count() == 2
    for who in (first, second):
        file, keys = signed_file(signed_in(who), address_of(who))
        assert checked(file, keys).says["name"] == who.name

"""Who sees a certificate, and what they see: page, PDF, signed file."""

import io
import json

import pytest
from pypdf import PdfReader

from preau.kit.certificate_file import CertificateError, checked
from preau.learn.certificates import says
from preau.learn.certificates.actions import revoke, set_public
from preau.learn.certificates.models import Certificate
from preau.learn.enrolments.actions import place_in_run, unenrol
from preau.learn.enrolments.models import Enrolment
from tests.learn.certificates.certified import (
    address_of,
    buttons,
    certificate_of,
    certified_run,
    finish,
    signed_file,
)
from tests.learn.enrolments.doing import COURSE, read, said, see
from tests.people import RUN, ada, claire, mina, noah, person, place, signed_in, theo

pytestmark = pytest.mark.django_db

HOSTILE = 'Ann </title><script>alert("1")</script> #panic("x") ] $ \\ &amp; <b>'


@pytest.fixture
def run(tmp_path):
    return certified_run(tmp_path / "course")


@pytest.fixture
def who(run):
    return ada(run)


@pytest.fixture
def own(who):
    """Her browser; she has a certificate."""
    return finish(who)


def forms_of(address):
    """The page, the PDF and the signed file."""
    return (address, f"{address}certificate.pdf", f"{address}certificate.json")


def words_of(browser, address):
    """The text of the PDF."""
    answer = browser.get(f"{address}certificate.pdf")
    assert answer["Content-Type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(answer.content))
    return " ".join("".join(page.extract_text() for page in reader.pages).split())


def test_before_it_is_public_others_find_nothing(run, who, own):
    other = person("Bea")
    place_in_run(other, run)
    others = [signed_in(it) for it in (None, noah(), other)]
    for address in forms_of(address_of(who)):
        assert own.get(address).status_code == 200
        for browser in others:
            assert browser.get(address).status_code == 404


def test_who_teaches_the_run_sees_it_and_who_teaches_another_does_not(run, who, own):
    from preau.learn.courses.models import Run
    from preau.learn.enrolments.models import RunRole

    stranger = person("Tom")
    place_in_run(stranger, Run.objects.get(key="small-keyed"), RunRole.TEACHER)
    for address in forms_of(address_of(who)):
        assert signed_in(stranger).get(address).status_code == 404
    for colleague in (theo(run), claire(run), mina()):
        for address in forms_of(address_of(who)):
            assert signed_in(colleague).get(address).status_code == 200


def test_once_it_is_public_anyone_with_the_link_sees_it(who, own):
    address, visitor = address_of(who), signed_in(None)
    assert "anyone to whom you give its link" in read(own, address)
    own.post(f"{address}public/", {"public": "1"})
    assert "Ada" in read(visitor, address)
    assert "Ada" in words_of(visitor, address)
    own.post(f"{address}public/", {"public": "0"})
    for it in forms_of(address):
        assert visitor.get(it).status_code == 404


def test_only_its_holder_makes_it_public(run, who, own):
    address = address_of(who)
    for somebody in (claire(run), mina(), noah()):
        browser = signed_in(somebody)
        assert browser.post(f"{address}public/", {"public": "1"}).status_code == 404
    assert "Sign in" in said(signed_in(None).post(f"{address}public/", {"public": "1"}))
    assert not certificate_of(who).public
    assert buttons(see(own, address)) == [f"{address}public/"]


def test_a_visitor_gets_nothing_to_press(who, own):
    set_public(certificate_of(who), True)
    html = see(signed_in(None), address_of(who))
    assert "/public/" not in html
    assert "Who sees it" not in html


def test_no_cache_and_no_search_engine_keeps_it(who, own):
    set_public(certificate_of(who), True)
    for address in forms_of(address_of(who)):
        answer = signed_in(None).get(address)
        assert answer["Cache-Control"] == "private, no-cache"
        assert answer["X-Robots-Tag"] == "noindex"


def test_a_link_that_was_guessed_is_found_no_more_than_none(own):
    guessed = "/certificates/00000000-0000-4000-8000-000000000000/"
    for address in forms_of(guessed):
        assert own.get(address).status_code == 404


def test_whoever_left_the_run_keeps_it(who, own):
    unenrol(place(who).enrolment)
    row = Enrolment.objects.get(person=who)
    assert not row.active
    address = f"/certificates/{Certificate.objects.get().uuid}/"
    assert "Ada" in read(own, address)


def test_a_revoked_one_says_so_everywhere(run, who, own):
    certificate, teacher = certificate_of(who), claire(run)
    set_public(certificate, True)
    address, visitor = address_of(who), signed_in(None)
    assert "Revoked" not in words_of(visitor, address)
    revoke(certificate, "The quiz was done by someone else.", teacher)
    assert "Revoked on" in read(visitor, address)
    assert "Valid" not in read(visitor, address)
    assert "Revoked on" in words_of(visitor, address)
    assert "My certificate was revoked" in read(own, COURSE)
    assert "revoked_at" in json.loads(signed_file(visitor, address)[0])


def test_the_reason_is_for_the_learner_and_the_teachers(run, who, own):
    certificate, teacher = certificate_of(who), claire(run)
    set_public(certificate, True)
    revoke(certificate, "The quiz was done by someone else.", teacher)
    address = address_of(who)
    for browser, told in ((own, True), (signed_in(teacher), True), (signed_in(noah()), False),
                          (signed_in(None), False)):  # fmt: skip
        assert ("done by someone else" in read(browser, address)) is told


def test_the_signed_file_is_checked_with_the_keys_of_the_site(who, own):
    file, keys = signed_file(own, address_of(who))
    found = checked(file, keys)
    assert found.says == certificate_of(who).content
    assert found.says["name"] == "Ada"
    assert found.says["address"] == f"http://testserver{address_of(who)}"


def test_a_changed_file_is_refused(who, own):
    file, keys = signed_file(own, address_of(who))
    for was, becomes in ((b"Ada", b"Bob"), (b'"hours": 4', b'"hours": 40')):
        assert was in file
        with pytest.raises(CertificateError, match="does not hold"):
            checked(file.replace(was, becomes), keys)


def test_a_hostile_name_is_only_a_name(run):
    who = person("Ann", about="")
    who.name = HOSTILE
    who.save()
    place_in_run(who, run)
    browser = finish(who)
    html = see(browser, address_of(who))
    assert "<script>alert" not in html
    assert "#panic(" in html
    written = words_of(browser, address_of(who))
    assert '#panic("x")' in written
    assert "<script>alert" in written
    file, keys = signed_file(browser, address_of(who))
    assert checked(file, keys).says["name"] == HOSTILE
    for path in (COURSE, "/dashboard/", f"/runs/{RUN}/certificates/"):
        reader = browser if "runs" not in path else signed_in(claire(run))
        assert "<script>alert" not in see(reader, path)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Ada\u202e Lovelace", "Ada Lovelace"),  # turns what follows around
        ("Ada\u2066\u200bB", "Ada\u200bB"),
        ("Ada\ue0f0code\ue0f1", "Adacode"),  # frames a hole of a stencil
        ("Ada \x07\tLovelace ", "Ada Lovelace"),
        ("محمد بن موسى", "محمد بن موسى"),
        ("Ẓoë 🎓", "Ẓoë 🎓"),
    ],
)
def test_a_name_looks_as_it_is_written(run, written, shown):
    who = ada(run)
    who.name = written
    who.save()
    browser = finish(who)
    assert certificate_of(who).content["name"] == shown
    assert shown in see(browser, address_of(who))


def test_letters_that_no_font_has_leave_the_page(who, own, monkeypatch):
    monkeypatch.setattr(says, "_NO_LETTERS", frozenset())  # else it would be left out
    other = person("Ann")
    other.name = "Ann \u0378"  # no letter yet
    other.save()
    place_in_run(other, certificate_of(who).run)
    browser = finish(other)
    answer = browser.get(f"{address_of(other)}certificate.pdf", follow=True)
    assert "Print the page instead" in said(answer)
    assert "Ann" in said(answer)


def test_the_words_are_french_for_who_reads_french(who, own):
    address = address_of(who)
    browser = signed_in(who, "fr")
    html = see(browser, address)
    assert "Un petit cours" in html
    assert "Ondes" in html

"""The last stage of the funnel, and an event that is no sign of anybody's presence."""

import pytest

from preau.learn.accounts.models import Person
from preau.learn.certificates.actions import revoke
from preau.learn.courses.models import Run
from preau.learn.enrolments.actions import place_in_run
from preau.learn.insights.models import Period, Rollup
from tests.learn.certificates.certified import certificate_of, certified_run, finish
from tests.learn.events.writing import DAY, moment
from tests.learn.insights.test_compare import COMPARE, OTHER, rows_of
from tests.learn.insights.test_pages import PAGE, gather, record
from tests.learn.insights.test_report import report, words_of
from tests.learn.quizzes.taking import read
from tests.people import RUN, ada, claire, mina, person, signed_in, small_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path):
    """Ada has a certificate, Bob came, Cid only enrolled."""
    it = certified_run(tmp_path / "course")
    who, bob = ada(it), person("Bob")
    for other in (bob, person("Cid")):
        place_in_run(other, it)
    finish(who)
    for somebody in (who, bob):
        record(it, somebody, moment(DAY, 9))
    gather()
    return it


def test_the_funnel_ends_with_certificates(run):
    browser = signed_in(claire(run))
    assert "From enrolment to certificate" in read(browser, PAGE)
    lines = rows_of(browser, "funnel")
    assert lines[1] == "enrolled,3,100 %"
    assert lines[-2:] == ["completed everything,1,33 %", "got a certificate,1,33 %"]
    assert "Of 3 enrolled, 1 completed half and 1 everything" in browser.get(PAGE).content.decode()


def test_one_that_was_revoked_is_counted_no_more(run):
    teacher = claire(run)
    revoke(certificate_of(Person.objects.get(name="Ada")), "Copied.", teacher)
    assert rows_of(signed_in(teacher), "funnel")[-1] == "got a certificate,0,0 %"


def test_a_run_without_certificates_ends_with_its_last_activity(tmp_path):
    run = small_run(tmp_path / "course")
    record(run, ada(run), moment(DAY, 9))
    gather()
    browser = signed_in(claire(run))
    assert "From enrolment to the end" in read(browser, PAGE)
    assert rows_of(browser, "funnel")[-1].startswith("completed everything,")


def test_beside_a_run_that_gives_none_its_place_is_empty(run):
    place_in_run(person("Dan"), Run.objects.get(key=OTHER))
    browser = signed_in(mina())
    lines = rows_of(browser, "compare-stages", **{"with": OTHER})
    assert lines[-2:] == ["completed everything,1,0,33 %,0 %", "got a certificate,1,,33 %,"]
    assert "got a certificate" in read(browser, f"{COMPARE}?with={OTHER}")


def test_the_report_on_paper_has_it(run, tmp_path):
    words = ("--month", "2026-10", "--run", RUN, "--language", "en")
    html, pdf = report(tmp_path / "r.html", *words)
    assert "got a certificate" in html
    assert "From enrolment to certificate" in words_of(pdf)


def test_that_one_was_given_is_no_sign_of_presence(run):
    cid = person("Eve")
    place_in_run(cid, run)
    record(run, cid, moment(DAY, 3), verb="certified", result={"uuid": "x"})
    gather()
    row = Rollup.objects.get(period=Period.DAY, start=DAY, run=run.pk, activity=0, role="")
    assert (row.people, row.views, row.actions) == (2, 2, 0)
    assert row.verbs["certified"] == 1

"""What teachers do: say what a certificate asks, look who has one, take one back."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from preau.learn.certificates.models import Certificate, Conditions
from preau.learn.courses.models import Activity
from preau.learn.enrolments.actions import place_in_run
from preau.learn.enrolments.models import Enrolment
from tests.learn.certificates.certified import (
    ISSUED,
    SETTINGS,
    address_of,
    certificate_of,
    certified_run,
    events_of,
    finish,
    giving,
)
from tests.learn.enrolments.doing import COURSE, read, said, see
from tests.learn.quizzes.taking import choice, run_of
from tests.people import ada, claire, person, signed_in, small_run, theo

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path):
    return small_run(tmp_path / "course")


@pytest.fixture
def teacher(run):
    return signed_in(claire(run))


def revoke_address(who):
    return f"{ISSUED}{certificate_of(who).uuid}/revoke/"


def issue_to(run, count):
    """So many learners who finished, as the catch-up finds them."""
    from preau.learn.certificates.catching_up import catch_up_with

    for number in range(count):
        row, _new = place_in_run(person(f"Learner{number:03}"), run)
        Enrolment.objects.filter(pk=row.pk).update(completed_count=7)
    catch_up_with(giving(run).pk, 10_000)


def test_a_teacher_finds_the_page_from_the_course(run, teacher):
    assert f'href="{ISSUED}"' in see(teacher, COURSE)
    assert "gives no certificates" in read(teacher, ISSUED)
    assert f'href="{SETTINGS}"' in see(teacher, ISSUED)


def test_a_tutor_looks_and_changes_nothing(run):
    finish(ada(giving(run)))
    tutor = signed_in(theo(run))
    html = see(tutor, ISSUED)
    assert "Ada" in html
    assert "/revoke/" not in html
    assert SETTINGS not in html


def test_what_is_saved_is_shown_again(tmp_path):
    run = run_of(tmp_path / "quizzes", choice("One"))
    teacher = signed_in(claire(run))
    teacher.post(SETTINGS, {"given": "on", "least": "60", "with_marks": "on"})
    html = see(teacher, SETTINGS)
    assert re.search(r'name="least"[^>]*value="60"|value="60"[^>]*name="least"', html)
    assert html.count(" checked") == 2
    assert "has 60 % of all marks" in read(teacher, ISSUED)
    teacher.post(SETTINGS, {"least": "60"})
    assert "gives no certificates" in read(teacher, ISSUED)


def test_marks_are_asked_for_only_where_there_are_some(teacher):
    assert "per cent" not in see(teacher, SETTINGS)
    teacher.post(SETTINGS, {"given": "on", "least": "60"})
    assert Conditions.objects.get().least is None


@pytest.mark.parametrize("least", ["0", "101", "-1", "sixty", "1e3", "60.5", "9" * 5000])
def test_a_share_that_is_none_is_told_and_nothing_is_changed(tmp_path, least):
    run = run_of(tmp_path / "quizzes", choice("One"))
    answer = signed_in(claire(run)).post(SETTINGS, {"given": "on", "least": least})
    assert answer.status_code == 200
    assert 'aria-invalid="true"' in answer.content.decode()
    assert not Conditions.objects.exists()


def test_where_nothing_can_be_completed_nobody_could_get_one(run, teacher):
    Activity.objects.update(completion={"rule": "none"})
    from preau.learn.theme.stencil import clear_shelves

    clear_shelves()
    assert "nobody could get a certificate" in said(teacher.post(SETTINGS, {"given": "on"}))
    assert not Conditions.objects.exists()


def test_the_list_is_by_key_the_last_first(run, teacher):
    issue_to(run, 53)
    first = see(teacher, ISSUED)
    names = re.findall(r">(Learner\d+)</a>", first)
    assert len(names) == 50
    assert names[0] == "Learner052"
    assert "53 certificates hold." in first
    (after,) = re.findall(r'href="\?before=(\d+)&amp;q=" rel="next"', first)
    assert re.findall(r">(Learner\d+)</a>", see(teacher, ISSUED, before=after)) == [
        "Learner002", "Learner001", "Learner000",
    ]  # fmt: skip
    assert re.findall(r">(Learner\d+)</a>", see(teacher, ISSUED, q="learner007@")) == ["Learner007"]
    assert "Nobody here has this name" in read(teacher, ISSUED, q="zzz")


def test_the_list_costs_the_same_for_3_and_for_30(run, teacher):
    def queries():
        see(teacher, ISSUED)
        with CaptureQueriesContext(connection) as captured:
            see(teacher, ISSUED)
        return len(captured)

    issue_to(run, 3)
    few = queries()
    for number in range(30):
        row, _new = place_in_run(person(f"More{number}"), run)
        Enrolment.objects.filter(pk=row.pk).update(completed_count=7)
    from preau.learn.certificates.catching_up import begin_again, catch_up_with

    begin_again()
    catch_up_with(run.pk, 1000)
    assert Certificate.objects.count() == 33
    assert queries() == few <= 4


def test_one_is_revoked_with_a_reason(run, teacher, settings):
    who = ada(giving(run))
    finish(who)
    address = revoke_address(who)
    assert "Revoke the certificate of Ada" in read(teacher, address)
    answer = teacher.post(address, {"reason": "Copied."}, follow=True)
    assert "The certificate is revoked" in said(answer)
    row = certificate_of(who)
    assert (row.reason, row.revoked_by.name) == ("Copied.", "Claire")
    assert "0 certificates hold." in read(teacher, ISSUED)
    (event,) = events_of(settings, "changed")
    assert event["result"] == {"uuid": str(row.uuid), "revoked": True}


@pytest.mark.parametrize("reason", ["", "  \n", "x" * 501])
def test_without_a_reason_it_holds_and_what_was_written_stays(run, teacher, reason):
    who = ada(giving(run))
    finish(who)
    answer = teacher.post(revoke_address(who), {"reason": reason})
    assert answer.status_code == 200
    assert reason.strip() in answer.content.decode()
    assert certificate_of(who).revoked_at is None


def test_the_second_of_two_reasons_is_not_kept(run, teacher):
    who = ada(giving(run))
    finish(who)
    teacher.post(revoke_address(who), {"reason": "First."})
    answer = teacher.post(revoke_address(who), {"reason": "Second."}, follow=True)
    assert "was revoked already" in said(answer)
    assert certificate_of(who).reason == "First."


def test_a_mistake_is_undone_to_the_letter(run, teacher):
    who = ada(giving(run))
    browser = finish(who)
    before = certificate_of(who)
    teacher.post(revoke_address(who), {"reason": "Copied."})
    answer = teacher.post(revoke_address(who).replace("revoke", "restore"), follow=True)
    assert "holds again" in said(answer)
    after = certificate_of(who)
    assert (after.says, after.signature, after.revoked_at, after.reason) == (
        before.says, before.signature, None, "",
    )  # fmt: skip
    assert "Valid" in read(browser, address_of(who))


def test_a_revoked_one_is_not_replaced_by_another(run, teacher):
    who = ada(giving(run))
    finish(who)
    teacher.post(revoke_address(who), {"reason": "Copied."})
    finish(who)
    issue_to(run, 1)
    assert certificate_of(who).revoked_at is not None


def test_of_another_run_nobody_revokes(run, tmp_path):
    who = ada(giving(run))
    finish(who)
    other = claire(run)
    from preau.learn.courses.models import Run
    from preau.learn.enrolments.models import RunRole

    place_in_run(other, Run.objects.get(key="small-keyed"), RunRole.TEACHER)
    address = revoke_address(who).replace("small-now", "small-keyed")
    for method in ("get", "post"):
        assert getattr(signed_in(other), method)(address).status_code == 404
    assert certificate_of(who).revoked_at is None


def test_both_pages_that_show_it_cost_one_query_more(tmp_path):
    run = certified_run(tmp_path / "course")
    browser = finish(ada(run))
    for path in (COURSE, "/dashboard/"):
        see(browser, path)
        with CaptureQueriesContext(connection) as captured:
            assert "My certificate" in see(browser, path)
        assert len(captured) == 3, path

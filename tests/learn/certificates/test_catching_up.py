"""Who earned a certificate before the run gave any gets it, once, whatever interrupts the work."""

import pytest
from django_tasks_db.models import DBTaskResult

from preau.learn.certificates import catching_up, tasks
from preau.learn.certificates.actions import set_conditions
from preau.learn.certificates.models import Certificate, Conditions
from preau.learn.enrolments.actions import place_in_run
from preau.learn.enrolments.models import Enrolment
from tests.learn.certificates.certified import SETTINGS, events_of, finish, giving
from tests.learn.notifications.letters import work
from tests.people import ada, claire, person, signed_in, small_run

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def run(tmp_path):
    return small_run(tmp_path / "course")


def done_by(run, *counts):
    """Learners who completed so many of the seven activities; their enrolments."""
    rows = []
    for number, count in enumerate(counts):
        row, _new = place_in_run(person(f"Learner{number}"), run)
        Enrolment.objects.filter(pk=row.pk).update(completed_count=count)
        rows.append(row.pk)
    return rows


def certified():
    return sorted(Certificate.objects.values_list("enrolment", flat=True))


def test_turning_it_on_reaches_those_who_are_done(run):
    finish(ada(run))
    browser = signed_in(claire(run))
    answer = browser.post(SETTINGS, {"given": "on"}, follow=True)
    assert "Who has earned a certificate already gets it within minutes" in answer.content.decode()
    assert certified() == []
    work()
    assert len(certified()) == 1
    assert Conditions.objects.get().looked_to is None


def test_it_goes_on_where_it_was_killed(run, monkeypatch, settings):
    rows = done_by(run, 7, 6, 7, 7, 0, 7, 7, 7)
    earned = [rows[it] for it in (0, 2, 3, 5, 6, 7)]
    giving(run)
    monkeypatch.setattr(catching_up, "_AT_ONCE", 2)
    issue, looked = catching_up.issue, []

    def killed(enrolment):
        """After each certificate the machine goes off."""
        looked.append(enrolment.pk)
        if issue(enrolment) is not None:
            raise SystemExit

    monkeypatch.setattr(catching_up, "issue", killed)
    for number in range(len(earned)):
        with pytest.raises(SystemExit):
            catching_up.catch_up_with(run.pk, 100)
        assert certified() == earned[: number + 1]
    assert catching_up.catch_up_with(run.pk, 100) is False
    assert certified() == earned
    assert len(events_of(settings, "certified")) == len(earned)
    assert looked.count(rows[0]) <= 2, "what was looked at is not looked at again and again"


def test_a_task_leaves_others_their_turn(run, monkeypatch):
    rows = done_by(run, *[7] * 7)
    monkeypatch.setattr(catching_up, "_AT_ONCE", 2)
    monkeypatch.setattr(tasks, "_MOST", 4)
    giving(run)
    work()
    assert certified() == rows
    assert DBTaskResult.objects.filter(status="SUCCESSFUL").count() >= 2


def test_other_conditions_meanwhile_make_it_begin_again(run, monkeypatch):
    rows = done_by(run, *[7] * 4)
    run = giving(run, least=50)  # nothing in this course is marked: nobody has so much
    monkeypatch.setattr(catching_up, "_AT_ONCE", 2)
    catching_up.catch_up_with(run.pk, 2)
    assert certified() == []
    assert Conditions.objects.get().looked_to == rows[1]
    set_conditions(run, given=True, least=None, with_marks=False)
    catching_up.catch_up_with(run.pk, 100)
    assert certified() == rows


def test_a_change_within_a_batch_is_not_overtaken(run, monkeypatch):
    rows = done_by(run, 7, 7)
    run = giving(run, least=50)
    standings = catching_up.standings_of

    def changed(*words):
        monkeypatch.setattr(catching_up, "standings_of", standings)
        found = standings(*words)
        set_conditions(run, given=True, least=None, with_marks=False)
        return found

    monkeypatch.setattr(catching_up, "standings_of", changed)
    catching_up.catch_up_with(run.pk, 1000)
    assert certified() == rows


def test_turned_off_nobody_gets_one_any_more(run):
    rows = done_by(run, 7, 7)
    run = giving(run)
    set_conditions(run, given=False, least=None, with_marks=False)
    work()
    assert rows
    assert certified() == []


def test_what_could_not_be_issued_is_found_the_next_day(run, site_folder, caplog):
    run = giving(run)
    work()
    site_folder.chmod(0o700)
    site_folder.rename(site_folder.with_name("away"))
    who = ada(run)
    browser = finish(who)
    assert certified() == []
    assert "has no certificate yet" in caplog.text
    assert "it is being made" in browser.get(f"/runs/{run.key}/certificate/").content.decode()
    site_folder.with_name("away").rename(site_folder)
    tasks.look_again.enqueue()
    work()
    assert len(certified()) == 1

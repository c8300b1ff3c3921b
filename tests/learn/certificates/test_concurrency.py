"""Several requests that finish the same run at the same time: one certificate."""

import pytest

from preau.kit.certificate_file import fingerprint, public_key
from preau.learn.certificates import actions
from preau.learn.certificates.keys import FILE, site_key
from preau.learn.certificates.models import Certificate, PublicKey
from preau.learn.enrolments.models import Enrolment
from tests.learn.certificates.certified import certified_run, events_of
from tests.learn.enrolments.doing import COURSE, at_once, complete_waves
from tests.people import ada, person, place, signed_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def run(shared_database, tmp_path):
    return certified_run(tmp_path / "course")


def test_two_last_steps_at_once_give_one(run, settings):
    who = ada(run)
    browser = signed_in(who)
    complete_waves(browser)
    for key in ("packets", "table"):
        browser.get(f"{COURSE}{key}/")
    tabs = [signed_in(who) for _number in range(4)]
    paths = [f"{COURSE}{key}/" for key in ("data", "rfc", "data", "rfc")]
    answers = at_once(
        *(lambda tab=tab, path=path: tab.get(path) for tab, path in zip(tabs, paths, strict=True))
    )
    assert {it.status_code for it in answers} == {200}
    assert Certificate.objects.count() == 1
    assert len(events_of(settings, "certified")) == 1


def test_of_many_who_issue_at_once_one_does(run, settings):
    enrolment = place(ada(run)).enrolment
    Enrolment.objects.filter(pk=enrolment.pk).update(completed_count=7)

    def issue():
        own = Enrolment.objects.select_related("run__course").get(pk=enrolment.pk)
        return actions.issue(own)

    made = at_once(*[issue] * 6)
    assert sum(it is not None for it in made) == 1
    assert Certificate.objects.count() == 1
    assert len(events_of(settings, "certified")) == 1


def test_of_many_who_need_the_key_at_once_all_use_the_same(run, site_folder):
    keys = at_once(*[site_key] * 6)
    kept = (site_folder / FILE).read_bytes()
    assert {it.private for it in keys} == {kept}
    assert PublicKey.objects.get().fingerprint == fingerprint(public_key(kept))
    assert [it.name for it in site_folder.iterdir()] == [FILE]


def test_different_people_finish_at_the_same_time(run):
    people = [person(f"Learner{number}") for number in range(4)]
    from preau.learn.enrolments.actions import place_in_run

    browsers = []
    for who in people:
        place_in_run(who, run)
        browsers.append(signed_in(who))
        complete_waves(browsers[-1])
        for key in ("packets", "table", "data"):
            browsers[-1].get(f"{COURSE}{key}/")
    at_once(*(lambda it=it: it.get(f"{COURSE}rfc/") for it in browsers))
    assert Certificate.objects.count() == 4
    assert PublicKey.objects.count() == 1

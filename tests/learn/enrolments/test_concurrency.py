"""Several requests of one person at the same time."""

import pytest

from preau.learn.enrolments.models import Completion, Enrolment, Mark
from tests.learn.enrolments.doing import (
    COURSE,
    ENROL,
    at_once,
    bars,
    course_with,
    see,
    tick,
    watch,
)
from tests.people import ada, noah, signed_in, small_run

pytestmark = pytest.mark.django_db(transaction=True)

KEYS = [f"task-{number}" for number in range(6)]
TASKS = {
    "waves/section.yaml": "title: {en: Waves, fr: Ondes}\nactivities:\n"
    + "".join(
        f"  - {{key: {key}, kind: page, title: {{en: Task, fr: Tâche}}, completion: manual}}\n"
        for key in KEYS
    ),
    **{f"waves/{key}.{language}.md": "Do it.\n" for key in KEYS for language in ("en", "fr")},
    "waves/film.mp4": None, "waves/film.en.vtt": None, "waves/film.fr.vtt": None,
    "waves/sine.en.md": None, "waves/sine.fr.md": None, "waves/sine.svg": None,
    "waves/practice.en.md": None, "waves/practice.fr.md": None,
    "waves/welcome.en.md": None, "waves/welcome.fr.md": None,
    "networks/packets.en.md": "Packets travel.\n",
    "networks/packets.fr.md": "Les paquets voyagent.\n",
}  # fmt: skip


@pytest.fixture
def run(shared_database, folder):
    return small_run(folder)


@pytest.fixture
def who(run):
    return ada(run)


def test_a_page_opened_in_four_tabs_at_once_is_completed_once(run, who):
    tabs = [signed_in(who) for _number in range(4)]
    answers = at_once(*(lambda tab=tab: tab.get(f"{COURSE}sine/") for tab in tabs))
    assert [it.status_code for it in answers] == [200] * 4
    assert Completion.objects.count() == 1
    assert run.enrolments.get().completed_count == 1


def test_the_same_tick_from_four_devices_counts_once(run, who):
    devices = [signed_in(who) for _number in range(4)]
    answers = at_once(*(lambda device=device: tick(device) for device in devices))
    assert [it.status_code for it in answers] == [302] * 4
    assert Completion.objects.count() == 1
    assert run.enrolments.get().completed_count == 1


def test_different_ticks_at_once_all_count(shared_database, folder):
    run = course_with(folder, **TASKS)
    who = ada(run)
    devices = [signed_in(who) for _key in KEYS]
    answers = at_once(
        *(
            lambda it=device, key=key: tick(it, key)
            for device, key in zip(devices, KEYS, strict=True)
        )
    )
    assert [it.status_code for it in answers] == [302] * len(KEYS)
    assert run.enrolments.get().completed_count == len(KEYS)
    assert bars(see(devices[0]))[0] == (len(KEYS), len(KEYS) + 4)


def test_a_tick_and_a_video_at_once_both_count(run, who):
    laptop, phone = signed_in(who), signed_in(who)
    answers = at_once(lambda: tick(laptop), lambda: watch(phone, (0, 20)))
    assert [it.status_code for it in answers] == [302, 200]
    assert run.enrolments.get().completed_count == 2


def test_ticks_set_and_taken_away_at_once_leave_a_true_count(run, who):
    def back_and_forth(device):
        codes = {tick(device, done=done).status_code for done in "101010"}
        return codes | {tick(device).status_code}

    devices = [signed_in(who) for _number in range(3)]
    answers = at_once(*(lambda device=device: back_and_forth(device) for device in devices))
    assert answers == [{302}] * 3
    assert run.enrolments.get().completed_count == Completion.objects.count()


def test_enrolling_four_times_at_once_enrols_once(run):
    somebody = noah()
    browsers = [signed_in(somebody) for _number in range(4)]
    answers = at_once(*(lambda it=browser: it.post(ENROL) for browser in browsers))
    assert [it.status_code for it in answers] == [302] * 4
    assert Enrolment.objects.count() == 1


def test_a_bookmark_and_a_note_at_once_are_both_kept(run, who):
    laptop, phone = signed_in(who), signed_in(who)
    answers = at_once(
        lambda: laptop.post(f"{COURSE}sine/bookmark/", {"bookmarked": "1"}),
        lambda: phone.post(f"{COURSE}sine/note/", {"note": "Phases?"}),
    )
    assert [it.status_code for it in answers] == [302] * 2
    mark = Mark.objects.get()
    assert (mark.bookmarked, mark.note) == (True, "Phases?")

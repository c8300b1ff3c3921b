"""Watching a video: where one stopped, and two devices at once."""

import pytest

from preau.learn.enrolments.models import Completion, Watching
from tests.learn.enrolments.doing import (
    COURSE,
    at_once,
    course_with,
    enrolled_at,
    see,
    watch,
)
from tests.people import SMALL_COURSE, ada, person, signed_in, small_run

WAVES = str(SMALL_COURSE["waves/section.yaml"])


def position(browser) -> str:
    """Where the player of the film's page starts."""
    return see(browser, f"{COURSE}film/").split('data-position="')[1].split('"')[0]


# Going on elsewhere


@pytest.mark.django_db
def test_another_device_goes_on_where_this_one_stopped(run):
    who = ada(run)
    laptop, phone = signed_in(who), signed_in(who)
    assert position(phone) == "0"
    watch(laptop, (0, 12.5), position=12.5)
    assert position(phone) == "12.50"
    watch(phone, (3, 5), position=5)
    assert position(laptop) == "5.00", "the last report counts, also further back"


@pytest.mark.django_db
def test_the_position_is_written_for_a_program_in_any_language(run):
    browser = signed_in(ada(run), "fr")
    watch(browser, position=7.25)
    assert position(browser) == "7.25"


@pytest.mark.django_db
def test_the_position_never_lies_behind_the_end(run):
    browser = signed_in(ada(run))
    watch(browser, position=5000)
    assert position(browser) == "20.00"


@pytest.mark.django_db
def test_everybody_has_a_position_of_their_own(run):
    watch(signed_in(ada(run)), position=9)
    other = enrolled_at(person("Zoé"), run, run.enrolments.get().enrolled_at)
    assert position(other) == "0"


@pytest.mark.django_db
def test_parts_seen_on_two_devices_add_up(run):
    who = ada(run)
    laptop, phone = signed_in(who), signed_in(who)
    assert watch(laptop, (0, 8)).json() == {"share": 40, "completed": False}
    assert watch(phone, (12, 20)).json() == {"share": 80, "completed": True}
    assert Watching.objects.get().seen == [[0, 8], [12, 20]]


@pytest.mark.django_db
def test_a_report_that_is_sent_again_changes_nothing(run):
    browser = signed_in(ada(run))
    first = watch(browser, (0, 5), (8, 9), position=9)
    again = watch(browser, (0, 5), (8, 9), position=9)
    assert first.json() == again.json() == {"share": 30, "completed": False}


@pytest.mark.django_db
def test_the_player_says_how_long_a_video_is_when_the_author_does_not(db, folder):
    waves = WAVES.replace("            duration: 20\n", "")
    browser = signed_in(ada(course_with(folder, **{"waves/section.yaml": waves})))
    assert watch(browser, (0, 50), duration=200).json() == {"share": 25, "completed": False}
    assert watch(browser, duration=0).json()["completed"] is False
    assert watch(browser, (40, 170), duration=200).json()["completed"] is True


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["position", "duration", "from", "to"])
def test_a_number_of_hundreds_of_digits_is_refused(db, folder, field):
    waves = WAVES.replace("            duration: 20\n", "")
    browser = signed_in(ada(course_with(folder, **{"waves/section.yaml": waves})))
    number = {"position": 1, "duration": 20, "from": 0, "to": 1} | {field: 10**400}
    answer = watch(
        browser,
        (number["from"], number["to"]),
        position=number["position"],
        duration=number["duration"],
    )
    assert answer.status_code == 400
    assert not Watching.objects.exists()


# At the same time


@pytest.fixture
def devices(shared_database, folder):
    """Four browsers of Ada's, on a database that they really share."""
    who = ada(small_run(folder))
    return [signed_in(who) for _number in range(4)]


@pytest.mark.django_db(transaction=True)
def test_devices_that_report_their_first_part_at_once_lose_nothing(devices):
    jobs = [
        lambda device=device, start=start: watch(device, (start, start + 2), position=start)
        for device, start in zip(devices, (0, 4, 8, 12), strict=True)
    ]
    answers = at_once(*jobs)
    assert [it.status_code for it in answers] == [200] * 4
    row = Watching.objects.get()
    assert row.seen == [[0, 2], [4, 6], [8, 10], [12, 14]]
    assert row.position in {0, 4, 8, 12}


@pytest.mark.django_db(transaction=True)
def test_devices_that_report_again_and_again_lose_nothing(devices):
    """Each device sees its own quarter of the film, in small parts; together all of it."""

    def watching(device, start):
        codes = set()
        for step in range(10):
            seen = (start + step / 2, start + step / 2 + 0.5)
            codes.add(watch(device, seen, position=seen[1]).status_code)
        return codes

    jobs = [
        lambda device=device, start=start: watching(device, start)
        for device, start in zip(devices, (0, 5, 10, 15), strict=True)
    ]
    assert at_once(*jobs) == [{200}] * 4
    assert Watching.objects.get().seen == [[0, 20]]
    assert Completion.objects.count() == 1

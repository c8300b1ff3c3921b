"""How an activity becomes complete, and no longer complete."""

import pytest

from preau.learn.enrolments.models import Completion
from tests.learn.enrolments.doing import (
    COURSE,
    complete_everything,
    complete_waves,
    course_with,
    read,
    said,
    see,
    tick,
    ticked,
    watch,
)
from tests.people import SMALL_COURSE, ada, claire, mina, signed_in

pytestmark = pytest.mark.django_db

WAVES = str(SMALL_COURSE["waves/section.yaml"])


@pytest.fixture
def browser(run):
    """Ada's."""
    return signed_in(ada(run))


def how(key: str) -> str:
    return Completion.objects.get(activity__key=key).how


def state(browser, key: str) -> str:
    """What the activity's page says about it."""
    page = see(browser, f"{COURSE}{key}/")
    return " ".join(page.split("data-state>")[1].split("</span>")[0].split("</svg>")[1].split())


# On opening


def test_opening_a_page_completes_it_at_once_and_once(browser):
    assert ticked(see(browser)) == []
    assert state(browser, "sine") == "Completed", "the very page that completes it says so"
    assert ticked(see(browser)) == ["The sine"]
    browser.get(f"{COURSE}sine/")
    assert how("sine") == "view"


@pytest.mark.parametrize("key", ["table", "data", "rfc"])
def test_a_file_a_folder_and_a_link_are_complete_on_opening_their_page(browser, key):
    complete_waves(browser)
    assert state(browser, key) == "Completed"


def test_what_completes_itself_is_not_ticked_by_hand(browser):
    answer = browser.post(f"{COURSE}sine/complete/", {"done": "1"})
    assert not Completion.objects.exists()
    assert (answer.status_code, answer["Location"]) == (302, f"{COURSE}sine/")
    assert "This activity is completed by itself, not by hand." in read(browser, f"{COURSE}sine/")
    tick(browser, "sine", done="0")
    assert ticked(see(browser)) == ["The sine"], "nor is the tick taken away"


# By hand


def test_opening_does_not_complete_what_is_ticked_by_hand(browser):
    assert state(browser, "practice") == "Not completed yet"
    assert "Mark as done" in read(browser, f"{COURSE}practice/")
    assert not Completion.objects.exists()


def test_a_tick_is_set_and_taken_away(browser):
    answer = tick(browser)
    assert (answer.status_code, answer["Location"]) == (302, f"{COURSE}practice/")
    assert state(browser, "practice") == "Completed"
    assert how("practice") == "manual"
    page = see(browser, f"{COURSE}practice/")
    assert "Mark as not done" in page
    assert 'name="done" value="0"' in page
    tick(browser, done="0")
    assert state(browser, "practice") == "Not completed yet"
    assert 'name="done" value="1"' in see(browser, f"{COURSE}practice/")
    assert not Completion.objects.exists()


def test_taking_away_a_tick_that_is_not_there_does_nothing(browser):
    assert tick(browser, done="0").status_code == 302
    assert ticked(see(browser)) == []


def test_a_tick_may_lead_on(browser):
    assert tick(browser, then="next")["Location"] == f"{COURSE}film/"


def test_after_the_last_activity_a_tick_stays_where_it_is(db, folder):
    networks = str(SMALL_COURSE["networks/section.yaml"]).replace(
        'rfc791"', 'rfc791", completion: manual'
    )
    run = course_with(folder, **{"networks/section.yaml": networks})
    browser = signed_in(ada(run))
    complete_waves(browser)
    assert tick(browser, "rfc", then="next")["Location"] == f"{COURSE}rfc/"


@pytest.mark.parametrize("key", ["welcome", "no-such"])
def test_what_has_no_page_is_not_ticked(browser, key):
    assert tick(browser, key).status_code == 404


def test_what_does_not_count_is_not_completed(db, folder):
    waves = WAVES.replace("completion: manual", "completion: none")
    browser = signed_in(ada(course_with(folder, **{"waves/section.yaml": waves})))
    page = read(browser, f"{COURSE}practice/")
    assert "Mark as done" not in page
    assert "Not completed yet" not in page
    tick(browser)
    assert not Completion.objects.exists()
    assert "6 activities" in read(browser)


# By watching


@pytest.mark.parametrize(
    ("seen", "share", "done"),
    [
        ([(0, 15.9)], 79.5, False),
        ([(0, 16)], 80, True),
        ([(0, 8), (12, 20)], 80, True),
        ([(0, 10), (0, 10)], 50, False),
        ([(0, 500)], 100, True),
    ],
)
def test_a_video_is_complete_once_so_much_of_it_was_seen(browser, seen, share, done):
    answer = watch(browser, *seen)
    assert answer.json() == {"share": share, "completed": done}
    assert (ticked(see(browser)) == ["A film"]) is done


@pytest.mark.parametrize(("asked", "seen"), [(50, 10), (100, 20), (1, 0.2)])
def test_the_author_says_how_much(db, folder, asked, seen):
    waves = WAVES.replace(
        "duration: 20", f"duration: 20\n            completion: {{watched: {asked}}}"
    )
    browser = signed_in(ada(course_with(folder, **{"waves/section.yaml": waves})))
    assert f"once you have watched {asked} % of it" in read(browser, f"{COURSE}film/")
    assert watch(browser, (0, seen - 0.05)).json()["completed"] is False
    assert watch(browser, (0, seen)).json()["completed"] is True
    assert how("film") == "watched"


def test_a_video_that_does_not_count_by_watching_is_not_completed_by_it(db, folder):
    waves = WAVES.replace("duration: 20", "duration: 20\n            completion: manual")
    browser = signed_in(ada(course_with(folder, **{"waves/section.yaml": waves})))
    assert watch(browser, (0, 20)).json() == {"share": 100, "completed": False}
    tick(browser, "film")
    assert how("film") == "manual"


def test_opening_a_video_does_not_complete_it(browser):
    assert state(browser, "film") == "Not completed yet"


def test_a_video_may_be_ticked_by_hand_and_is_then_not_completed_twice(browser):
    tick(browser, "film")
    assert watch(browser, (0, 20)).json()["completed"] is True
    assert how("film") == "manual"


# Who counts


def test_who_only_looks_in_completes_nothing(run):
    browser = signed_in(mina())
    page = see(browser, f"{COURSE}sine/")
    assert '<div class="activity-actions" hidden>' in page
    assert tick(browser).status_code == 404
    assert watch(browser, (0, 20)).status_code == 404
    assert not Completion.objects.exists()


def test_a_teacher_of_the_run_may_follow_it_too(run):
    browser = signed_in(claire(run))
    complete_everything(browser)
    assert "You have finished this course. Well done!" in read(browser)


def test_only_a_form_that_was_sent_completes(browser):
    assert browser.get(f"{COURSE}practice/complete/").status_code == 405
    assert browser.get(f"{COURSE}film/watched/").status_code == 405
    assert not Completion.objects.exists()


def test_the_error_of_a_tick_in_french_is_french(run):
    browser = signed_in(ada(run), "fr")
    answer = browser.post(f"{COURSE}sine/complete/", {"done": "1"}, follow=True)
    assert "Cette activité se termine d’elle-même" in said(answer)

"""Joining a run and leaving it."""

import pytest

from preau.learn.courses.models import Run
from preau.learn.enrolments.actions import set_enrolment_key
from preau.learn.enrolments.models import Enrolment, RunRole
from tests.learn.enrolments.doing import (
    COURSE,
    ENROL,
    LEAVE,
    NOTEBOOK,
    bars,
    complete_waves,
    course_with,
    read,
    said,
    see,
    ticked,
    watch,
)
from tests.people import ada, claire, imported, noah, person, signed_in, theo, write

pytestmark = pytest.mark.django_db

KEYED = "/runs/small-keyed/enrol/"


@pytest.fixture
def keyed(run):
    """The run that asks for a key; its teacher set it."""
    found = Run.objects.get(key="small-keyed")
    set_enrolment_key(found, "antenna")
    return found


def test_anybody_joins_an_open_run(run):
    browser = signed_in(noah())
    assert "It is free, and you can leave at any time." in read(browser, ENROL)
    assert not Enrolment.objects.exists()
    answer = browser.post(ENROL, follow=True)
    assert answer.redirect_chain == [(COURSE, 302)]
    assert "You are enrolled. Welcome!" in said(answer)
    assert "You are enrolled" not in read(browser), "it is said once"
    assert "A small course" in read(browser, "/dashboard/")


def test_whoever_joins_is_a_learner(run):
    signed_in(noah()).post(ENROL, {"role": "teacher"})
    assert run.enrolments.get().role == RunRole.LEARNER


def test_a_visitor_signs_in_first_and_comes_back_to_enrol(run):
    answer = signed_in(None).get(ENROL)
    assert answer.status_code == 302
    assert answer["Location"] == "/account/login/?next=%2Fruns%2Fsmall-now%2Fenrol%2F"


def test_the_public_page_offers_the_run_and_later_the_way_to_it(run):
    browser = signed_in(noah())
    before = see(browser, "/courses/small/")
    assert f'action="{ENROL}"' in before
    browser.post(ENROL)
    after = see(browser, "/courses/small/")
    assert f'action="{ENROL}"' not in after
    assert f'href="{COURSE}">Go to the course' in after


def test_who_is_enrolled_is_sent_to_the_course(run):
    answer = signed_in(ada(run)).get(ENROL)
    assert (answer.status_code, answer["Location"]) == (302, COURSE)


def test_a_run_that_is_not_there_takes_nobody(run):
    assert signed_in(noah()).post("/runs/no-such-run/enrol/").status_code == 404


# With a key


def test_a_run_with_a_key_asks_for_it(keyed):
    browser = signed_in(noah())
    assert "people who were given a key" in read(browser, KEYED)
    assert "antenna" not in see(browser, KEYED)
    answer = browser.post(KEYED, {"key": "antenna"})
    assert (answer.status_code, answer["Location"]) == (302, "/learn/small-keyed/")


@pytest.mark.parametrize("key", ["", "Antenna", "antenna1", "anténna"])
def test_without_the_key_nobody_joins(keyed, key):
    answer = signed_in(noah(), "fr").post(KEYED, {"key": key})
    assert "Ce n’est pas la clé de cette session." in said(answer)
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize("key", ["", " ", "x"])
def test_as_long_as_no_key_is_set_nobody_joins_a_run_with_a_key(run, key):
    answer = signed_in(noah()).post(KEYED, {"key": key})
    assert "This is not the key" in said(answer)
    assert not Enrolment.objects.exists()


def test_the_key_of_another_run_opens_nothing(keyed):
    other = Run.objects.create(
        course=keyed.course, key="other", title={"en": "Other"}, enrolment_by_key=True
    )
    set_enrolment_key(other, "horn")
    assert "This is not the key" in said(signed_in(noah()).post(KEYED, {"key": "horn"}))


def test_the_key_that_a_teacher_set_outlives_an_import(keyed, folder):
    runs = (folder / "runs.yaml").read_text().replace("With a key", "By invitation")
    imported(write(folder, {"runs.yaml": runs}))
    browser = signed_in(noah())
    assert "This is not the key" in said(browser.post(KEYED))
    assert browser.post(KEYED, {"key": "antenna"}).status_code == 302


# Before and after


WINDOW = (
    "pace: self, time_zone: America/New_York, ends: 2027-01-01,"
    " enrolment: {by: open, opens: 2026-09-01, closes: 2026-10-01T12:00}"
)


@pytest.mark.parametrize(
    ("now", "open_"),
    [
        ("2026-08-31T23:59:59", False),
        ("2026-09-01T00:00:00", True),
        ("2026-10-01T11:59:59", True),
        ("2026-10-01T12:00:00", False),
    ],
)
def test_enrolment_opens_and_closes_at_its_dates(db, folder, clock, now, open_):
    course_with(folder, run=WINDOW)
    clock(now, "America/New_York")
    browser = signed_in(noah())
    assert ("Enrolment is closed." in read(browser, "/courses/small/")) is not open_
    assert ("Enrolment in this session is closed." in read(browser, ENROL)) is not open_
    browser.post(ENROL)
    assert Enrolment.objects.exists() is open_


def test_a_page_that_is_too_early_tells_the_day(db, folder, clock):
    course_with(folder, run=WINDOW)
    clock("2026-08-01T00:00")
    assert "Sept. 1, 2026" in read(signed_in(noah()), ENROL)
    french = read(signed_in(person("Zoé"), "fr"), ENROL)
    assert "Les inscriptions à cette session sont closes." in french
    assert "Elles ouvrent le 1 septembre 2026." in french


def test_a_run_that_is_over_takes_nobody_but_stays_readable(db, folder, clock):
    run = course_with(folder, run="pace: scheduled, starts: 2026-09-01, ends: 2026-12-01")
    who = ada(run)
    clock("2026-12-01T23:59:59")
    assert run.enrolment_is_open()
    clock("2026-12-02T00:00")
    signed_in(noah()).post(ENROL)
    assert Enrolment.objects.count() == 1
    assert "The sine" in read(signed_in(who))


def test_no_key_opens_a_closed_run(db, folder, clock):
    run = course_with(folder, run="pace: self, enrolment: {by: key, opens: 2026-09-01}")
    set_enrolment_key(run, "antenna")
    clock("2026-08-01T00:00")
    browser = signed_in(noah())
    assert "Enrolment key" not in read(browser, ENROL)
    answer = browser.post(ENROL, {"key": "antenna"})
    assert "Enrolment in this session is closed." in said(answer)
    assert not Enrolment.objects.exists()


# Leaving


def test_leaving_is_asked_once_and_keeps_the_work(run):
    browser = signed_in(ada(run))
    complete_waves(browser)
    watch(browser, position=7)
    browser.post(f"{COURSE}sine/bookmark/", {"bookmarked": "1"})
    browser.post(f"{COURSE}sine/note/", {"note": "Ask about phases."})
    page = see(browser)
    assert "What you did in it is kept" in read(browser, LEAVE)
    assert browser.get(COURSE).status_code == 200, "asking is not leaving"
    answer = browser.post(LEAVE, follow=True)
    assert "Your work is kept, should you come back." in said(answer)
    assert "You follow no course yet" in said(answer)
    for path in (COURSE, f"{COURSE}sine/", NOTEBOOK, "/runs/small-now/search/?q=wave"):
        assert browser.get(path).status_code == 403, path
    browser.post(ENROL)
    assert ticked(see(browser)) == ticked(page) == ["The sine", "Practice", "A film"]
    assert bars(see(browser)) == bars(page)
    assert "Ask about phases." in read(browser, NOTEBOOK)
    assert 'data-position="7.00"' in see(browser, f"{COURSE}film/")
    assert Enrolment.objects.count() == 1


def test_who_left_is_no_longer_among_the_people(run):
    teacher = signed_in(claire(run))
    browser = signed_in(ada(run))
    assert "Ada" in read(teacher, "/runs/small-now/people/")
    browser.post(LEAVE)
    assert "Ada" not in read(teacher, "/runs/small-now/people/")


def test_coming_back_to_a_run_with_a_key_takes_the_key_again(keyed):
    browser = signed_in(noah())
    browser.post(KEYED, {"key": "antenna"})
    browser.post("/runs/small-keyed/leave/")
    set_enrolment_key(keyed, "horn")
    browser.post(KEYED, {"key": "antenna"})
    assert browser.get("/learn/small-keyed/").status_code == 403
    browser.post(KEYED, {"key": "horn"})
    assert browser.get("/learn/small-keyed/").status_code == 200


def test_a_tutor_who_leaves_comes_back_as_a_learner(run):
    browser = signed_in(theo(run))
    browser.post(LEAVE)
    assert browser.get("/runs/small-now/people/").status_code == 403
    browser.post(ENROL)
    assert browser.get("/learn/small-now/").status_code == 200
    assert browser.get("/runs/small-now/people/").status_code == 403


def test_whoever_guesses_keys_must_wait(keyed):
    browser = signed_in(noah())
    for number in range(10):
        browser.post(KEYED, {"key": f"guess {number}"})
    page = browser.post(KEYED, {"key": "antenna"}).content.decode()
    assert "Too many wrong keys" in page
    assert not Enrolment.objects.exists()


def test_a_run_that_has_its_key_from_the_folder_keeps_one(keyed):
    teacher = claire(keyed)
    page = signed_in(teacher).post("/runs/small-keyed/settings/", {"key": ""}).content.decode()
    assert "errorlist" in page
    keyed.refresh_from_db()
    assert keyed.enrolment_key == "antenna"

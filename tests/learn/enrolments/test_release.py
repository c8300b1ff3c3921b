"""When a section opens to a learner."""

import pytest

from tests.learn.courses.changing import without_practice
from tests.learn.enrolments.doing import (
    COURSE,
    complete_waves,
    course_with,
    enrolled_at,
    open_sections,
    tick,
    watch,
)
from tests.people import ada, imported, person, signed_in

pytestmark = pytest.mark.django_db

BOTH = ["waves", "networks"]
SELF = "pace: self"


def opens_to(who, clock, shut: str, open_: str, zone: str = "Europe/Paris") -> None:
    """At the first moment the second section is closed, at the second it is open."""
    clock(shut, zone)
    browser = signed_in(who)
    assert open_sections(browser) == ["waves"]
    assert browser.get(f"{COURSE}packets/").status_code == 403
    clock(open_, zone)
    browser = signed_in(who)  # a session does not live as long as a course
    assert open_sections(browser) == BOTH
    assert browser.get(f"{COURSE}packets/").status_code == 200


# By a date of the run


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/New_York", "Asia/Tokyo"])
def test_a_date_of_the_run_is_read_on_the_clocks_of_the_run(db, folder, clock, zone):
    rest = f"pace: self, time_zone: {zone}, release: {{networks: 2026-09-14}}"
    run = course_with(folder, rest)
    opens_to(ada(run), clock, "2026-09-13T23:59:59", "2026-09-14T00:00:00", zone)


def test_a_date_of_the_run_goes_before_the_rule_of_the_section(db, folder, clock):
    run = course_with(folder, "pace: self, release: {networks: 2026-09-14}", networks="{days: 2}")
    who = ada(run)
    enrolled_at(who, run, clock("2026-07-01T00:00"))
    opens_to(who, clock, "2026-09-13T23:00", "2026-09-14T00:00")


def test_a_date_may_close_a_section_that_has_no_rule(db, folder, clock):
    rest = "pace: self, release: {networks: 2026-09-14T18:30}"
    run = course_with(folder, rest, networks="at once")
    opens_to(ada(run), clock, "2026-09-14T18:29:59", "2026-09-14T18:30")


def test_a_teacher_who_moves_the_date_moves_the_opening(db, folder, clock):
    run = course_with(folder, "pace: self, release: {networks: 2026-09-14}")
    who = ada(run)
    clock("2026-09-15T00:00")
    assert open_sections(signed_in(who)) == BOTH
    course_with(folder, "pace: self, release: {networks: 2026-09-21}")
    assert open_sections(signed_in(who)) == ["waves"]


# By days


SCHEDULED = "pace: scheduled, starts: 2026-09-07T08:00, time_zone: Europe/Paris"


def test_days_count_from_the_start_of_a_run_with_dates(db, folder, clock):
    run = course_with(folder, SCHEDULED, networks="{days: 7}")
    early, late = ada(run), person("Zoé")
    enrolled_at(early, run, clock("2026-08-01T00:00"))
    enrolled_at(late, run, clock("2026-09-13T00:00"))
    for who in (early, late):
        opens_to(who, clock, "2026-09-14T07:59:59", "2026-09-14T08:00")


def test_days_count_from_enrolment_where_everybody_goes_at_their_own_pace(db, folder, clock):
    run = course_with(folder, SELF, networks="{days: 7}")
    who = ada(run)
    enrolled_at(who, run, clock("2026-09-10T15:20"))
    opens_to(who, clock, "2026-09-17T15:19:59", "2026-09-17T15:20")


def test_days_after_enrolment_count_from_it_also_in_a_run_with_dates(db, folder, clock):
    run = course_with(folder, SCHEDULED, networks="{days_after_enrolment: 3}")
    who = ada(run)
    enrolled_at(who, run, clock("2026-09-20T10:00"))
    opens_to(who, clock, "2026-09-23T09:59", "2026-09-23T10:00")


def test_two_learners_each_have_their_own_days(db, folder, clock):
    run = course_with(folder, SELF, networks="{days_after_enrolment: 3}")
    one, other = ada(run), person("Zoé")
    enrolled_at(one, run, clock("2026-09-01T10:00"))
    enrolled_at(other, run, clock("2026-09-03T10:00"))
    clock("2026-09-05T00:00")
    assert open_sections(signed_in(one)) == BOTH
    assert open_sections(signed_in(other)) == ["waves"]


def test_coming_back_does_not_count_the_days_anew(db, folder, clock):
    run = course_with(folder, SELF, networks="{days_after_enrolment: 3}")
    who = ada(run)
    browser = enrolled_at(who, run, clock("2026-09-01T10:00"))
    browser.post("/runs/small-now/leave/")
    clock("2026-09-05T00:00")
    browser.post("/runs/small-now/enrol/")
    assert open_sections(browser) == BOTH


@pytest.mark.parametrize(
    ("enrolled", "shut", "open_"),
    [
        # Clocks go forward on 29 March 2026 and back on 25 October 2026.
        ("2026-03-26T08:00", "2026-04-02T07:59:59", "2026-04-02T08:00"),
        ("2026-10-22T08:00", "2026-10-29T07:59:59", "2026-10-29T08:00"),
        # 02:30 is an hour that the clocks skip: it opens when they show 03:30.
        ("2026-03-22T02:30", "2026-03-29T01:59:59", "2026-03-29T03:30"),
        # 02:30 comes twice: it opens the first time.
        ("2026-10-18T02:30", "2026-10-25T02:29:59", "2026-10-25T02:30"),
    ],
)
def test_a_day_is_a_day_also_with_23_or_25_hours(db, folder, clock, enrolled, shut, open_):
    run = course_with(folder, SELF, networks="{days: 7}")
    who = ada(run)
    enrolled_at(who, run, clock(enrolled))
    opens_to(who, clock, shut, open_)


def test_days_since_the_start_keep_the_hour_when_the_clocks_change(db, folder, clock):
    rest = "pace: scheduled, starts: 2026-10-22T08:00, time_zone: America/New_York"
    run = course_with(folder, rest, networks="{days: 14}")  # clocks go back on 1 November there
    zone = "America/New_York"
    opens_to(ada(run), clock, "2026-11-05T07:59:59", "2026-11-05T08:00", zone)


# Before the run starts


def test_nothing_opens_before_a_run_starts(db, folder, clock):
    run = course_with(folder, SCHEDULED, networks="at once")
    who = ada(run)
    clock("2026-09-07T07:59:59")
    assert open_sections(signed_in(who)) == []
    assert signed_in(who).get(f"{COURSE}sine/").status_code == 403
    clock("2026-09-07T08:00")
    assert open_sections(signed_in(who)) == BOTH


def test_days_after_enrolment_do_not_open_a_run_before_its_start(db, folder, clock):
    run = course_with(folder, SCHEDULED, networks="{days_after_enrolment: 3}")
    who = ada(run)
    enrolled_at(who, run, clock("2026-08-01T00:00"))
    clock("2026-09-07T07:00")
    assert open_sections(signed_in(who)) == []
    clock("2026-09-07T08:00")
    assert open_sections(signed_in(who)) == BOTH


def test_a_run_at_ones_own_pace_is_open_at_any_time(db, folder, clock):
    run = course_with(folder, SELF, networks="at once")
    who = ada(run)
    for moment in ("2020-01-01T00:00", "2040-01-01T00:00"):
        clock(moment)
        assert open_sections(signed_in(who)) == BOTH


# After another section


def test_a_section_opens_once_the_other_is_complete_and_not_before(run):
    browser = signed_in(ada(run))
    assert open_sections(browser) == ["waves"]
    browser.get(f"{COURSE}sine/")
    watch(browser, (0, 20))
    assert open_sections(browser) == ["waves"]
    tick(browser)
    assert open_sections(browser) == BOTH


def test_a_section_closes_again_when_the_other_is_no_longer_complete(run):
    browser = signed_in(ada(run))
    complete_waves(browser)
    tick(browser, done="0")
    assert open_sections(browser) == ["waves"]


def test_the_work_of_one_opens_nothing_to_another(run):
    complete_waves(signed_in(ada(run)))
    browser = enrolled_at(person("Zoé"), run, run.enrolments.get().enrolled_at)
    assert open_sections(browser) == ["waves"]


def test_what_left_the_course_is_no_longer_waited_for(run, folder):
    browser = signed_in(ada(run))
    browser.get(f"{COURSE}sine/")
    watch(browser, (0, 20))
    without_practice(folder)
    imported(folder)
    assert open_sections(browser) == BOTH

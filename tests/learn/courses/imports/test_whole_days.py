"""A day without an hour is a whole day: what ends with it, ends when it is over."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preau.learn.courses.folder import CourseFolderError
from preau.learn.courses.imports import stored_course
from preau.learn.courses.imports.normal import end_moment, moment
from preau.learn.courses.imports.stored import written_end
from preau.learn.courses.models import Course, Run
from tests.people import imported, small_folder

ZONES = sorted(available_timezones() - {"localtime"})


def dated(folder, **fields):
    """The small course with one scheduled run of these fields."""
    more = "".join(f", {name}: {value}" for name, value in fields.items())
    run = f"runs:\n  - {{key: dated, pace: scheduled{more}}}\n"
    return small_folder(folder, **{"runs.yaml": run})


def at(written, zone="Europe/Paris"):
    return datetime.fromisoformat(written).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.django_db
@pytest.mark.parametrize("zone", ["Europe/Paris", "America/New_York", "Asia/Tokyo"])
def test_the_last_day_is_included(tmp_path, zone):
    enrolment = "{opens: 2027-01-10, closes: 2027-02-01}"
    imported(
        dated(tmp_path, starts="2027-01-11", ends="2027-02-21", time_zone=zone, enrolment=enrolment)
    )
    run = Run.objects.get()
    assert not run.has_started(at("2027-01-10T23:59:59", zone))
    assert run.has_started(at("2027-01-11T00:00", zone))
    assert not run.has_ended(at("2027-02-21T23:59:59", zone))
    assert run.has_ended(at("2027-02-22T00:00", zone))
    assert not run.enrolment_is_open(at("2027-01-09T23:59:59", zone))
    assert run.enrolment_is_open(at("2027-01-10T00:00", zone))
    assert run.enrolment_is_open(at("2027-02-01T23:59:59", zone))
    assert not run.enrolment_is_open(at("2027-02-02T00:00", zone))
    assert run.ends_at.astimezone(run.zone).date() == date(2027, 2, 21)


@pytest.mark.django_db
def test_an_hour_is_taken_at_its_word(tmp_path):
    imported(dated(tmp_path, starts="2027-01-11", ends="2027-02-21T00:00"))
    run = Run.objects.get()
    assert run.has_ended(at("2027-02-21T00:00:01"))
    assert not run.has_ended(at("2027-02-20T23:59:59"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2027-02-21", "2027-02-21"),
        ("2027-02-21T00:00:00", "2027-02-21T00:00"),
        ("2027-02-22T00:00", "2027-02-22T00:00"),
        ("2027-02-21T23:59", "2027-02-21T23:59"),
        ("2027-02-21T23:59:59", "2027-02-21T23:59:59"),
        ("2027-03-28", "2027-03-28"),  # a day of 23 hours
        ("2027-10-31", "2027-10-31"),  # and one of 25
    ],
)
def test_it_is_exported_as_it_was_written(tmp_path, written, meant):
    enrolment = f"{{closes: {written}}}"
    folder = dated(tmp_path, starts="2027-01-11", ends=written, enrolment=enrolment)
    imported(folder)
    run = stored_course(Course.objects.get()).runs[0]
    assert (run.ends, run.enrolment_closes) == (meant, meant)
    assert imported(folder).changes == []


@pytest.mark.django_db
def test_a_run_may_last_one_day(tmp_path):
    imported(dated(tmp_path, starts="2027-01-11", ends="2027-01-11"))
    run = Run.objects.get()
    assert run.ends_at - run.starts_at == timedelta(days=1, microseconds=-1)


@pytest.mark.parametrize("ends", ["2027-01-10", "2027-01-11T00:00"])
def test_a_run_can_not_end_before_it_starts(tmp_path, ends):
    with pytest.raises(CourseFolderError, match="not after its start"):
        imported(dated(tmp_path, starts="2027-01-11", ends=ends))


@given(st.dates(date(2001, 1, 1), date(2099, 12, 30)), st.sampled_from(ZONES))
def test_in_every_zone_a_whole_day_keeps_its_form_and_ends_where_the_next_begins(day, zone):
    here = ZoneInfo(zone)
    if (
        datetime.combine(day, datetime.min.time(), here).astimezone(UTC).astimezone(here).date()
        != day
    ):
        return  # a day that this zone has left out, as Samoa did in 2011
    end = end_moment(day.isoformat(), zone)
    assert written_end(end, here) == day.isoformat()
    assert end.astimezone(here).date() == day
    tomorrow = moment((day + timedelta(days=1)).isoformat(), zone)
    assert tomorrow.astimezone(UTC) - end.astimezone(UTC) == timedelta(microseconds=1)


@given(
    st.builds(datetime.combine, st.dates(date(2001, 1, 1), date(2099, 12, 30)), st.times()).map(
        lambda it: it.replace(microsecond=0)
    ),
    st.sampled_from(ZONES),
)
def test_an_hour_never_becomes_a_whole_day(local, zone):
    once = written_end(end_moment(local.isoformat(), zone), ZoneInfo(zone))
    assert "T" in once
    assert written_end(end_moment(once, zone), ZoneInfo(zone)) == once

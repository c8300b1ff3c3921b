"""Two runs of one course beside each other, each from its own first week; weeks of sections."""

import re
from datetime import date, timedelta

import pytest

from preau.learn.courses.models import Activity, Run
from preau.learn.enrolments.actions import place_in_run
from preau.learn.enrolments.models import RunRole
from tests.learn.events.writing import DAY, moment
from tests.learn.insights.test_pages import PAGE, gather, record
from tests.learn.quizzes.taking import read, see
from tests.people import RUN, claire, mina, person, signed_in, small_run

pytestmark = pytest.mark.django_db

COMPARE = f"{PAGE}compare/"
OTHER = "small-keyed"


@pytest.fixture
def run(tmp_path):
    """The run with two learners in its weeks 1 and 3; the other, a year before, with one."""
    it = small_run(tmp_path / "course")
    other = Run.objects.get(key=OTHER)
    ann, ben, cid = (person(name) for name in ("Ann", "Ben", "Cid"))
    for who, where in ((ann, it), (ben, it), (cid, other)):
        place_in_run(who, where)
    record(it, ann, moment(DAY), moment(DAY + timedelta(days=14)))
    record(it, ben, moment(DAY))
    before = date(2026, 7, 6)
    record(other, cid, moment(before), moment(before + timedelta(days=7)))
    gather()
    return it


def rows_of(browser, key, **query):
    """The table of a picture, as CSV."""
    words = "&".join(f"{name}={it}" for name, it in query.items())
    answer = browser.get(f"{PAGE}{key}.csv?{words}")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()


def test_each_run_begins_with_its_first_week(run):
    manager = signed_in(mina())
    html = see(manager, f"{COMPARE}?with={OTHER}")
    assert re.findall(r'<section class="statistic" id="([a-z-]+)"', html) == [
        "compare-people", "compare-progress", "compare-stages",
    ]  # fmt: skip
    assert rows_of(manager, "compare-people", **{"with": OTHER}) == [
        f"Week,{RUN},{OTHER}", "week 1,2,1", "week 2,0,1", "week 3,1,",
    ]  # fmt: skip


def test_the_stages_are_in_numbers_and_per_cent(run):
    lines = rows_of(signed_in(mina()), "compare-stages", **{"with": OTHER})
    assert lines[0] == f'Stage,{RUN},{OTHER},"{RUN}, %","{OTHER}, %"'
    assert lines[1] == "enrolled,2,1,100 %,100 %"
    assert lines[2] == "came,2,1,100 %,100 %"


def test_progress_is_what_was_completed_of_all_that_could_be(run):
    who = person("Dan")
    place_in_run(who, run)
    activity = Activity.objects.get(key="practice", section__course=run.course)
    record(run, who, moment(DAY, 9), verb="completed", activity=activity.pk)
    gather()
    lines = rows_of(signed_in(mina()), "compare-progress", **{"with": OTHER})
    total = 3 * len(signed_outline(run).to_complete)
    assert lines[1] == f"week 1,{round(100 / total, 1)},0.0"


def signed_outline(run):
    from preau.learn.courses.outline import outline_of

    return outline_of(run.course)


def test_a_teacher_sees_only_runs_they_teach(run):
    teacher = signed_in(claire(run))
    assert "There is no other run" in read(teacher, COMPARE)
    assert teacher.get(f"{PAGE}compare-people.csv?with={OTHER}").status_code == 404
    for key in (OTHER, "nix", RUN, ""):
        assert 'class="statistic"' not in see(teacher, f"{COMPARE}?with={key}")


def test_who_teaches_both_sees_both(run):
    teacher = claire(run)
    place_in_run(teacher, Run.objects.get(key=OTHER), RunRole.TUTOR)
    assert f"<option selected>{OTHER}" in see(signed_in(teacher), f"{COMPARE}?with={OTHER}")
    assert "Beside another run" in read(signed_in(teacher), PAGE)


def test_who_learns_in_the_other_does_not(run):
    teacher = claire(run)
    place_in_run(teacher, Run.objects.get(key=OTHER))
    assert "There is no other run" in read(signed_in(teacher), COMPARE)
    assert "Beside another run" not in read(signed_in(teacher), PAGE)


def test_sections_are_shown_week_by_week(run):
    who = person("Eve")
    for key, days in (("practice", 0), ("practice", 7), ("practice", 8)):
        activity = Activity.objects.get(key=key, section__course=run.course)
        record(
            run, person(f"{who.name}{days}"), moment(DAY + timedelta(days=days), 9),
            verb="completed", activity=activity.pk,
        )  # fmt: skip
    gather()
    lines = rows_of(signed_in(mina()), "weeks")
    assert lines[0] == "Section,W41,W42"
    counts = [line.rsplit(",", 2)[1:] for line in lines[1:]]
    assert ["1", "2"] in counts
    assert sum(int(it) for row in counts for it in row) == 3

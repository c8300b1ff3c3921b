"""The pages of the statistics: what they show is what was gathered, and only to whom it may be."""

import json
import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from preau.learn.accounts.models import SiteRole
from preau.learn.events.folder import EventsFolder
from preau.learn.insights.gathering.gather import Gathering
from tests.learn.events.writing import DAY, event, moment
from tests.learn.insights.test_gathering import write
from tests.learn.quizzes.taking import read, see
from tests.people import RUN, ada, claire, person, signed_in, small_run

pytestmark = pytest.mark.django_db

PARIS = ZoneInfo("Europe/Paris")
PAGE = f"/runs/{RUN}/statistics/"
FIGURES = ("accesses", "actions", "people", "funnel", "weeks", "activities", "hours")


@pytest.fixture
def run(tmp_path):
    return small_run(tmp_path / "course")


@pytest.fixture
def teacher(run):
    return signed_in(claire(run))


def record(run, who, *moments, **more):
    """Events of a learner in the run."""
    more = {"run": run.pk, "role": "learner", "person": who.pk, **more}
    write(EventsFolder(settings.EVENTS_FOLDER), [event(at, **more) for at in moments])


def gather(until=DAY + timedelta(days=30)):
    it = Gathering(EventsFolder(settings.EVENTS_FOLDER), PARIS, until)
    list(it.compact())
    list(it.run())


def test_before_anything_is_gathered_the_page_says_so(run, teacher):
    assert "Nothing is gathered yet" in read(teacher, PAGE)


def test_each_picture_has_its_words_its_table_its_files_and_its_definition(run, teacher):
    record(run, ada(run), *(moment(DAY, hour) for hour in (8, 9, 10)))
    gather()
    html = teacher.get(PAGE).content.decode()
    assert re.findall(r'<section class="statistic" id="([a-z]+)"', html) == list(FIGURES)
    for section in html.split('<section class="statistic"')[1:]:
        assert re.search(r'<svg[^>]* role="img"[^>]* aria-label="[^"]{10,}"', section)
        assert "<table" in section
        assert re.search(r'<p class="meta">[A-Z][^<]{40,}', section)
        for form, kind in (
            ("csv", "text/csv"), ("svg", "image/svg+xml"), ("png", "image/png"),
        ):  # fmt: skip
            (address,) = re.findall(rf'href="([a-z]+\.{form}\?by=week)"', section)
            answer = teacher.get(PAGE + address)
            assert answer.status_code == 200
            assert answer["Content-Type"].startswith(kind)
            assert "attachment" in answer["Content-Disposition"]


def test_the_table_has_what_was_gathered(run, teacher):
    record(run, ada(run), moment(DAY, 8), moment(DAY, 9))
    record(run, person("Bob"), moment(DAY, 9), moment(DAY + timedelta(days=1), 9), verb="completed")
    gather()
    rows = {}
    for key in ("accesses", "actions", "people"):
        answer = teacher.get(f"{PAGE}{key}.csv?by=day")
        rows[key] = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert rows["accesses"] == ["From,learners", "2026-10-05,2", "2026-10-06,0"]
    assert rows["actions"] == ["From,learners", "2026-10-05,1", "2026-10-06,1"]
    assert rows["people"] == ["From,People,Hours spent", "2026-10-05,2,0", "2026-10-06,1,0"]


@pytest.mark.parametrize("address", ["nothing.csv", "hours.exe", "hours.svg.csv"])
def test_a_file_that_is_none_is_not_found(run, teacher, address):
    assert teacher.get(PAGE + address).status_code == 404


@pytest.mark.parametrize("by", ["day", "week", "month", "century", "", "\0"])
def test_any_unit_is_answered_with_a_page(run, teacher, by):
    record(run, ada(run), moment())
    gather()
    assert teacher.get(PAGE, {"by": by}).status_code == 200


def test_a_file_stands_alone_and_runs_nothing(run, teacher):
    record(run, ada(run), moment())
    gather()
    answer = teacher.get(f"{PAGE}hours.svg")
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    picture = answer.content.decode()
    assert "<style>" in picture
    assert "<script" not in picture


def test_the_funnel_counts_learners_as_they_stand(run, teacher):
    one, two = ada(run), person("Bob")
    from preau.learn.enrolments.actions import place_in_run
    from preau.learn.enrolments.models import Enrolment

    place_in_run(two, run)
    Enrolment.objects.filter(person=one).update(completed_count=100)
    record(run, one, moment())
    gather()
    lines = b"".join(teacher.get(f"{PAGE}funnel.csv").streaming_content).decode("utf-8-sig")
    counts = [line.split(",")[1] for line in lines.splitlines()[1:]]
    assert counts == ["2", "1", "1", "1", "1", "1", "1"]


def test_the_page_takes_the_same_queries_for_many_people_as_for_one(run, teacher):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert teacher.get(PAGE).status_code == 200
        return len(caught)

    record(run, ada(run), moment())
    gather()
    queries()  # what is read once a process
    few = queries()
    for number in range(30):
        record(run, person(f"P{number}"), moment(DAY, number / 2))
    gather()
    assert queries() == few


# Who is lost


def test_who_came_and_stopped_is_listed_with_a_letter_to_them(run, teacher):
    from preau.learn.enrolments.actions import place_in_run

    gone, here, finished = person("Gone"), person("Here"), person("Finished")
    today = datetime.now(PARIS).date()
    for who, days in ((gone, 30), (here, 2), (finished, 40)):
        place_in_run(who, run)
        record(run, who, moment(today - timedelta(days=days)))
    from preau.learn.enrolments.models import Enrolment

    Enrolment.objects.filter(person=finished).update(finished_at="2026-10-01T00:00Z")
    gather(today)
    page = read(teacher, f"{PAGE}lost/")
    assert "Gone" in page
    assert "Here" not in page
    assert "Finished" not in page
    assert 'href="mailto:?bcc=gone@example.org"' in see(teacher, f"{PAGE}lost/")
    assert "1 learner has not come for 14 days" in read(teacher, PAGE)
    assert "Here" in read(teacher, f"{PAGE}lost/?days=1")


@pytest.mark.parametrize(
    "query", ["days=0", "days=x", "days=99999", "from=-1", "from=9999999999999"]
)
def test_odd_questions_are_answered_with_a_page(run, teacher, query):
    gather()
    assert teacher.get(f"{PAGE}lost/?{query}").status_code == 200


# Whose they are


def test_a_learner_sees_their_own_time_and_nobody_elses(run):
    who = ada(run)
    record(run, who, *(moment(DAY, hour) for hour in (8, 8.25, 8.5)))
    record(run, person("Bob"), *(moment(DAY, hour) for hour in (8, 8.1)))
    gather()
    page = read(signed_in(who), f"/runs/{RUN}/my-progress/")
    assert "Days on which I came 1 Minutes 30" in page


def test_the_sites_statistics_are_for_who_runs_it(run):
    record(run, ada(run), moment())
    gather()
    who = claire(run)
    assert signed_in(who).get("/statistics/").status_code == 403
    who.site_role = SiteRole.MANAGER
    who.save()
    html = signed_in(who).get("/statistics/").content.decode()
    assert 'id="arrivals"' in html
    assert 'id="runs"' in html


def test_show_prints_what_the_contract_says(run, capsys):
    from django.core.management import call_command

    record(run, ada(run), moment(DAY, 8), moment(DAY, 9))
    gather()
    call_command("stats_show", "--run", RUN, "--since", "2026-10-05", "--until", "2026-10-05",
                 "--format", "json")  # fmt: skip
    assert json.loads(capsys.readouterr().out) == [
        {"day": "2026-10-05", "role": "learner", "views": 2, "actions": 0, "sign_ins": 0,
         "people": 1}
    ]  # fmt: skip


# Videos


def watch(run, who, day, *parts):
    """Events of watching, and what the site keeps of it."""
    from preau.learn.courses.models import Activity
    from preau.learn.enrolments.actions import place_in_run
    from preau.learn.enrolments.models import Enrolment, Watching
    from preau.learn.enrolments.watched import merged

    place_in_run(who, run)
    film = Activity.objects.get(key="film")
    moments = [moment(day, 10 + number / 100) for number in range(len(parts))]
    write(
        EventsFolder(settings.EVENTS_FOLDER),
        [
            event(at, verb="watched", run=run.pk, activity=film.pk, role="learner",
                  person=who.pk, result={"position": part[1], "seen": [list(part)]})
            for at, part in zip(moments, parts, strict=True)
        ],
    )  # fmt: skip
    Watching.objects.create(
        enrolment=Enrolment.objects.get(person=who, run=run), activity=film,
        position=parts[-1][1], seen=[list(it) for it in merged(parts)],
    )  # fmt: skip


def test_a_video_is_counted_second_by_second(run, teacher):
    watch(run, person("One"), DAY, (0, 4), (2, 6))
    watch(run, person("Two"), DAY + timedelta(days=1), (0, 3))
    gather()
    html = see(teacher, f"{PAGE}videos/")
    assert "most looked again at 0:02, most stopped at" in html
    lines = b"".join(teacher.get(f"{PAGE}video-film.csv").streaming_content).decode("utf-8-sig")
    rows = [line.split(",") for line in lines.splitlines()]
    assert rows[0] == ["At", "times shown", "learners", "stopped here"]
    assert [row[1:] for row in rows[1:]] == [
        ["2", "2", "0"], ["2", "2", "0"], ["3", "2", "0"], ["2", "1", "1"], ["1", "1", "0"],
        ["1", "1", "0"], ["0", "0", "1"],
    ]  # fmt: skip
    assert teacher.get(f"{PAGE}video-film.svg").status_code == 200
    assert "Where videos are stopped" in read(teacher, PAGE)


def test_a_run_whose_videos_nobody_watched_says_so(run, teacher):
    gather()
    assert "Nobody has watched a video yet" in read(teacher, f"{PAGE}videos/")
    assert teacher.get(f"{PAGE}video-film.csv").status_code == 404


@pytest.mark.parametrize(
    "result", [None, {}, {"seen": None}, {"seen": "x"}, {"seen": [[1]]}, {"seen": [["a", "b"]]},
               {"seen": [[-5, 3]]}, {"seen": [[0, 1e9]]}, {"seen": [[5, 2]]}],
)  # fmt: skip
def test_what_no_player_of_ours_sends_breaks_nothing(run, teacher, result):
    from preau.learn.courses.models import Activity

    film = Activity.objects.get(key="film")
    more = {"result": result} if result is not None else {}
    record(run, ada(run), moment(), verb="watched", activity=film.pk, **more)
    gather()
    assert teacher.get(f"{PAGE}videos/").status_code == 200

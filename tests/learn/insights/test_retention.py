"""Old events go once they are counted; what was counted of them stays as it was."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings as settings_of_site
from django_tasks_db.models import DBTaskResult

from preau.learn.events.folder import EventsFolder
from preau.learn.insights.models import Rollup
from preau.learn.insights.tasks import gather_statistics
from tests.learn.events.writing import event, line_file, moment
from tests.learn.insights.test_gathering import stored, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return datetime.now(ZoneInfo("Europe/Paris")).date()


def test_days_that_are_counted_go_after_their_time(settings, today):
    folder = EventsFolder(settings.EVENTS_FOLDER)
    ages = (100, 40, 12, 11, 10, 9, 2)
    write(folder, [event(moment(today - timedelta(days=age)), person=age) for age in ages])
    settings.EVENTS_KEEP_DAYS = 10
    for _again in range(5):
        gather_statistics.call()
    days = stored("day")
    assert len([key for key in days if key[3] == ""]) == len(ages)
    assert sorted(folder.compacted()) == [
        today - timedelta(days=age) for age in (11, 10, 9, 2)
    ]  # fmt: skip
    month = Rollup.objects.filter(period="month", run=0, role="")
    assert sum(it.views for it in month) == len(ages)
    line_file(folder.path, f"{today - timedelta(days=2)}.9-late",
              event(moment(today - timedelta(days=2), 13)))  # fmt: skip
    gather_statistics.call()
    assert {key: value for key, value in stored("day").items() if key in days} != days
    assert sum(it.views for it in month.all()) == len(ages) + 1


def test_what_one_task_leaves_is_the_next_ones(today):
    folder = EventsFolder(settings_of_site.EVENTS_FOLDER)
    write(folder, [event(moment(today - timedelta(days=age))) for age in (40, 2)])
    assert gather_statistics.call() == 31
    waiting = DBTaskResult.objects.filter(status="READY", task_path__endswith="gather_statistics")
    assert waiting.count() == 1
    assert gather_statistics.call() > 0
    assert waiting.count() == 1, "nothing is left, so nothing more is asked for"


def test_without_the_setting_everything_stays(settings, today):
    folder = EventsFolder(settings.EVENTS_FOLDER)
    write(folder, [event(moment(today - timedelta(days=3000)))])
    gather_statistics.call()
    assert list(folder.compacted()) == [today - timedelta(days=3000)]

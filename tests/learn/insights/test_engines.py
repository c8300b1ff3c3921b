"""Whatever engine the setting names, the answers are the same."""

import random
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from preau.kit.errors import PreauError
from preau.learn.events.engine import ENGINES, open_engine
from preau.learn.events.folder import EventsFolder
from preau.learn.insights.gathering.gather import Gathering
from preau.learn.insights.models import Gathered, Rollup
from tests.learn.events.writing import DAY, moment
from tests.learn.insights.counting import as_recorded
from tests.learn.insights.test_gathering import write

pytestmark = pytest.mark.django_db

VERBS = ("viewed", "viewed", "watched", "completed", "signed-in", "answered", "certified")


def made_up(count):
    draw = random.Random(5)
    moments = draw.sample(range(moment(DAY), moment(DAY + timedelta(days=40))), count)
    return [
        as_recorded(
            at, draw.choice(VERBS), draw.choice([None, *range(1, 60)]), draw.choice([None, 1, 2]),
            draw.choice([None, *range(10, 20)]), draw.choice([None, "learner", "teacher"]),
        )
        for at in moments
    ]  # fmt: skip


def test_both_engines_give_the_same_roll_ups(tmp_path, settings):
    found = {}
    for engine in ENGINES:
        settings.EVENTS_ENGINE = engine
        folder = EventsFolder(tmp_path / engine)
        write(folder, made_up(3000))
        gathering = Gathering(folder, ZoneInfo("Europe/Paris"), DAY + timedelta(days=41))
        list(gathering.compact())
        list(gathering.run())
        names = [field.name for field in Rollup._meta.fields if field.name != "id"]
        rows = Rollup.objects.order_by("period", "start", "run", "activity", "role")
        found[engine] = list(rows.values(*names))
        Rollup.objects.all().delete()
        Gathered.objects.all().delete()
    assert len(found["duckdb"]) > 3000
    assert found["clickhouse"] == found["duckdb"]


def test_an_engine_that_is_not_installed_is_told(tmp_path, settings, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "chdb.session", None)
    settings.EVENTS_ENGINE = "clickhouse"
    with (
        pytest.raises(PreauError, match=r"pip install 'preau\[clickhouse\]'"),
        open_engine(tmp_path),
    ):
        pass

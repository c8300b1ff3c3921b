"""Countries, only where the operator gives a database: counted by truncated address."""

import pytest
from django.conf import settings as settings_of_site
from mmdb_writer import MMDBWriter
from netaddr import IPSet

from preau.learn.events.engine import ENGINES
from preau.learn.events.folder import EventsFolder
from preau.learn.insights.gathering.now import gathering
from preau.learn.insights.models import Country, Rollup
from tests.learn.events.writing import DAY, event, moment
from tests.learn.insights.test_gathering import write
from tests.learn.quizzes.taking import read, see
from tests.people import RUN, claire, mina, signed_in, small_run

pytestmark = pytest.mark.django_db

FRANCE = {"iso_code": "FR", "names": {"en": "France", "fr": "France", "de": "Frankreich"}}
SENEGAL = {"iso_code": "SN", "names": {"en": "Senegal", "fr": "Sénégal"}}
CANADA = {"iso_code": "CA", "names": {"en": "Canada", "fr": "Canada"}}
HOSTILE = {"iso_code": "<script>", "names": {"en": ["x"], "fr": 7}}


@pytest.fixture
def database(tmp_path, settings):
    """A MaxMind DB file, as the operator's setting names it."""
    writer = MMDBWriter(ip_version=6, ipv4_compatible=True, database_type="Test-Country")
    for network, country in (
        ("192.0.1.0/24", FRANCE), ("192.0.2.0/24", SENEGAL), ("2001:db8:7::/48", CANADA),
        ("192.0.3.0/24", HOSTILE),
    ):  # fmt: skip
        writer.insert_network(IPSet([network]), {"country": country})
    writer.insert_network(IPSet(["192.0.4.0/24"]), {"continent": {"code": "AF"}})
    path = tmp_path / "countries.mmdb"
    writer.to_db_file(str(path))
    settings.STATISTICS_COUNTRIES = str(path)
    return path


def gather():
    it = gathering(DAY)
    list(it.compact())
    list(it.run())


def visits(run, *addresses, **more):
    events = [
        event(moment(hour=8 + number / 100), address=address, run=run, **more)
        for number, address in enumerate(addresses)
    ]
    write(EventsFolder(settings_of_site.EVENTS_FOLDER), events)


def counted(run):
    return Rollup.objects.get(period="day", start=DAY, run=run, activity=0, role="").countries


@pytest.fixture
def run(tmp_path):
    return small_run(tmp_path / "course")


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_views_are_counted_by_country(run, database, settings, engine):
    settings.EVENTS_ENGINE = engine
    visits(run.pk, "192.0.1.0", "192.0.1.0", "192.0.2.0", "2001:db8:7::", role="learner")
    visits(None, "192.0.2.0", "192.0.9.0", "", "nonsense", "192.0.3.0", "192.0.4.0", verb="noted")
    visits(None, "192.0.1.0", verb="watched")
    gather()
    assert counted(run.pk) == {"FR": 2, "SN": 1, "CA": 1}
    assert counted(0) == {"FR": 2, "SN": 2, "CA": 1, "?": 5}
    assert {it.code: it.names for it in Country.objects.all()} == {
        "FR": {"en": "France", "fr": "France"},
        "SN": {"en": "Senegal", "fr": "Sénégal"},
        "CA": {"en": "Canada", "fr": "Canada"},
    }


def test_the_pages_show_them_in_the_readers_language(run, database):
    visits(run.pk, "192.0.2.0", "192.0.2.0", "192.0.9.0", role="learner")
    gather()
    page = read(signed_in(claire(run), "fr"), f"/runs/{RUN}/statistics/")
    assert "SN Sénégal 2" in page
    html = see(signed_in(mina()), "/statistics/")
    assert 'id="countries"' in html
    assert "Senegal" in html


def test_without_a_database_there_are_none(run):
    visits(run.pk, "192.0.1.0", role="learner")
    gather()
    assert counted(run.pk) == {}
    assert 'id="countries"' not in see(signed_in(claire(run)), f"/runs/{RUN}/statistics/")


@pytest.mark.parametrize(
    "content", [None, b"", b"no database", b"\xab\xcd\xefMaxMind.com" + b"\xff" * 90]
)
def test_a_database_that_cannot_be_read_is_named_and_the_rest_is_counted(
    run, database, content, caplog
):
    if content is None:
        database.unlink()
    else:
        database.write_bytes(content)
    visits(run.pk, "192.0.1.0", role="learner")
    gather()
    assert f"{database} can't be read" in caplog.text
    assert counted(run.pk) == {}
    assert Rollup.objects.get(period="day", run=run.pk, activity=0, role="").views == 1

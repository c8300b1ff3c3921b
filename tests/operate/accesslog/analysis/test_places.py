"""Countries and cities, of every host of the period, by the file that the operator gives."""

import json
from datetime import date

import pytest
from mmdb_writer import MMDBWriter
from netaddr import IPSet

from preau.kit.errors import PreauError
from preau.operate.accesslog.analysis.counting import counted
from preau.operate.accesslog.analysis.definitions import Definitions
from preau.operate.accesslog.analysis.filters import Filters
from preau.operate.accesslog.analysis.places import opened_places
from preau.operate.accesslog.analysis.result import result_of
from preau.operate.accesslog.store.folder import open_store
from preau.operate.accesslog.store.take_in import take_in
from tests.operate.accesslog.logs import line, write

FRANCE = {"iso_code": "FR", "names": {"en": "France", "fr": "France"}}
SENEGAL = {"iso_code": "SN", "names": {"en": "Senegal", "fr": "Sénégal"}}
PAGE = {"names": {"en": "Page", "fr": "Page"}}
DAKAR = {"names": {"en": "Dakar"}}
NETWORKS = {
    "192.0.1.0/24": {"country": FRANCE, "city": PAGE}, "192.0.2.0/24": {"country": SENEGAL},
    "2001:db8:7::/48": {"country": SENEGAL, "city": DAKAR},
    "192.0.3.0/24": {"country": {"iso_code": "<script>", "names": 7}, "city": 5},
    "192.0.4.0/24": {"continent": {"code": "AF"}},
}  # fmt: skip


def made(path, networks):
    """A MaxMind DB file."""
    writer = MMDBWriter(ip_version=6, ipv4_compatible=True, database_type="Test-City")
    for network, record in networks.items():
        writer.insert_network(IPSet([network]), record)
    writer.to_db_file(str(path))
    return path


@pytest.fixture
def database(tmp_path):
    return made(tmp_path / "city.mmdb", NETWORKS)


@pytest.fixture
def log(tmp_path):
    hosts = ["192.0.1.7", "192.0.1.8", "192.0.2.1", "2001:db8:7::5", "192.0.3.1", "192.0.4.1",
             "dsl.example.fr", "198.51.100.1"]  # fmt: skip
    lines = [line("/", host=host, at=day * 1440, size=10) for host in hosts for day in (0, 1)]
    return write(tmp_path / "a.log", *lines, line("/a.css", host="192.0.1.7", size=5))


def places(folder, log, database, language="en", since=None, filters=None, **said):
    with (
        opened_places(database, language) as found,
        open_store(folder / "store", lasting=True) as store,
    ):
        take_in(store, [str(log)], None, lambda _told: None)
        with counted(store, Definitions(**said), filters or Filters()) as counts:
            return result_of(counts, Definitions(**said), since, None, 2, found).lists


def rows(found):
    return [tuple(it.values()) for it in found]


def test_every_host_is_looked_up_though_the_list_of_hosts_is_short(tmp_path, log, database):
    found = places(tmp_path, log, database)
    assert len(found["hosts"]) == 2
    assert rows(found["countries"]) == [("", "unknown", 8, 8, 8, 80), ("FR", "France", 4, 4, 5, 45)]
    assert rows(found["cities"])[0] == ("unknown", "", "unknown", 8, 8, 8, 80)
    assert rows(found["cities"])[1] == ("Page", "FR", "France", 4, 4, 5, 45)


@pytest.mark.parametrize("visitor", ["host", "host+agent"])
def test_days_filters_and_the_language_hold(tmp_path, log, database, visitor):
    some = Filters(host="2001:*")
    found = places(tmp_path, log, database, "fr", date(2026, 10, 6), some, visitor=visitor)
    assert rows(found["countries"]) == [("SN", "Sénégal", 1, 1, 1, 10)]
    assert rows(found["cities"]) == [("Dakar", "SN", "Sénégal", 1, 1, 1, 10)]


def test_a_file_without_cities_has_countries_only(tmp_path, log):
    countries = made(tmp_path / "c.mmdb", {"192.0.1.0/24": {"country": FRANCE}})
    found = places(tmp_path, log, countries)
    assert len(found["countries"]) == 2
    assert found["cities"] == []


def test_without_a_file_nobody_is_anywhere(tmp_path, log):
    found = places(tmp_path, log, None)
    assert found["countries"] == found["cities"] == []


def test_the_report_shows_them(preau, log, database, tmp_path):
    page, document = tmp_path / "r.html", tmp_path / "r.json"
    words = ("--countries", database, "--language", "fr", "-o", page, "--json", document)
    done = preau("accesslog", "report", log, *words)
    assert done.code == 0, done.err
    assert {it["code"] for it in json.loads(document.read_text())["countries"]} == {"", "FR", "SN"}
    shown = page.read_text()
    for text in ("Pays", "Villes", "Sénégal", "inconnu", "Dakar", "Page"):
        assert text in shown


@pytest.mark.parametrize("what", ["missing", "folder", "text", "cut"])
def test_a_file_that_is_none_is_said_in_one_sentence(preau, log, database, tmp_path, what):
    bad = tmp_path / "bad.mmdb"
    if what == "folder":
        bad.mkdir()
    elif what != "missing":
        bad.write_bytes({"text": b"no database", "cut": database.read_bytes()[200:400]}[what])
    done = preau("accesslog", "report", log, "--countries", bad)
    assert done.code in (1, 2)
    assert f"{bad}" in done.err.replace("\n", "")
    assert "Traceback" not in done.err


def test_a_file_that_is_damaged_within_is_said(tmp_path, log, database):
    content = database.read_bytes()
    begin = content.index(b"iso_code") - 40
    database.write_bytes(content[:begin] + b"\xff" * 300 + content[begin + 300 :])
    with pytest.raises(PreauError, match=r"city\.mmdb: it is no MaxMind DB file, or a damaged one"):
        places(tmp_path, log, database)

"""A log written by hand, of which every number is known."""

from datetime import date

import pytest

from preau.operate.accesslog.analysis.filters import Filters
from tests.operate.accesslog.logs import FIREFOX, GOOGLEBOT, IPHONE, line, result, write

ADA, BOB, EVE = "192.0.2.1", "192.0.2.2", "2001:db8::3"
OWN = ("mooc.example.org",)
HOME = "https://mooc.example.org/"


@pytest.fixture
def log(tmp_path):
    return write(
        tmp_path / "access.log",
        # Ada comes by a search, looks at three pages, comes back after more than an hour.
        line("/", host=ADA, referrer="https://www.bing.com/search?q=Shannon+Limit", size=500),
        line("/style.css?v=2", at=0, host=ADA, referrer=HOME, size=100),
        line("/course/", at=2, host=ADA, referrer=HOME, size=700),
        line("/notes.pdf", at=3, host=ADA, referrer=HOME, size=5000),
        line("/course/one", at=4, host=ADA, referrer=HOME, status=304, size=900),
        line("/index.html", at=70, host=ADA, user="ada", size=300),
        # Bob has a phone, signs in, sees a film in two parts, follows a campaign.
        line("/course/?utm_source=mail&utm_medium=news&utm_campaign=autumn+term", at=1, host=BOB,
             user="bob", agent=IPHONE, size=700),
        line("/film.webm", at=2, host=BOB, status=206, agent=IPHONE, size=10_000),
        line("/film.webm", at=3, host=BOB, status=206, agent=IPHONE, size=20_000),
        # Eve comes from another site, meets an error; her browser asks for an icon.
        line("/gone", at=5, host=EVE, status=404, referrer=HOME, size=50),
        line("/", at=6, host=EVE, referrer="https://news.example.com/a?b=c", size=500),
        line("/favicon.ico", at=6, host=EVE, size=30),
        # Machines.
        line("/course/", at=7, host="198.51.100.1", agent=GOOGLEBOT),
        line("/robots.txt", at=7, host="198.51.100.1", agent=GOOGLEBOT),
        line("/", at=8, host="198.51.100.2", agent="-"),
        line("/wp-login.php", at=9, host="198.51.100.3", status=404, method="POST"),
        "nonsense",
    )  # fmt: skip


@pytest.fixture
def counted(log, tmp_path):
    return result(tmp_path / "store", log, own_hosts=OWN)


def names(rows, *keys):
    return [tuple(row[key] for key in keys) for row in rows]


def test_the_numbers_on_top(counted):
    assert counted.summary == {
        "lines": 17, "unparsed": 1, "hits": 8, "pages": 6, "bytes": 37_800, "visits": 4,
        "unique_visitors": 3, "visit_seconds": 240, "robots_hits": 3, "worms_hits": 1,
        "errors_hits": 1, "automatic_hits": 1, "parts": 2, "not_viewed_hits": 6,
        "not_viewed_pages": 4, "not_viewed_bytes": 4080,
    }  # fmt: skip
    assert counted.first == counted.last == date(2026, 10, 5)
    assert counted.unparsed == ["nonsense"]


def test_when(counted):
    (day,) = counted.lists["days"]
    assert (day["day"], day["visits"], day["unique_visitors"], day["pages"]) == (
        "2026-10-05",
        4,
        3,
        6,
    )
    assert names(counted.lists["months"], "month", "visits", "hits") == [("2026-10", 4, 8)]
    assert names(counted.lists["weekdays"], "weekday", "pages", "days") == [(1, 6, 1)]
    hours = {row["hour"]: row["pages"] for row in counted.lists["hours"]}
    assert len(hours) == 24
    assert {hour: pages for hour, pages in hours.items() if pages} == {12: 5, 13: 1}


def test_who(counted):
    assert names(counted.lists["hosts"], "host", "pages", "hits", "bytes") == [
        (ADA, 4, 6, 6600), (BOB, 1, 1, 30_700), (EVE, 1, 1, 500),
    ]  # fmt: skip
    assert names(counted.lists["users"], "user", "pages", "hits") == [("ada", 1, 1), ("bob", 1, 1)]
    assert names(counted.lists["visit_durations"], "duration", "visits") == [
        ("0 s to 30 s", 3), ("2 min to 5 min", 1),
    ]  # fmt: skip
    robots = names(counted.lists["robots"], "robot", "hits", "robots_txt")
    assert robots == [("Googlebot", 2, 1), ("no agent", 1, 0)]
    assert "Googlebot" in counted.lists["robots"][0]["why"]
    assert names(counted.lists["worms"], "path", "hits") == [("/wp-login.php", 1)]


def test_what(counted):
    assert names(counted.lists["pages"], "path", "pages", "entries", "exits") == [
        ("/", 3, 3, 2), ("/course/", 2, 1, 1), ("/course/one", 1, 0, 1),
    ]  # fmt: skip
    assert names(counted.lists["entries"], "path", "visits") == [("/", 3), ("/course/", 1)]
    assert names(counted.lists["exits"], "path", "visits") == [
        ("/", 2), ("/course/", 1), ("/course/one", 1),
    ]  # fmt: skip
    assert names(counted.lists["file_types"], "file_type", "hits", "bytes") == [
        ("", 5, 2400), ("css", 1, 100), ("html", 1, 300), ("pdf", 1, 5000), ("webm", 0, 30_000),
    ]  # fmt: skip
    assert names(counted.lists["downloads"], "path", "hits", "parts", "bytes") == [
        ("/notes.pdf", 1, 0, 5000), ("/film.webm", 0, 2, 30_000),
    ]  # fmt: skip


def test_with_what(counted):
    assert names(counted.lists["browsers"], "browser", "hits") == [
        ("Firefox", 7),
        ("Mobile Safari", 1),
    ]
    assert names(counted.lists["browser_versions"], "browser", "version") == [
        ("Firefox", "140"), ("Mobile Safari", "18"),
    ]  # fmt: skip
    assert names(counted.lists["systems"], "system", "pages") == [("Linux", 5), ("iOS", 1)]
    assert names(counted.lists["system_versions"], "system", "version")[1] == ("iOS", "18.3")
    assert names(counted.lists["devices"], "device", "hits") == [("computer", 7), ("phone", 1)]


def test_from_where(counted):
    assert names(counted.lists["origins"], "origin", "pages") == [
        ("direct", 2), ("internal", 2), ("search", 1), ("site", 1),
    ]  # fmt: skip
    assert names(counted.lists["search_engines"], "engine", "pages") == [("Bing", 1)]
    assert names(counted.lists["search_phrases"], "phrase", "pages") == [("shannon limit", 1)]
    assert names(counted.lists["referring_sites"], "site", "pages") == [("news.example.com", 1)]
    assert names(counted.lists["referring_pages"], "page") == [("https://news.example.com/a",)]
    assert names(counted.lists["campaigns"], "source", "medium", "campaign", "pages") == [
        ("mail", "news", "autumn term", 1)
    ]


def test_the_server(counted):
    assert names(counted.lists["statuses"], "status", "hits") == [
        (200, 11), (206, 2), (404, 2), (304, 1),
    ]  # fmt: skip
    assert names(counted.lists["errors"], "status", "path", "hits", "referrer") == [
        (404, "/gone", 1, HOME), (404, "/wp-login.php", 1, ""),
    ]  # fmt: skip
    assert counted.lists["response_times"] == counted.lists["slow_pages"] == []
    assert counted.lists["virtual_hosts"] == []


def test_response_times_are_percentiles_within_five_per_cent(tmp_path):
    text = '%v:%p %h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i" %D'
    lines = [
        f"site-{number % 2}:443 {line('/slow' if number % 4 else '/fast', at=number / 60, host=f'h{number % 50}', end=f' {number}')}"
        for number in range(1, 1001)
    ]
    counted = result(tmp_path / "store", write(tmp_path / "access.log", *lines), text=text)
    (times,) = counted.lists["response_times"]
    assert times["hits"] == 1000
    assert times["mean_ms"] == pytest.approx(0.5005, abs=0.001)
    for share in (50, 90, 95, 99):
        assert share / 100 <= times[f"p{share}_ms"] <= 1.06 * share / 100
    assert names(counted.lists["slow_pages"], "path", "hits") == [("/slow", 750), ("/fast", 250)]
    assert names(counted.lists["virtual_hosts"], "host", "hits") == [
        ("site-0", 500),
        ("site-1", 500),
    ]


def test_a_visit_goes_on_at_midnight_unless_it_is_split(tmp_path):
    log = write(tmp_path / "a.log", line(at=719), line(at=722), line(at=790), line(at=900))
    assert result(tmp_path / "one", log).summary["visits"] == 3
    assert result(tmp_path / "two", log, split_days=True).summary["visits"] == 4
    assert result(tmp_path / "gap", log, visit_gap=179).summary["visits"] == 4
    assert result(tmp_path / "ten", log, visit_gap=60 * 110).summary["visits"] == 1


def test_days_that_are_counted_one_by_one_have_the_same_visits(tmp_path, monkeypatch):
    from preau.operate.accesslog.analysis import counting

    lines = [line(f"/{number % 7}", at=37 * number, host=f"h{number % 5}") for number in range(400)]
    log = write(tmp_path / "a.log", *lines)
    whole = result(tmp_path / "whole", log, visit_gap=185)
    monkeypatch.setattr(counting, "AT_ONCE", 1)
    daily = result(tmp_path / "daily", log, visit_gap=185)
    assert len(whole.lists["days"]) > 5
    assert daily.summary == whole.summary
    assert daily.lists == whole.lists


def test_a_visitor_may_be_an_address_with_a_browser(tmp_path):
    log = write(tmp_path / "a.log", line(agent=FIREFOX), line(agent=IPHONE, at=1))
    assert result(tmp_path / "one", log).summary["unique_visitors"] == 1
    assert result(tmp_path / "two", log, visitor="host+agent").summary["unique_visitors"] == 2


def test_robots_that_say_they_are_browsers_are_known_by_what_they_do(tmp_path):
    fast = [line(f"/{number}", at=number / 60, host="fast") for number in range(40)]
    bare = [line(f"/{number}", at=number, host="bare") for number in range(35)]
    reads = [line("/robots.txt", host="reads"), line("/", at=1, host="reads")]
    person = [
        line(path, at=number, host="person", referrer=HOME)
        for number in range(40)
        for path in (f"/{number}", "/style.css")
    ]
    log = write(tmp_path / "a.log", *fast, *bare, *reads, *person)
    counted = result(tmp_path / "store", log, own_hosts=OWN)
    assert names(counted.lists["hosts"], "host") == [("person",)]
    assert counted.summary["robots_hits"] == 40 + 35 + 2
    (row,) = [row for row in counted.lists["robots"] if row["robot"] != "unknown"]
    assert row["reasons"] == 3
    assert row["why"].startswith("bare asks for 35 pages, for nothing that lies on them")
    listed = result(tmp_path / "listed", log, behaviour=False)
    assert listed.summary["robots_hits"] == 1


@pytest.mark.parametrize(
    ("filters", "hits", "visitors"),
    [
        (Filters(path="/course/*"), 3, 2), (Filters(path="!/course/*"), 5, 2),
        (Filters(host="192.0.2.*"), 7, 2), (Filters(agent="iphone"), 1, 1),
        (Filters(agent="!IPHONE"), 7, 2), (Filters(status="304"), 1, 1),
        (Filters(status="!3xx"), 7, 3), (Filters(path="/course/*", agent="firefox"), 2, 1),
    ],
)  # fmt: skip
def test_filters_count_visitors_anew(log, tmp_path, filters, hits, visitors):
    said = {"own_hosts": OWN}
    whole = result(tmp_path / "store", log, **said)
    part = result(tmp_path / "store", log, filters=filters, **said)
    assert (part.summary["hits"], part.summary["unique_visitors"]) == (hits, visitors)
    assert result(tmp_path / "store", log, **said).summary == whole.summary


def test_some_days_only(tmp_path):
    log = write(tmp_path / "a.log", *(line(f"/{day}", at=1440 * day) for day in range(10)))
    part = result(tmp_path / "store", log, since=date(2026, 10, 7), until=date(2026, 10, 9))
    assert [row["day"] for row in part.lists["days"]] == ["2026-10-07", "2026-10-08", "2026-10-09"]
    assert part.summary["pages"] == 3
    assert names(part.lists["pages"], "path") == [("/2",), ("/3",), ("/4",)]


def test_hours_are_those_of_the_clock_that_wrote_the_log(tmp_path):
    log = write(tmp_path / "a.log", line(zone="+0200"), line(zone="-0700", at=60))
    counted = result(tmp_path / "store", log)
    assert {row["hour"] for row in counted.lists["hours"] if row["pages"]} == {12, 13}
    assert counted.summary["visits"] == 2  # ten hours apart
    late = write(tmp_path / "b.log", line(at=719, zone="+1300"), line(at=722, zone="-1100"))
    assert [row["day"] for row in result(tmp_path / "two", late).lists["days"]] == [
        "2026-10-05", "2026-10-06",
    ]  # fmt: skip


def test_nothing_to_read_is_a_report_of_nothing(tmp_path):
    empty = write(tmp_path / "a.log", end="")
    assert result(tmp_path / "store", empty).summary["hits"] == 0

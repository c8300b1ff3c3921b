"""The same log, read by the programs that operators have used: AWStats and GoAccess.

Where the numbers differ, docs/reference/accesslog.md names the definition, and it stands here.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.operate.accesslog.logs import result

MAKE_LOG = Path(__file__).parents[3] / "samples" / "web-log" / "make_log.py"
AWSTATS = Path("/usr/lib/cgi-bin/awstats.pl")
OWN = "mooc.example.org"
LINES = 40_000
CONFIGURATION = f"""
LogFile="{{log}}"
LogType=W
LogFormat=1
SiteDomain="{OWN}"
HostAliases="{OWN}"
DNSLookup=0
DirData="{{folder}}"
LevelForWormsDetection=0
"""


def needed(there, package):
    """In CI what is missing is a failure."""
    if not there:
        message = f"needs Debian's {package}"
        pytest.fail(message) if os.environ.get("CI") == "true" else pytest.skip(message)


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    path = tmp_path_factory.mktemp("made") / "access.log"
    with path.open("wb") as out:
        words = [sys.executable, str(MAKE_LOG), "--lines", str(LINES), "--seed", "4"]
        subprocess.run(words, stdout=out, check=True, timeout=120)
    return path


@pytest.fixture(scope="module")
def counted(log, tmp_path_factory):
    """With AWStats' definitions: visits end at midnight, robots are those of a list."""
    store = tmp_path_factory.mktemp("counted") / "store"
    return result(store, log, own_hosts=(OWN,), split_days=True, behaviour=False)


@pytest.fixture(scope="module")
def awstats(log, tmp_path_factory):
    """The sections of AWStats' file: lists of words."""
    needed(AWSTATS.exists(), "awstats")
    folder = tmp_path_factory.mktemp("awstats")
    (folder / "awstats.x.conf").write_text(CONFIGURATION.format(log=log, folder=folder))
    words = ["perl", str(AWSTATS), "-config=x", f"-configdir={folder}", "-update"]
    subprocess.run(words, check=True, capture_output=True, timeout=300)
    (file,) = folder.glob("awstats*.txt")
    sections = {}
    for text in file.read_text().splitlines():
        words = text.split()
        if text.startswith("BEGIN_"):
            section = sections.setdefault(words[0].removeprefix("BEGIN_"), [])
        elif words and not text.startswith(("END_", "#")) and sections:
            section.append(words)
    return sections


def test_awstats_general_numbers(counted, awstats):
    general = {words[0]: words[1:] for words in awstats["GENERAL"]}
    assert counted.summary["visits"] == int(general["TotalVisits"][0])
    assert counted.summary["unique_visitors"] == int(general["TotalUnique"][0])
    assert counted.summary["lines"] == int(general["LastUpdate"][1]) == LINES


def test_awstats_days_have_the_same_pages_hits_and_visits(counted, awstats):
    theirs = {
        (day[:4], day[4:6], day[6:]): tuple(map(int, words)) for day, *words in awstats["DAY"]
    }
    ours = {tuple(row["day"].split("-")): row for row in counted.lists["days"]}
    assert {day: (row["pages"], row["hits"], row["visits"]) for day, row in ours.items()} == {
        day: (pages, hits, visits) for day, (pages, hits, _bytes, visits) in theirs.items()
    }


def test_awstats_bytes_count_parts_twice(counted, awstats):
    """Its code adds the bytes of a 206 to the day and the hour in two places."""
    parts = next(row["bytes"] for row in counted.lists["statuses"] if row["status"] == 206)
    theirs = sum(int(words[3]) for words in awstats["DAY"])
    assert counted.summary["bytes"] + parts == theirs


def test_awstats_hours_have_the_same_pages_and_hits(counted, awstats):
    theirs = {
        int(hour): (int(pages), int(hits), int(not_pages), int(not_hits))
        for hour, pages, hits, _bytes, not_pages, not_hits, _not_bytes in awstats["TIME"]
    }
    assert theirs == {
        row["hour"]: (row["pages"], row["hits"], row["not_viewed_pages"], row["not_viewed_hits"])
        for row in counted.lists["hours"]
    }


def test_awstats_errors_have_the_same_statuses(counted, awstats):
    """It has no statuses of what is viewed, and no 206 of downloads."""
    theirs = {int(status): (int(hits), int(size)) for status, hits, size in awstats["ERRORS"]}
    assert theirs == {
        row["status"]: (row["hits"], row["bytes"])
        for row in counted.lists["statuses"]
        if row["status"] not in (200, 206, 304)
    }


def test_awstats_pages_have_the_same_views_entries_and_exits(counted, awstats):
    """Entries and exits may differ by visits whose pages are of the same second."""
    theirs = {words[0]: tuple(map(int, words[1:])) for words in awstats["SIDER"]}
    for row in counted.lists["pages"][:100]:
        views, size, entries, exits = (*theirs[row["path"]], 0, 0)[:4]
        assert (row["pages"], row["bytes"]) == (views, size)
        assert row["entries"] == pytest.approx(entries, rel=0.05, abs=4)
        assert row["exits"] == pytest.approx(exits, rel=0.05, abs=4)


def test_awstats_durations_are_the_same_but_for_few(counted, awstats):
    """Of its own visits it has no duration for some few: they add up to less than all visits."""
    theirs = {words[0]: int(words[1]) for words in awstats["SESSION"]}
    ours = {row["duration"]: row["visits"] for row in counted.lists["visit_durations"]}
    names = {
        "0s-30s": "0 s to 30 s", "30s-2mn": "30 s to 2 min", "2mn-5mn": "2 min to 5 min",
        "5mn-15mn": "5 min to 15 min", "15mn-30mn": "15 min to 30 min",
        "30mn-1h": "30 min to 1 h", "1h+": "1 h and more",
    }  # fmt: skip
    assert sum(ours.values()) == counted.summary["visits"] > sum(theirs.values())
    for name, visits in theirs.items():
        assert visits <= ours[names[name]] <= visits + 3


def test_awstats_robots_are_the_same_in_all(counted, awstats):
    """The lists give robots other names; the sums are the same."""
    theirs = [tuple(map(int, words[1:3])) for words in awstats["ROBOT"]]
    assert sum(hits for hits, _bytes in theirs) == counted.summary["robots_hits"]
    ours = sorted(row["hits"] for row in counted.lists["robots"])
    assert sorted(hits for hits, _bytes in theirs) == ours


def test_awstats_downloads_types_and_people_are_the_same(counted, awstats):
    downloads = {words[0]: tuple(map(int, words[1:4])) for words in awstats["DOWNLOADS"]}
    assert downloads == {
        row["path"]: (row["hits"], row["parts"], row["bytes"]) for row in counted.lists["downloads"]
    }
    kinds = {words[0]: int(words[1]) for words in awstats["FILETYPES"]}
    assert kinds == {  # what has no ending is html there
        row["file_type"] or "html": row["hits"]
        for row in counted.lists["file_types"]
        if row["hits"]
    }
    users = {words[0]: (int(words[1]), int(words[2])) for words in awstats["LOGIN"]}
    assert users == {row["user"]: (row["pages"], row["hits"]) for row in counted.lists["users"]}


@pytest.fixture(scope="module")
def goaccess(log, tmp_path_factory):
    needed(shutil.which("goaccess"), "goaccess")
    path = tmp_path_factory.mktemp("goaccess") / "report.json"
    words = ["goaccess", str(log), "--log-format=COMBINED", "--no-global-config", "-o", str(path)]
    subprocess.run(words, check=True, capture_output=True, timeout=120)
    return json.loads(path.read_text())


def test_goaccess_reads_as_many_lines(counted, goaccess):
    assert goaccess["general"]["total_requests"] == counted.summary["lines"] == LINES
    assert goaccess["general"]["failed_requests"] == counted.summary["unparsed"] == 0


def test_goaccess_statuses_are_the_same(counted, goaccess):
    theirs = {
        int(it["data"].split()[0]): it["hits"]["count"]
        for group in goaccess["status_codes"]["data"]
        for it in group["items"]
    }
    assert theirs == {row["status"]: row["hits"] for row in counted.lists["statuses"]}


def test_goaccess_hours_have_all_hits(counted, goaccess):
    """It parts no robots from people here."""
    theirs = {int(it["data"]): it["hits"]["count"] for it in goaccess["visit_time"]["data"]}
    parts = counted.summary["parts"]
    ours = {row["hour"]: row["hits"] + row["not_viewed_hits"] for row in counted.lists["hours"]}
    assert sum(theirs.values()) == sum(ours.values()) + parts == LINES
    assert all(theirs[hour] >= hits for hour, hits in ours.items() if hits)


def test_goaccess_bytes_are_the_same(counted, goaccess):
    """It counts what was sent, to whomever."""
    assert goaccess["general"]["bandwidth"] == sum(
        row["bytes"] for row in counted.lists["statuses"]
    )


def test_goaccess_visitors_are_an_address_with_a_browser_on_a_day(log, goaccess):
    """So the same visitor on two days is two; robots are among them, who met only 4xx is not."""
    visitors = {
        (text.split()[0], text.rsplit('"', 2)[1], text.split("[")[1][:11])
        for text in log.read_text().splitlines()
        if '" 4' not in text
    }
    assert goaccess["general"]["unique_visitors"] == len(visitors)

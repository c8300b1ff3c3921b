"""Lines that are JSON objects: what they say, and how it is found out where it stands."""

import json
import re

import pytest

from preau.kit.errors import PreauError
from preau.operate.accesslog.reading.line_format import detected, format_of
from preau.operate.accesslog.reading.rows import row_of
from tests.operate.accesslog.logs import line, result, write
from tests.operate.accesslog.store.test_rows import alike, read

NGINX = {
    "time_local": "05/Oct/2026:13:55:36 +0200", "remote_addr": "2001:db8::1", "remote_user": "ada",
    "host": "a.org", "request": "GET /a?b=c HTTP/2.0", "status": 200, "body_bytes_sent": 2326,
    "http_referer": "https://r/", "http_user_agent": 'says "é"', "request_time": 0.125,
}  # fmt: skip
CADDY = {
    "level": "info", "ts": 1791201336.75, "logger": "http.log.access.log0", "msg": "handled request",
    "request": {
        "remote_ip": "192.0.2.1", "remote_port": "50344", "client_ip": "2001:db8::1",
        "proto": "HTTP/2.0", "method": "GET", "host": "a.org", "uri": "/a?b=c",
        "headers": {"User-Agent": ['says "é"'], "Accept": ["a, */*"], "Referer": ["https://r/"]},
    },
    "bytes_read": 0, "user_id": "ada", "duration": 0.125, "size": 2326, "status": 200,
    "resp_headers": {"Server": ["Caddy"], "Content-Length": ["2326"]},
}  # fmt: skip
TRAEFIK = {
    "ClientAddr": "[2001:db8::1]:41892", "ClientHost": "2001:db8::1", "ClientUsername": "ada",
    "DownstreamContentSize": 2326, "DownstreamStatus": 200, "Duration": 125_000_000,
    "OriginStatus": 200, "RequestAddr": "a.org", "RequestHost": "a.org", "RequestMethod": "GET",
    "RequestPath": "/a?b=c", "RequestProtocol": "HTTP/2.0", "RequestScheme": "https",
    "StartLocal": "2026-10-05T13:55:36.123456789+02:00", "StartUTC": "2026-10-05T11:55:36.123456789Z",
    "level": "info", "msg": "", "request_User-Agent": 'says "é"', "request_Referer": "https://r/",
    "time": "2026-10-05T13:55:36+02:00",
}  # fmt: skip
ROW = (1_791_201_336, 120, "2001:db8::1", "ada", "a.org", "GET /a?b=c HTTP/2.0", 200, 2326,
       "https://r/", 'says "é"', 125_000)  # fmt: skip


def without(said, *keys):
    return {key: it for key, it in said.items() if key not in keys}


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        (NGINX, 120),
        (without(NGINX, "time_local") | {"time_iso8601": "2026-10-05T13:55:36+02:00"}, 120),
        (without(NGINX, "time_local") | {"msec": "1791201336.123"}, 0),
        (without(NGINX, "time_local") | {"timestamp": 1791201336123}, 0),
        (NGINX | {"status": "200", "body_bytes_sent": "2326", "request_time": "0.125"}, 120),
        (without(NGINX, "request") | {"request_method": "GET", "request_uri": "/a?b=c",
                                      "args": "b=c", "server_protocol": "HTTP/2.0"}, 120),
        (without(NGINX, "request") | {"request_method": "GET", "uri": "/a", "args": "b=c",
                                      "server_protocol": "HTTP/2.0"}, 120),
        (CADDY, 0),
        (CADDY | {"ts": "2026-10-05T11:55:36.750Z"}, 0),
        (TRAEFIK, 120),
    ],
)  # fmt: skip
def test_what_servers_write_is_found_and_read(tmp_path, said, zone):
    for text in (json.dumps(said), json.dumps(said, ensure_ascii=False, separators=(",", ":"))):
        shape = detected(["not of this format", text, '{"level":"error"}'])
        expected = (ROW[0], zone, *ROW[2:])
        assert row_of(shape, text) == expected
        assert format_of(shape.name) == shape
        told, rows = read(tmp_path / f"{len(text)}", write(tmp_path / "log", text), None)
        assert (told.lines, told.unparsed, rows) == (1, 0, [expected])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("json host=client.ip time=@timestamp", "GET  "),
        ("json host=/client.ip time=@timestamp path=http.path", "GET /p "),
        ("json host=hops[1] time=@timestamp method=http.method path=http.path", "PUT /p "),
        ("json host=hops[1] time=when:milliseconds took=ms:ms", "GET  "),
    ],
)
def test_one_says_where_things_stand(text, expected):
    said = {
        "@timestamp": "2026-10-05T11:55:36Z", "when": 1791201336000, "ms": 125,
        "client": {"ip": "2001:db8::1"}, "client.ip": "2001:db8::1", "hops": ["::1", "2001:db8::1"],
        "http": {"method": "PUT", "path": "/p"},
    }  # fmt: skip
    found = row_of(format_of(text), json.dumps(said))
    assert (found[0], found[2], found[5]) == (1_791_201_336, "2001:db8::1", expected)
    assert found[10] == (125_000 if "took" in text else None)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("json", "“json” alone does not say where things stand: leave --format away"),
        ("json host=a", "has no time"),
        ("json time=a status=b", "has no host"),
        ("json host=a time=b colour=c", "“colour=c” is no part of a format of JSON"),
        ("json host time=b", "“host” is no part of a format of JSON"),
        ("json host=a time=b:weeks", "“weeks” is no unit of time: give one of apache, iso8601"),
        ("json host=a time=b took=c:h", "“h” is no unit of took: give one of s, ms, us, ns"),
        ("json host=a time=b host=c", "has host twice"),
        ("json host= time=b", "“” is no place in JSON"),
        ("json host=a..b time=b", "“a..b” is no place in JSON"),
        ("json host=a' time=b", "“a'” is no place in JSON"),
    ],
)
def test_a_format_that_cannot_be_used_is_said(text, wrong):
    with pytest.raises(PreauError, match=re.escape(wrong)):
        format_of(text)


def test_objects_of_which_no_key_is_known_are_asked_about():
    with pytest.raises(PreauError, match="The format of the log is not known"):
        detected(['{"a":1}', "[]", "5", "{"])


TEXT = "json host=remote_addr time=time_local request=request status=status bytes=size took=took user=user"


def written(**said):
    plain = {"remote_addr": "::1", "time_local": "05/Oct/2026:13:55:36 +0200", "request": "GET / HTTP/1.1",
             "status": 200, "size": 5, "took": 0.5, "user": "ada"}  # fmt: skip
    return json.dumps(plain | said, ensure_ascii=False)


ODD = [
    written(), written(user=None), written(user=["ada"]), written(user={"a": 1}), written(user='["a"]'),
    written(user=True), written(user=-0.0), written(user=1e-7), written(user=1.5e300), written(user=10**30),
    written(user="\x00"), written(user="\n"), written(user="\\\""), written(user="\\x22"), written(user="-"),
    written(status=None), written(status="-"), written(status=-5), written(status=99999), written(status="2e2"),
    written(status=200.5), written(status="0200"), written(status=" 200 "), written(status="٢"),
    written(size=None), written(size=-1), written(size=1.5), written(size=2**63), written(size="1_000"),
    written(took=None), written(took=-1), written(took="inf"), written(took=1e300), written(took="1e-7"),
    written(took="0.0000005"), written(took="0.0000015"), written(remote_addr=None), written(remote_addr=""),
    written(time_local="05/Oct/2026:13:55:36"), written(time_local="05/OCT/2026:13:55:36 +0200"),
    written(time_local="5/Oct/2026:13:55:36  +0200"), written(time_local="31/Feb/2026:13:55:36 +0200"),
    written(time_local=1791201336), written(time_local=""), written(time_local="05/Oct/2026:13:55:60 +0200"),
    '{"status":404,' + written()[1:], written()[:-1] + ',"status":404}', written()[:-1] + ",}",
    written()[:-1] + ',"a":NaN}', written()[:-1] + ',"a":[1,],"b":-Infinity}', written()[:-1], written() + "}",
    written() + " ", " " + written(), "[" + written() + "]", "{}", "[]", "null", "5", '""', "", "{",
    written(user="X").replace("X", "\\ud83d"), written(user="X").replace("X", "\\ud83d\\ude00"),
    written(user="X").replace("X", "\\u0000"), written(user="X").replace("X", "\\x22\\xff"),
    written(user="X").replace("X", "\t"), written(user="X").replace("X", "\x01"), written(user="\udcff"),
    written(user="x" * 70_000), "\ufeff" + written(),
]  # fmt: skip


def test_both_ways_read_odd_objects_alike(tmp_path):
    alike(tmp_path, ODD, TEXT)


@pytest.mark.parametrize("odd", ODD)
def test_both_ways_read_one_odd_object_alike(tmp_path, odd):
    alike(tmp_path, [written(), odd], TEXT)


@pytest.mark.parametrize(
    ("odd", "column", "read"),
    [
        (written(user=None), 3, None),
        (written(user=["ada"]), 3, None),
        (written(user="X").replace("X", "\\ud83d"), 3, "\\ud83d"),
        (written(user="X").replace("X", "\\x22\\xc3"), 3, "\\x22\\xc3"),
        ('{"status":404,' + written()[1:], 6, 404),
        (written(status="404"), 6, 404),
        (written(took="0.0000015"), 10, 2),
    ],
)
def test_what_an_odd_object_says(odd, column, read):
    assert row_of(format_of(TEXT), odd)[column] == read


def test_most_lines_go_the_quick_way(tmp_path, monkeypatch):
    """Those that servers usually write: the slow one is a hundred times slower."""
    from preau.operate.accesslog.store import piece_rows

    slow = []
    monkeypatch.setattr(piece_rows, "row_of", lambda _shape, line: slow.append(line))
    for number, said in enumerate((NGINX, CADDY, TRAEFIK)):
        log = write(tmp_path / "log", *[json.dumps(said)] * 3)
        told, rows = read(tmp_path / f"{number}", log, None)
        assert (slow, told.unparsed, len(rows)) == ([], 0, 3)


def test_logs_of_two_formats_are_one_report(tmp_path):
    """One of them says nothing of users and of hosts, and knows no time that was taken."""
    logs = [
        write(tmp_path / "a.log", line("/a")),
        write(tmp_path / "b.log", json.dumps(NGINX)),
        write(tmp_path / "c.log", line("/c").partition(' "-"')[0]),
    ]
    found = result(tmp_path / "store", *logs, own_hosts=("a.org",))
    assert (found.summary["lines"], found.summary["unparsed"]) == (3, 0)
    assert {it["path"]: it["pages"] for it in found.lists["pages"]} == {"/a": 2, "/c": 1}

"""Each line becomes the same row whichever way it is read, and none is lost between the ways."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preau.kit.duck import listed
from preau.operate.accesslog.reading.line_format import format_of
from preau.operate.accesslog.reading.rows import COLUMNS, row_of
from preau.operate.accesslog.store.folder import open_store
from preau.operate.accesslog.store.take_in import take_in
from tests.operate.accesslog.logs import line

FORMATS = {
    "combined": line(user="ada", referrer="https://example.org/?q=1"),
    "common": line().partition(' "-"')[0],
    "vhost_combined": f"mooc.example.org:443 {line()}",
    "nginx": line(zone="-0330"),
    '%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i" %D': f"{line()} 1234",
    '$host $remote_addr [$time_local] "$request" $status $body_bytes_sent rt=$request_time':
        'a.org 2001:db8::1 [05/Oct/2026:13:55:36 +0200] "GET /é HTTP/2.0" 304 - rt=0.005',
    '$remote_addr $time_iso8601 "$request_method $request_uri" $status':
        '::1 2026-10-05T13:55:36+02:00 "GET /a?b=c" 200',
    "%{%Y-%m-%dT%H:%M:%S}t|%a|%m|%U|%q|%s": "2026-10-05T13:55:36|::1|GET|/a b|?x=1|200",
    "[%{%d/%b/%Y:%H:%M:%S %z}t] %h %>s": "[05/Oct/2026:13:55:36 +0200] h 200",
    "json host=remote_addr user=remote_user vhost=host time=time_local request=request status=status "
    "bytes=body_bytes_sent referrer=http_referer agent=http_user_agent took=request_time":
        '{"remote_addr":"::1","remote_user":"-","host":"a.org","status":"200","request_time":"0.125",'
        '"time_local":"05/Oct/2026:13:55:36 +0200","request":"GET /\u00e9?a=b HTTP/1.1",'
        '"body_bytes_sent":"2326","http_referer":"https://r/","http_user_agent":"says \\"hello\\""}',
    "json host=request.client_ip time=ts method=request.method path=request.uri status=status "
    "protocol=request.proto bytes=size agent=request.headers.User-Agent[0] took=duration":
        '{"ts":1791208536.123,"request":{"client_ip":"2001:db8::1","method":"GET","uri":"/a?b=c",'
        '"proto":"HTTP/2.0","headers":{"User-Agent":["A","B"]}},"size":10,"duration":0.0005,"status":200}',
    "json host=ClientHost time=StartLocal path=RequestPath status=DownstreamStatus took=Duration:ns":
        '{"ClientHost":"192.0.2.7","StartLocal":"2026-10-05T13:55:36.123456789+02:00",'
        '"RequestPath":"/a","DownstreamStatus":304,"Duration":2500}',
}  # fmt: skip


def read(folder, log, text):
    with open_store(folder, lasting=False) as store:
        (told,) = take_in(store, [str(log)], text, lambda _told: None)
        files = store.files()
        if not files:
            return told, []
        columns = ", ".join(COLUMNS)
        found = store.database.execute(
            f"SELECT {columns} FROM read_parquet({listed(files)}) WHERE odd IS NULL"
        )
        return told, sorted(found.fetchall(), key=repr)


def alike(folder, lines, text):
    log = folder / "access.log"
    log.write_bytes(b"\n".join(it.encode("utf-8", "surrogateescape") for it in lines) + b"\n")
    decoded = [
        it.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace") for it in lines
    ]
    wanted = [row_of(format_of(text), it.rstrip("\r")) for it in decoded]
    told, rows = read(folder / "store", log, text)
    assert rows == sorted((it for it in wanted if it is not None), key=repr)
    blank = sum(not it.strip() for it in decoded)
    assert len(rows) + told.unparsed + blank == told.lines == len(lines)


@pytest.mark.parametrize(("text", "example"), FORMATS.items())
def test_a_line_of_each_format_is_read(tmp_path, text, example):
    told, rows = read(tmp_path / "store", _log(tmp_path, example), text)
    assert (told.lines, told.unparsed) == (1, 0)
    assert rows == [row_of(format_of(text), example)]
    assert 1_790_000_000 < rows[0][0] < 1_792_000_000


def _log(folder, *lines):
    log = folder / "access.log"
    log.write_text("\n".join(lines) + "\n")
    return log


def test_a_row_says_what_the_line_says(tmp_path):
    text = '%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i" %D'
    written = line("/a?b", zone="+0200", user="ada", referrer="https://r/", agent="A", end=" 250")
    _told, rows = read(tmp_path / "store", _log(tmp_path, written), text)
    noon = int(datetime(2026, 10, 5, 10, tzinfo=UTC).timestamp())
    assert rows == [
        (
            noon,
            120,
            "192.0.2.1",
            "ada",
            None,
            "GET /a?b HTTP/1.1",
            200,
            1000,
            "https://r/",
            "A",
            250,
        )
    ]


ODD = (
    "", "nonsense", '"', line(agent='says \\"hello\\" there'), line(path="/\\x22quoted\\x22"),
    line(user="Ada Lovelace"), line(size="-"), line(status="-"), line(status=20), line(zone="EST"),
    line(zone="+9999"), line(at=-60 * 24 * 365 * 60), line(at=60 * 24 * 365 * 60), line(host=""),
    line(size=-5), line(size=10**25), line(path="/ü"), line(path="/\udcff"), line(agent="a\rb"),
    line(end=" and more"), line(referrer='"' * 30), line(path="/\x00\x01\x1b[31m"), f"{line()}\r",
    "  ", line(agent=""), line(agent="x" * 70_000), line()[:-1], line().replace("[", ""),
)  # fmt: skip


def test_odd_lines_are_read_as_one_by_one(tmp_path):
    alike(tmp_path, [*ODD, line(), *ODD], "combined")


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("common", line().partition(' "-"')[0] + " "),
        ("common", line(size="12.5").partition(' "-"')[0]),
        ("common", line(size="1e3").partition(' "-"')[0]),
        ("common", line(status="2.5").partition(' "-"')[0]),
        ("combined", line().replace("[05", "[ 5")),
        ("combined", line().replace("[05", "[\t5")),
        ("combined", line().replace(":00 +", ":0  +")),
        ("combined", line().replace(" +0000", ":+0000")),
        ("combined", line().replace("Oct", "OCT")),
        ("combined", line(host="h\u00f4te")),
        (next(it for it in FORMATS if it.endswith("%D")), line(end=" 12-4")),
        (next(it for it in FORMATS if it.endswith("%D")), line(end=" 1e5")),
        (next(it for it in FORMATS if "time_iso8601 " in it),
         '::1 2026-10-05T13:55:36é+02:00 "GET /a?b=c" 200'),
        (next(it for it in FORMATS if "%T" not in it and "|" in it),
         "2026-10-05T13:55:36\t|::1|GET|/a b|?x=1|200"),
    ],
)  # fmt: skip
def test_what_the_database_would_overlook_is_seen(tmp_path, text, odd):
    alike(tmp_path, [odd, FORMATS[text]], text)


_piece = st.sampled_from(
    ['"', "\\", " ", "[", "]", "-", "\r", "\udcff", "é", "0", "200", "\t", ":", "{", "}", ",", ".", "e5",
     "NaN", "-Infinity", "null", "true", '\\"', "\\u00e9", "\\ud83d", "\\u0000", "\\x22", "\x01", '"host":1,']
)  # fmt: skip


@st.composite
def _lines(draw):
    text, example = draw(st.sampled_from(list(FORMATS.items())))
    lines = []
    for _number in range(draw(st.integers(1, 12))):
        changed = example
        for _change in range(draw(st.integers(0, 3))):
            place = draw(st.integers(0, len(changed)))
            cut = draw(st.integers(0, 3))
            changed = changed[:place] + draw(_piece) + changed[place + cut :]
        lines.append(changed)
    return text, lines


@settings(max_examples=60)
@given(_lines())
def test_whatever_is_changed_in_lines_both_ways_agree(tmp_path_factory, drawn):
    text, lines = drawn
    alike(tmp_path_factory.mktemp("lines"), lines, text)


@settings(max_examples=30)
@given(st.lists(st.binary(max_size=200), max_size=20))
def test_binary_junk_is_counted_and_nothing_else(tmp_path_factory, junk):
    folder = tmp_path_factory.mktemp("junk")
    log = folder / "access.log"
    data = b"\n".join([line().encode(), *junk, line().encode()]) + b"\n"
    log.write_bytes(data)
    told, rows = read(folder / "store", log, "combined")
    assert len(rows) >= 2
    blank = sum(not it.decode("utf-8", "backslashreplace").strip() for it in data.split(b"\n")[:-1])
    assert told.lines == data.count(b"\n")
    assert len(rows) + told.unparsed + blank == told.lines

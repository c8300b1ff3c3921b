"""The site's own web log: one line for each request, which no request can forge."""

import threading

import pytest

from preau.kit.errors import PreauError
from preau.operate.accesslog.reading.line_format import detected
from preau.operate.accesslog.reading.rows import row_of
from preau.operate.site.access_log import AccessLog, line_of, require_writable

ENVIRON = {
    "REMOTE_ADDR": "192.0.2.1", "REQUEST_METHOD": "GET", "PATH_INFO": "/learn/",
    "QUERY_STRING": "", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_USER_AGENT": "A",
}  # fmt: skip


def wsgi(text):
    """As a WSGI server hands it on."""
    return text.encode().decode("latin-1")


def row(trusted=frozenset(), status="200", size=10, **environ):
    line = line_of(ENVIRON | environ, trusted, status, size, 1_791_208_536.5, 1234)
    assert line.endswith("\n")
    text = line[:-1]
    assert text.isprintable()
    return row_of(detected([text]), text)


def test_a_line_is_read_as_it_was_meant():
    found = row(QUERY_STRING="a=b&c", HTTP_REFERER=wsgi("https://example.org/?q=é"))
    assert (found[0], *found[2:]) == (
        1_791_208_536, "192.0.2.1", None, None, "GET /learn/?a=b&c HTTP/1.1", 200, 10,
        "https://example.org/?q=é", "A", 1234,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("agent", "read"),
    [
        (wsgi("café 😀"), "café 😀"),
        ('"quoted"', '"quoted"'),
        ("back\\slash\\", "back\\\\slash\\\\"),
        ("a\r\n192.0.2.9 - - forged", "a\\x0d\\x0a192.0.2.9 - - forged"),
        ("\x1b[31m\x00\x7f", "\\x1b[31m\\x00\\x7f"),
        ("\xff", "\\xff"),
        (wsgi("\u2028\u202e\x85"), "\\xe2\\x80\\xa8\\xe2\\x80\\xae\\xc2\\x85"),
        ("😀", "😀"),
        ("", None),
        ("x" * 10_000, "x" * 4096),
    ],
)
def test_no_text_of_a_browser_breaks_a_line(agent, read):
    assert row(HTTP_USER_AGENT=agent)[9] == (read or "")
    assert row(HTTP_REFERER=agent)[8] == read


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        (wsgi("/é/a b"), "/%C3%A9/a%20b"),
        ('/"\n', "/%22%0A"),
        ("/100%", "/100%25"),
        ("/a;b=c,d@e!", "/a;b=c,d@e!"),
    ],
)
def test_an_address_is_written_as_it_is_asked_for(path, asked):
    assert row(PATH_INFO=path)[5] == f"GET {asked} HTTP/1.1"


def test_behind_a_proxy_the_visitor_is_named_and_nobody_can_pretend():
    forwarded = {"HTTP_X_FORWARDED_FOR": "203.0.113.5, 198.51.100.7"}
    assert row(**forwarded)[2] == "192.0.2.1"
    assert row(trusted=frozenset({"192.0.2.1"}), **forwarded)[2] == "198.51.100.7"
    assert row(trusted=frozenset({"192.0.2.1"}), HTTP_X_FORWARDED_FOR='a b"')[2] == "a%20b%22"


def ask(log, answer, **environ):
    """One request through the log, read to its end as granian does."""
    begun = []
    body = log.around(answer)(ENVIRON | environ, lambda status, _headers: begun.append(status))
    pieces = list(body)
    if not isinstance(body, list):
        body.close()
    return begun, b"".join(pieces)


def rows(path):
    lines = path.read_text().splitlines()
    return [row_of(detected(lines), line) for line in lines]


def whole(environ, start):
    start("404 Not Found", [])
    return [b"not ", b"here"]


def in_parts(environ, start):
    start("206 Partial Content", [])
    yield b"abc"
    yield b"de"


def test_a_body_is_handed_on_and_its_bytes_are_counted(tmp_path):
    log = AccessLog(tmp_path / "web.log")
    assert ask(log, whole) == (["404 Not Found"], b"not here")
    assert ask(log, in_parts) == (["206 Partial Content"], b"abcde")
    assert ask(log, whole, REQUEST_METHOD="HEAD")[1] == b"not here"
    assert [it[6:8] for it in rows(tmp_path / "web.log")] == [(404, 8), (206, 5), (404, 0)]


def test_an_answer_that_fails_is_written_down_and_fails(tmp_path):
    def failing(environ, start):
        raise ZeroDivisionError

    log = AccessLog(tmp_path / "web.log")
    with pytest.raises(ZeroDivisionError):
        ask(log, failing)
    assert [it[6] for it in rows(tmp_path / "web.log")] == [500]


def test_a_reader_that_goes_is_written_down(tmp_path):
    log = AccessLog(tmp_path / "web.log")
    body = log.around(in_parts)(ENVIRON, lambda _status, _headers: None)
    assert next(iter(body)) == b"abc"
    body.close()
    assert [it[6:8] for it in rows(tmp_path / "web.log")] == [(206, 3)]


def test_a_log_that_is_renamed_is_begun_anew(tmp_path):
    path = tmp_path / "web.log"
    log = AccessLog(path)
    ask(log, whole)
    path.rename(tmp_path / "web.log.1")
    ask(log, whole)
    ask(log, whole)
    assert len(rows(path)) == 2
    assert len(rows(tmp_path / "web.log.1")) == 1
    assert path.stat().st_mode & 0o777 == 0o640


def test_threads_and_processes_write_whole_lines(tmp_path):
    path = tmp_path / "web.log"
    log = AccessLog(path)
    agent = "x" * 3000

    def many():
        for _round in range(50):
            ask(log, whole, HTTP_USER_AGENT=agent)

    threads = [threading.Thread(target=many) for _ in range(4)]
    other = AccessLog(path)
    for thread in threads:
        thread.start()
    for _round in range(50):
        ask(other, whole, HTTP_USER_AGENT=agent)
    for thread in threads:
        thread.join()
    assert [it[9] for it in rows(path)] == [agent] * 250


def test_what_cannot_be_written_is_said_once_and_no_page_fails(tmp_path, capfd):
    folder = tmp_path / "logs"
    log = AccessLog(folder / "web.log")
    for _round in range(3):
        assert ask(log, whole)[1] == b"not here"
    said = capfd.readouterr().err
    assert said == f"preau: {folder}/web.log: no web log is written: No such file or directory\n"
    folder.mkdir()
    ask(log, whole)
    assert len(rows(folder / "web.log")) == 1


def test_a_log_that_cannot_be_written_is_refused_before_serving(tmp_path):
    with pytest.raises(PreauError, match=r"the web log cannot be written: No such file"):
        require_writable(tmp_path / "none" / "web.log")
    with pytest.raises(PreauError, match=r"the web log cannot be written: Is a directory"):
        require_writable(tmp_path)

"""What is answered over HTTP, and to whom."""

import http.client
import json
import re
import socket
import threading

import pytest

from preau.kit.errors import PreauError
from preau.operate.accesslog.live.made import Made
from preau.operate.accesslog.live.server import is_meant, serving

MADE = Made(b"<!doctype html>the page", b'{"version": 1}', "abc", "default-src 'none'")


def ask(port, path="/", method="GET", address="127.0.0.1", **headers):
    connection = http.client.HTTPConnection(address, port, timeout=10)
    try:
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode()
    finally:
        connection.close()


@pytest.fixture
def port():
    with serving("127.0.0.1", "stats.example", 0, lambda: MADE) as it:
        yield it


def test_the_page_the_document_and_the_script(port):
    status, headers, body = ask(port)
    assert (status, body) == (200, "<!doctype html>the page")
    assert headers["Content-Security-Policy"] == "default-src 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    status, headers, body = ask(port, "/report.json?x=1")
    assert (status, json.loads(body)) == (200, {"version": 1})
    assert headers["Content-Type"] == "application/json"
    assert "python" not in str(headers).lower()
    status, headers, body = ask(port, "/live.js")
    assert (status, headers["Content-Type"]) == (200, "text/javascript; charset=utf-8")
    assert "If-None-Match" in body


def test_who_has_it_already_gets_nothing_again(port):
    assert ask(port)[1]["ETag"] == '"abc"'
    status, _headers, body = ask(port, **{"If-None-Match": '"abc"'})
    assert (status, body) == (304, "")
    assert ask(port, **{"If-None-Match": '"older"'})[0] == 200


@pytest.mark.parametrize(
    "path", ["/live.py", "/../server.py", "/static/live.js", "/etc/passwd", "/%2e%2e/", "*"]
)
def test_there_is_nothing_else(port, path):
    status, _headers, body = ask(port, path)
    assert (status, body) == (404, "There is nothing here; the report is at /.\n")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"])
def test_nothing_can_be_sent(port, method):
    status, headers, _body = ask(port, method=method)
    assert (status, headers["Allow"]) == (405, "GET")


@pytest.mark.parametrize(
    ("host", "meant"),
    [
        ("127.0.0.1:8090", True), ("127.0.0.1", True), ("localhost:9000", True), ("[::1]:8090", True),
        ("192.0.2.7:80", True), ("stats.example:8090", True), ("STATS.example", True),
        ("evil.example", False), ("evil.example:8090", False), ("127.0.0.1.evil.example", False),
        ("localhost.evil.example:8090", False), ("", False), ("127.0.0.1@evil.example", False),
        ("[evil.example]", False), ("localhost@evil", False),
    ],
)  # fmt: skip
def test_only_a_name_that_is_meant_is_answered(port, host, meant):
    assert is_meant(host, "stats.example") is meant
    status, _headers, body = ask(port, Host=host)
    assert status == (200 if meant else 421)
    assert ("the page" in body) is meant


@pytest.mark.parametrize(
    "asked",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
        b"GET / HTTP/1.0\r\n\r\n",
    ],
)
def test_a_request_for_no_host_or_for_two_is_not_answered(port, asked):
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(asked)
        assert re.match(rb"HTTP/1\.1 421 ", connection.recv(1000))


def test_what_is_not_made_yet_is_asked_for_again():
    def current():
        raise PreauError("The logs are being read.")

    with serving("127.0.0.1", "127.0.0.1", 0, current) as port:
        status, headers, body = ask(port)
    assert (status, headers["Refresh"], body) == (503, "2", "The logs are being read.\n")


def test_many_ask_at_once_and_hang_up(port):
    for _number in range(20):
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(b"GET / HT")
    answers = []
    threads = [
        threading.Thread(target=lambda: answers.append(ask(port)[0])) for _number in range(30)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * 30


def test_a_port_that_is_taken_is_said(port):
    with (
        pytest.raises(PreauError, match=f"Port {port} on 127.0.0.1 can't be used"),
        serving("127.0.0.1", "127.0.0.1", port, lambda: MADE),
    ):
        pass


def test_an_address_of_the_new_kind():
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("this machine has no IPv6")
    with serving("::1", "::1", 0, lambda: MADE) as port:
        assert ask(port, address="::1")[0] == 200

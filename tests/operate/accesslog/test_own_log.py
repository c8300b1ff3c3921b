"""The log that a site writes itself, read by the report."""

import http.client
import json

import pytest

from tests.operate.commands.test_serve_cmd import serving
from tests.operate.site.running import await_true

pytestmark = [pytest.mark.serving, pytest.mark.xdist_group("servers")]
METHODS = ("GET", "GET", "GET", "HEAD", "GET", "GET")
AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) "odd" Firefox/140.0'


def ask(port, path, method="GET", **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"User-Agent": AGENT, **{name.replace("_", "-"): it for name, it in headers.items()}}
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, len(body)


def test_the_report_has_what_a_served_site_answered(site, free_port, preau, monkeypatch, tmp_path):
    monkeypatch.setenv("PREAU_SERVER_ACCESS_LOG", "web.log")
    monkeypatch.setenv("PREAU_SERVER_TRUSTED_PROXIES", "127.0.0.1")
    log = site / "web.log"
    with serving(site, free_port):
        answers = [
            ask(free_port, "/"),
            ask(free_port, "/?q=%C3%A9", Referer="https://www.example.org/"),
            ask(free_port, "/nowhere", X_Forwarded_For="203.0.113.9"),
            ask(free_port, "/", "HEAD"),
            ask(free_port, "/health/"),
        ]
        await_true(lambda: log.exists() and log.read_text().count("\n") == 6)  # serving asks too
        log.rename(site / "web.log.1")
        answers.append(ask(free_port, "/"))
        await_true(lambda: log.exists() and log.read_text().count("\n") == 1)
    assert [status for status, _size in answers] == [200, 200, 404, 200, 200, 200]
    report = tmp_path / "report.json"
    done = preau("accesslog", "report", f"{log}*", "--json", report)
    assert done.code == 0, done.err
    found = json.loads(report.read_text())
    assert found["summary"]["lines"] == 7
    assert found["summary"]["unparsed"] == 0
    sizes = [
        0 if method == "HEAD" else size
        for method, (_status, size) in zip(METHODS, answers, strict=True)
    ]
    health = answers[4][1]  # which the test asked for once more, to see that the site serves
    viewed, missing = sum(sizes) - sizes[2], sizes[2]
    assert found["statuses"] == [
        {"status": 200, "hits": 6, "bytes": viewed + health},
        {"status": 404, "hits": 1, "bytes": missing},
    ]
    assert [(it["path"], it["pages"]) for it in found["pages"]] == [("/", 4), ("/health/", 1)]
    assert [(it["host"], it["bytes"]) for it in found["hosts"]] == [("127.0.0.1", viewed)]
    assert found["errors"] == [{"status": 404, "path": "/nowhere", "hits": 1, "referrer": ""}]
    assert [it["page"] for it in found["referring_pages"]] == ["https://www.example.org/"]
    assert [it["browser"] for it in found["browsers"]] == ["Firefox"]
    assert found["response_times"][0]["hits"] == 7
    assert "203.0.113.9 - - [" in (site / "web.log.1").read_text()


def test_a_site_without_the_setting_writes_no_log(site, free_port):
    with serving(site, free_port):
        before = {it.name for it in site.iterdir()}
        assert ask(free_port, "/")[0] == 200
    assert {it.name for it in site.iterdir()} == before


def test_a_log_that_cannot_be_written_is_said_before_anything_is_served(site, preau, monkeypatch):
    monkeypatch.setenv("PREAU_SERVER_ACCESS_LOG", "none/web.log")
    done = preau("serve", "--site", site)
    assert done.code == 1
    assert f"{site}/none/web.log: the web log cannot be written: No such file" in done.err
    assert "Serving" not in done.out

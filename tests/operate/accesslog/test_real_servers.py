"""Logs that a real Apache and a real nginx wrote of requests that we made: the report has just these."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.operate.accesslog.logs import FIREFOX, IPHONE, result
from tests.operate.accesslog.store.test_rows import read
from tests.operate.accesslog.test_against_awstats import needed
from tests.operate.site.running import await_true, free_port

pytestmark = [pytest.mark.serving, pytest.mark.xdist_group("servers")]
HOST = "mooc.example.org"
BROWSER = FIREFOX.encode()
FILES = {
    "index.html": b"<html>home</html>" * 20,
    "page.html": b"<html>page</html>" * 300,
    "style.css": b"body {}" * 9,
    "notes.pdf": b"%PDF-1.7 " * 2000,
    "film.webm": b"film" * 30_000,
    "cours-\u00e9t\u00e9.html": b"<html>\xc3\xa9t\xc3\xa9</html>",
}
TOMORROW = b"Tue, 01 Jan 2030 00:00:00 GMT"
ODD = {
    "quoted": b'says "hello" \\ there',
    "utf8": "caf\u00e9 \u2603".encode(),
    "tab": b"tab\tbed",
    "latin": b"caf\xe9",
}


@dataclass
class Asked:
    """A request, and what came of it."""

    target: str
    status: int
    body: int  # bytes, as all that came has ``total``
    total: int
    host: str = "127.0.0.1"
    agent: bytes = b""


@dataclass
class Served:
    """The folder where a server's logs are, and all that it was asked."""

    folder: Path
    asked: list[Asked] = field(default_factory=list)


def has_ipv6():
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


HOSTS = ["127.0.0.1", *(["::1"] if has_ipv6() else [])]


def exchange(host, port, data):
    with socket.create_connection((host, port), timeout=20) as connection:
        connection.sendall(data)
        came = b""
        while block := connection.recv(1 << 16):
            came += block
    return came


def ask(port, target, method="GET", host="127.0.0.1", agent=BROWSER, **headers):
    said = {"Host": HOST.encode(), "User-Agent": agent, "Connection": b"close"}
    said |= {name.replace("_", "-"): it for name, it in headers.items()}
    if method == "POST":
        said["Content-Length"] = b"3"
    lines = [f"{method} {target} HTTP/1.1".encode()]
    lines += [name.encode() + b": " + it for name, it in said.items()]
    came = exchange(host, port, b"\r\n".join([*lines, b"", b"a=b" if method == "POST" else b""]))
    head, _blank, body = came.partition(b"\r\n\r\n")
    return Asked(target, int(head.split()[1]), len(body), len(came), host, agent)


def ask_everything(port):
    """What browsers, programs and scanners ask for."""
    home = f"http://{HOST}/".encode()
    yield ask(port, "/")
    yield ask(port, "/style.css", Referer=home)
    yield ask(port, "/index.html?utm_source=mail&q=%C3%A9", Referer=b"https://example.com/?q=a")
    yield ask(port, "/cours-%C3%A9t%C3%A9.html", Referer=home)
    yield ask(port, "/page.html", agent=IPHONE.encode())
    yield ask(port, "/page.html", "HEAD")
    yield ask(port, "/page.html", If_Modified_Since=TOMORROW)
    yield ask(port, "/page.html", "POST")
    yield ask(port, "/notes.pdf", X_Forwarded_For=b"203.0.113.5, 198.51.100.7")
    yield ask(port, "/film.webm", Range=b"bytes=0-999")
    yield ask(port, "/film.webm", Range=b"bytes=50000-50009")
    yield ask(port, "/film.webm", Range=b"bytes=999999999-")
    yield ask(port, "/nowhere", Referer=home)
    yield ask(port, "/wp-login.php?a=%22", "POST")
    for agent in ODD.values():
        yield ask(port, "/page.html", agent=agent)
    yield ask(port, "/page.html", agent=b"bell\x07", Referer=b'"')
    for host in HOSTS[1:]:
        yield ask(port, "/", host=host)
    came = exchange("127.0.0.1", port, b"\x16\x03\x01\x02\x00\x01\xfc\xff nonsense\r\n\r\n")
    head, _blank, body = came.partition(b"\r\n\r\n")
    if not came.startswith(b"HTTP/"):  # as to HTTP/0.9: the body alone
        head, body = b"HTTP/0.9 400", came
    yield Asked("", int(head.split()[1]), len(body), len(came))


@contextmanager
def running(name, words, folder, port):
    """A server of ours, from when it listens until it is ended."""
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(words, stdout=said, stderr=said, cwd=folder)
    try:
        await_true(lambda: process.poll() is not None or _listens(port), seconds=60)
        assert process.poll() is None, [
            it.read_text() for it in (folder / "said", folder / "error.log")
        ]
        yield
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(timeout=30)


def _listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def folder_for_all():
    """Not pytest's: a server that gives root's rights up reads it too."""
    with tempfile.TemporaryDirectory(prefix="preau-servers-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "www").mkdir()
        for file, content in FILES.items():
            (folder / "www" / file).write_bytes(content)
        for it in (folder / "www", *(folder / "www").iterdir()):
            it.chmod(0o755)
        yield folder


def serve(name, program, package, words, configuration, logs):
    """Run it, ask for everything, end it once all its logs have all lines."""
    path = shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin")
    needed(path, package)
    with folder_for_all() as folder:
        port = free_port()
        (folder / "server.conf").write_text(configuration(folder, port))
        served = Served(folder)
        with running(name, [path, *words(folder)], folder, port):
            served.asked += ask_everything(port)
            await_true(
                lambda: all(_lines(folder / it) >= len(served.asked) for it in logs), seconds=20
            )
        for it in logs:
            assert _lines(folder / it) == len(served.asked), (folder / it).read_text("latin-1")
        yield served


def _lines(path):
    return path.read_bytes().count(b"\n") if path.exists() else 0


COMBINED = '%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i"'
APACHE = {
    "combined": COMBINED,
    "common": '%h %l %u %t "%r" %>s %b',
    "vhost": f'%v:%p {COMBINED.replace("%b", "%O")} %D "%{{X-Forwarded-For}}i"',
    "words": "%{%Y-%m-%dT%H:%M:%S}t|%a|%m|%U|%q|%>s|%B",
    "zoned": '[%{%d/%b/%Y:%H:%M:%S %z}t] %a "%r" %>s %B %{ms}T "%{User-Agent}i"',
    "json": '{"@timestamp":"%{%Y-%m-%dT%H:%M:%S%z}t","remote_addr":"%a","request":"%r","status":%>s,'
            '"bytes":%B,"http_user_agent":"%{User-Agent}i","http_referer":"%{Referer}i"}',
}  # fmt: skip
TOTALS = {"vhost"}  # these log what was sent with its headers


def apache_configuration(folder, port):
    modules = "/usr/lib/apache2/modules"
    (folder / "types").write_text("text/html html\ntext/css css\n")
    lines = [f'ServerRoot "{folder}"', "PidFile apache.pid", f"ServerName {HOST}"]
    lines += [f"Listen {host if ':' not in host else f'[{host}]'}:{port}" for host in HOSTS]
    lines += [
        f"LoadModule {it}_module {modules}/mod_{it}.so"
        for it in ("mpm_event", "authz_core", "dir", "mime")
    ]
    if os.geteuid() == 0:
        lines += ["User www-data", "Group www-data"]
    lines += [
        "StartServers 1", "ErrorLog error.log", "TypesConfig types",
        "DirectoryIndex index.html", f'DocumentRoot "{folder}/www"',
        f'<Directory "{folder}/www">', "Require all granted", "</Directory>",
    ]  # fmt: skip
    for name, text in APACHE.items():
        escaped = text.replace("\\", "\\\\").replace('"', '\\"')
        lines += [f'LogFormat "{escaped}" {name}', f"CustomLog {name}.log {name}"]
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def apache():
    def words(folder):
        return ["-f", str(folder / "server.conf"), "-DFOREGROUND"]

    logs = [f"{name}.log" for name in APACHE]
    yield from serve("Apache", "apache2", "apache2-bin", words, apache_configuration, logs)


NGINX_COMBINED = (
    '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent '
    '"$http_referer" "$http_user_agent"'
)
_OBJECT = (
    '{"time_iso8601":"$time_iso8601","remote_addr":"$remote_addr","remote_user":"$remote_user",'
    '"host":"$host","request":"$request","status":$status,"body_bytes_sent":$body_bytes_sent,'
    '"http_referer":"$http_referer","http_user_agent":"$http_user_agent","request_time":$request_time}'
)
NGINX = {
    "combined": ("", NGINX_COMBINED),
    "timed": ("", f"{NGINX_COMBINED} $request_time"),
    "own": ("", '$host $remote_addr $msec "$request_method" "$request_uri" $status $bytes_sent'),
    "json": ("escape=json ", _OBJECT),
    "text": ("escape=json ", _OBJECT.replace("$status,", '"$status",').replace("time_iso8601", "time_local")),
    "unescaped": ("", _OBJECT),
}  # fmt: skip
NGINX_TOTALS = {"own"}


def nginx_configuration(folder, port):
    listen = [f"listen {host if ':' not in host else f'[{host}]'}:{port};" for host in HOSTS]
    formats = [f"log_format {name} {how}'{text}';" for name, (how, text) in NGINX.items()]
    formats = [it.replace("log_format combined", "log_format usual") for it in formats]
    logs = [
        f"access_log {folder}/{name}.log {'usual' if name == 'combined' else name};"
        for name in NGINX
    ]
    temporary = [
        f"{it}_temp_path {folder}/{it};"
        for it in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    ]
    return "\n".join([
        "daemon off;", "worker_processes 1;", f"pid {folder}/nginx.pid;",
        f"error_log {folder}/error.log;", *(["user root;"] if os.geteuid() == 0 else []),
        "events {}", "http {", *formats, *temporary,
        "types { text/html html; text/css css; application/pdf pdf; video/webm webm; }",
        "server {", *listen, f"server_name {HOST};", f"root {folder}/www;", *logs, "}", "}", "",
    ])  # fmt: skip


@pytest.fixture(scope="module")
def nginx():
    def words(folder):
        return [
            "-c",
            str(folder / "server.conf"),
            "-p",
            str(folder),
            "-e",
            str(folder / "error.log"),
        ]

    logs = [f"{name}.log" for name in NGINX]
    yield from serve("nginx", "nginx", "nginx", words, nginx_configuration, logs)


def compare(served, name, text, tmp_path, *, total=False):
    """The report of one log with what the requests got; answers the report."""
    found = result(tmp_path / "store", served.folder / f"{name}.log", text=text,
                   own_hosts=(HOST,), behaviour=False)  # fmt: skip
    assert (found.summary["lines"], found.summary["unparsed"]) == (len(served.asked), 0), (
        found.unparsed
    )
    hits, sizes = Counter(), Counter()
    for it in served.asked:
        hits[it.status] += 1
        sizes[it.status] += (it.total if total else it.body) if it.status != 304 else 0
    assert {it["status"]: (it["hits"], it["bytes"]) for it in found.lists["statuses"]} == {
        status: (count, sizes[status]) for status, count in hits.items()
    }
    return found


def viewed(served):
    """Pages that were seen, by their addresses."""
    pages = Counter(
        it.target.partition("?")[0].replace("/index.html", "/")
        for it in served.asked
        if it.status in {200, 304} and not it.target.endswith((".css", ".pdf", ".webm"))
    )
    return dict(pages)


@pytest.mark.parametrize("name", APACHE)
def test_what_apache_wrote(apache, name, tmp_path):
    text = APACHE[name] if name in {"words", "zoned"} else None  # the others are found
    found = compare(apache, name, text, tmp_path, total=name in TOTALS)
    if name in {"combined", "common", "vhost"}:
        assert {it["path"]: it["pages"] for it in found.lists["pages"]} == viewed(apache)


@pytest.mark.parametrize("name", NGINX)
def test_what_nginx_wrote(nginx, name, tmp_path):
    text = NGINX[name][1] if name == "own" else None
    found = compare(nginx, name, text, tmp_path, total=name in NGINX_TOTALS)
    if name != "own":
        assert {it["path"]: it["pages"] for it in found.lists["pages"]} == viewed(nginx)


def agents(rows):
    """What those said of themselves that are neither Firefox nor a phone."""
    return {agent for (*_others, agent, _took) in rows if agent not in {"", FIREFOX, IPHONE}}


@pytest.mark.parametrize("name", ["combined", "vhost", "zoned", "json"])
def test_odd_agents_as_apache_writes_them(apache, name, tmp_path):
    text = APACHE[name] if name == "zoned" else None
    _told, rows = read(tmp_path / "store", apache.folder / f"{name}.log", text)
    written = {r'says "hello" \\ there', r"caf\xc3\xa9 \xe2\x98\x83", r"tab\tbed", r"caf\xe9"}
    if name == "json":  # in which Apache's backslashes are JSON's, if it knows them
        written = {'says "hello" \\ there', r"caf\xc3\xa9 \xe2\x98\x83", "tab\tbed", r"caf\xe9"}
    assert written <= agents(rows)
    assert {it[2] for it in rows} == set(HOSTS)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("combined", {r"says \x22hello\x22 \x5C there", r"caf\xC3\xA9 \xE2\x98\x83", r"tab\x09bed",
                      r"caf\xE9", r"bell\x07"}),
        ("unescaped", {r"says \x22hello\x22 \x5C there", r"caf\xC3\xA9 \xE2\x98\x83",
                       r"tab\x09bed", r"caf\xE9", r"bell\x07"}),
        ("json", {'says "hello" \\ there', "caf\u00e9 \u2603", "tab\tbed", r"caf\xe9", "bell\x07"}),
    ],
)  # fmt: skip
def test_odd_agents_as_nginx_writes_them(nginx, name, written, tmp_path):
    _told, rows = read(tmp_path / "store", nginx.folder / f"{name}.log", None)
    assert agents(rows) == written
    assert {it[2] for it in rows} == set(HOSTS)


def test_how_long_it_took_is_read_in_its_unit(apache, nginx, tmp_path):
    for served, name in ((apache, "vhost"), (nginx, "timed"), (nginx, "json")):
        _told, rows = read(tmp_path / f"{name}-store", served.folder / f"{name}.log", None)
        assert all(0 <= took < 5_000_000 for (*_others, took) in rows), name
    _told, rows = read(tmp_path / "microseconds", apache.folder / "vhost.log", None)
    assert all(took for (*_others, took) in rows)  # no answer takes none at all


def test_all_that_servers_wrote_beside_each_other_is_one_report(apache, nginx, tmp_path):
    logs = [apache.folder / "combined.log", nginx.folder / "json.log", nginx.folder / "timed.log"]
    found = result(tmp_path / "store", *logs, own_hosts=(HOST,), behaviour=False)
    assert found.summary["lines"] == len(apache.asked) + 2 * len(nginx.asked)
    assert found.summary["unparsed"] == 0

"""HTTP, for browsers on this machine: three addresses, read only.

A page of another site can make a browser ask here under a name of its own that it lets point to
this machine. So only an address, localhost, or the name that was listened on is answered.
"""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from ipaddress import ip_address

from preau.kit.errors import PreauError
from preau.operate.accesslog.live.made import SCRIPT, Made

_NOTHING = "default-src 'none'; frame-ancestors 'none'"
_AGAIN = 2  # seconds after which a browser asks again for what is being made
_HTML, _TEXT = "text/html; charset=utf-8", "text/plain; charset=utf-8"


class Server(ThreadingHTTPServer):
    """Listens; ``current`` answers the newest report, or raises ``PreauError``."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, host: str, name: str, port: int, current: Callable[[], Made]) -> None:
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.name, self.current = name.lower(), current
        super().__init__((host, port), _Answer)

    def server_bind(self) -> None:
        """Bind, without asking anybody what this machine is called."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()

    def handle_error(self, *_request: object) -> None:
        """A browser that hangs up is nobody's trouble."""


class _Answer(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "Preau", ""
    timeout = 30

    def do_GET(self) -> None:
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1 or not is_meant(hosts[0], self.server.name):
            self._text(HTTPStatus.MISDIRECTED_REQUEST, "Nothing is answered under this name.")
            return
        path = self.path.partition("?")[0]
        if path == f"/{SCRIPT}":
            script = files(__package__).joinpath("static", SCRIPT).read_bytes()
            self._send(HTTPStatus.OK, "text/javascript; charset=utf-8", script)
        elif path in ("/", "/report.json"):
            self._report(as_page=path == "/")
        else:
            self._text(HTTPStatus.NOT_FOUND, "There is nothing here; the report is at /.")

    def _report(self, *, as_page: bool) -> None:
        try:
            made = self.server.current()
        except PreauError as error:
            self._text(HTTPStatus.SERVICE_UNAVAILABLE, f"{error}", Refresh=str(_AGAIN))
            return
        mark = f'"{made.mark}"'
        if self.headers.get("If-None-Match") == mark:
            self._send(HTTPStatus.NOT_MODIFIED, "", b"", ETag=mark)
        elif as_page:
            self._send(HTTPStatus.OK, _HTML, made.page, made.policy, ETag=mark)
        else:
            self._send(HTTPStatus.OK, "application/json", made.document, ETag=mark)

    def _text(self, status: HTTPStatus, text: str, **headers: str) -> None:
        self._send(status, _TEXT, f"{text}\n".encode(), **headers)

    def _send(
        self, status: HTTPStatus, kind: str, body: bytes, policy: str = _NOTHING, **headers: str
    ) -> None:
        self.send_response(status)
        fixed = {
            "Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer", "Cross-Origin-Resource-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin", "Cache-Control": "no-store",
        }  # fmt: skip
        if status != HTTPStatus.NOT_MODIFIED:
            fixed |= {"Content-Type": kind, "Content-Length": str(len(body))}
        if status >= HTTPStatus.BAD_REQUEST:
            self.close_connection = True
            fixed["Connection"] = "close"
        for name, value in (fixed | headers).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """One sentence, where http.server has a page; what it has no method for is not allowed."""
        if code == HTTPStatus.NOT_IMPLEMENTED:
            text = "This address is only for reading."
            self._text(HTTPStatus.METHOD_NOT_ALLOWED, text, Allow="GET")
        else:
            self._text(HTTPStatus(code), HTTPStatus(code).phrase)

    def log_message(self, *_words: object) -> None:
        """Whoever looks at a web log needs none of that."""


def is_meant(host: str, name: str) -> bool:
    """Whether a request for that host is for us: no other site can give itself an address."""
    text = host.strip().lower()
    text = text[1:].partition("]")[0] if text.startswith("[") else text.partition(":")[0]
    try:
        ip_address(text)
    except ValueError:
        return text in ("localhost", name)
    return True


@contextmanager
def serving(host: str, name: str, port: int, current: Callable[[], Made]) -> Iterator[int]:
    """Serve in threads until the end of the ``with``; hands out the port.

    Raises ``PreauError`` where it cannot listen.
    """
    try:
        server = Server(host, name, port, current)
    except OSError as error:
        raise PreauError(
            f"Port {port} on {name} can't be used: {error.strerror}. "
            "Stop what listens there, or choose another with --port."
        ) from None
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1})
    thread.start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

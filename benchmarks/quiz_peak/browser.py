"""A browser as cheap as Python allows: one keep-alive connection, its cookies, HTTP/1.1."""

import asyncio
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

from benchmarks.scenarios import CSRF

_HOST = "127.0.0.1"
_END = b"\r\n\r\n"
_LAST_CHUNK = b"0\r\n\r\n"
_AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


class NoAnswerError(Exception):
    """The connection was closed, or the time was over, before the answer was whole."""


@dataclass
class Reply:
    """A whole answer; the names of its headers in small letters."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes = b""

    def header(self, name: str) -> str:
        """The value of a header; empty if there is none."""
        return next((value for given, value in self.headers if given == name), "")


@dataclass
class _Arriving:
    """What has come of an answer so far."""

    data: bytearray = field(default_factory=bytearray)
    reply: Reply | None = None  # once its head is there
    length: int = -1  # of the body; -1: in chunks

    def take(self, data: bytes) -> Reply | None:
        """Take what arrived; the answer when it is whole."""
        self.data += data
        if self.reply is None and (end := self.data.find(_END)) >= 0:
            self.reply = _head(bytes(self.data[:end]))
            self.length = int(self.reply.header("content-length") or -1)
            del self.data[: end + len(_END)]
        if self.reply is None:
            return None
        if self.length < 0:
            if not self.data.endswith(_LAST_CHUNK):
                return None
            self.reply.body = _joined(bytes(self.data))
        elif len(self.data) < self.length:
            return None
        else:
            self.reply.body = bytes(self.data)
        return self.reply


def _head(text: bytes) -> Reply:
    first, *lines = text.decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return Reply(int(first[9:12]), [(name.lower(), value.strip()) for name, _colon, value in pairs])


def _joined(chunks: bytes) -> bytes:
    found = b""
    while chunks:
        size, _end, rest = chunks.partition(b"\r\n")
        length = int(size, 16)
        if not length:
            break
        found, chunks = found + rest[:length], rest[length + 2 :]
    return found


class _Connection(asyncio.Protocol):
    """One answer at a time."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.arriving = _Arriving()
        self.waiting: asyncio.Future[Reply] | None = None
        self.open = True

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        reply = self.arriving.take(data)
        if reply is not None and self.waiting is not None and not self.waiting.done():
            self.waiting.set_result(reply)

    def connection_lost(self, exc: Exception | None) -> None:
        self.open = False
        self.fail(f"the connection was lost ({exc or 'closed by the server'})")

    def fail(self, why: str) -> None:
        """End the wait for an answer."""
        if self.waiting is not None and not self.waiting.done():
            self.waiting.set_exception(NoAnswerError(why))

    def ask(self, request: bytes) -> "asyncio.Future[Reply]":
        """Send; what will be answered."""
        assert self.transport is not None
        self.arriving = _Arriving()
        self.waiting = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return self.waiting


class Browser:
    """Somebody's browser, in which they are signed in."""

    def __init__(self, port: int, session: str) -> None:
        self.port = port
        self.site = f"http://{_HOST}:{port}"
        self.cookies = {"preau_csrf": CSRF, "preau_session": session}
        self.page = ""  # the address of the page that is shown: what a form or script refers to
        self.opened = 0  # connections
        self.asked_at = 0.0  # by time.monotonic; 0: nothing is under way
        self._connection: _Connection | None = None

    async def get(self, path: str) -> Reply:
        """Go to a page."""
        reply = await self._ask("GET", path, "", b"", {})
        self.page = path
        return reply

    async def post_form(self, path: str, fields: dict[str, str | list[str]]) -> Reply:
        """Send a form of the page that is shown."""
        return await self._ask("POST", path, FORM, urlencode(fields, doseq=True).encode(), {})

    async def fetch(self, path: str, body: bytes, token: str) -> Reply:
        """Send JSON as a script of the page that is shown."""
        return await self._ask("POST", path, JSON, body, {"X-CSRFToken": token})

    async def _ask(
        self, method: str, path: str, kind: str, body: bytes, more: dict[str, str]
    ) -> Reply:
        self.asked_at = time.monotonic()
        try:
            connection = self._connection
            if connection is None or not connection.open:
                connection = await self._connect()
            head = self._head(method, path, kind, len(body), more)
            reply = await connection.ask(head + body)
        except OSError as error:
            raise NoAnswerError(f"no connection ({error.strerror})") from error
        finally:
            self.asked_at = 0.0
        self._keep_cookies(reply)
        if reply.header("connection").lower() == "close":
            self.close()
        return reply

    async def _connect(self) -> _Connection:
        loop = asyncio.get_running_loop()
        _transport, self._connection = await loop.create_connection(_Connection, _HOST, self.port)
        self.opened += 1
        return self._connection

    def _head(self, method: str, path: str, kind: str, length: int, more: dict[str, str]) -> bytes:
        accepted = "*/*" if kind == JSON else "text/html,application/xhtml+xml,*/*;q=0.8"
        headers = {
            "Host": f"{_HOST}:{self.port}",
            "User-Agent": _AGENT,
            "Accept": accepted,
            "Accept-Language": "en-GB,en;q=0.8,fr;q=0.5",
            "Connection": "keep-alive",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            **more,
        }
        if self.page:
            headers["Referer"] = self.site + self.page
        if method == "POST":
            headers |= {"Origin": self.site, "Content-Type": kind, "Content-Length": str(length)}
        lines = [f"{method} {path} HTTP/1.1", *(f"{key}: {it}" for key, it in headers.items())]
        return "\r\n".join([*lines, "", ""]).encode("latin-1")

    def _keep_cookies(self, reply: Reply) -> None:
        for name, text in reply.headers:
            if name != "set-cookie":
                continue
            cookie, _semicolon, rest = text.partition(";")
            key, _equals, value = cookie.partition("=")
            if "max-age=0" in rest.lower().replace(" ", ""):
                self.cookies.pop(key, None)
            else:
                self.cookies[key] = value

    def give_up(self, why: str) -> None:
        """Wait no longer for what is under way."""
        if self._connection is not None:
            self._connection.fail(why)
            self.close()

    def close(self) -> None:
        """Close the connection; the next request opens another."""
        if self._connection is not None and self._connection.transport is not None:
            self._connection.transport.close()
        self._connection = None

"""A site's own web log: a line for each request that the application answers.

granian has such a log too, but knows no sizes, escapes nothing and takes no file. A line is that of
Apache's combined format, with the microseconds at its end::

    %h - - %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i" %D

Nobody's name is in it. Static files, which granian sends by itself, are not either.
"""

import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from preau.kit.client_address import client_address
from preau.kit.errors import PreauError

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_MODE = 0o640
_UNQUOTED = "/:@!$&'()*+,;=~"  # what an address's path may have as it is (RFC 3986)
_LONGEST = 4096  # characters of what a browser says of itself, and of where it comes from


def require_writable(path: Path) -> None:
    """Raise ``PreauError`` for a file that no line can be added to."""
    try:
        os.close(_opened(path))
    except OSError as error:
        raise PreauError(
            f"{path}: the web log cannot be written: {error.strerror}. Mend the folder or its "
            "rights, or set server.access_log to another file."
        ) from None


def _opened(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, _MODE)


class AccessLog:
    """Lines into a file that other processes write too, and that may be renamed at any time.

    Each is one write at the file's end. What cannot be written is said once, and no page fails.
    """

    def __init__(self, path: Path, trusted: frozenset[str] = frozenset()) -> None:
        self.path = path
        self.trusted = trusted  # proxies whose X-Forwarded-For counts
        self._file: tuple[int, tuple[int, int]] | None = None  # descriptor; device and number
        self._failing = False
        self._turn = threading.Lock()  # a worker has several threads

    def around(self, application: "WSGIApplication") -> "WSGIApplication":
        """The application, each request of which is written down once it is answered."""

        def logged(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
            answer = _Answer(self, environ)

            def begin(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
                answer.status = status[:3]
                return start_response(status, headers, *more)

            try:
                body = application(environ, begin)
            except BaseException:
                answer.status = "500"
                answer.write()
                raise
            if isinstance(body, list):
                answer.size = sum(map(len, body))
                answer.write()
                return body
            answer.pieces = body
            return answer

        return logged

    def add(self, line: str) -> None:
        """Write one line."""
        with self._turn:
            try:
                os.write(self._descriptor(), line.encode())
                self._failing = False
            except OSError as error:
                if not self._failing:
                    sys.stderr.write(
                        f"preau: {self.path}: no web log is written: {error.strerror}\n"
                    )
                self._failing = True

    def _descriptor(self) -> int:
        """That of the file which now has the name."""
        try:
            there = self.path.stat()
            known = (there.st_dev, there.st_ino)
        except FileNotFoundError:
            known = None
        if self._file is None or self._file[1] != known:
            descriptor = _opened(self.path)
            if self._file is not None:
                os.close(self._file[0])
            there = os.fstat(descriptor)
            self._file = (descriptor, (there.st_dev, there.st_ino))
        return self._file[0]


class _Answer:
    """What is known of a request that is being answered; as a body, it counts what it hands on."""

    def __init__(self, log: AccessLog, environ: Mapping[str, Any]) -> None:
        self.log = log
        self.environ = environ
        self.status = "500"
        self.size = 0
        self.pieces: Iterable[bytes] = ()
        self.begun, self._clock = time.time(), time.perf_counter_ns()

    def __iter__(self) -> Iterator[bytes]:
        for piece in self.pieces:
            self.size += len(piece)
            yield piece

    def close(self) -> None:
        """Called by the server at the end, or when the reader has gone."""
        close: Callable[[], None] | None = getattr(self.pieces, "close", None)
        try:
            if close is not None:
                close()
        finally:
            self.write()

    def write(self) -> None:
        """Write the line."""
        took = (time.perf_counter_ns() - self._clock) // 1000
        self.log.add(line_of(self.environ, self.log.trusted, self.status, self.size,
                             self.begun, took))  # fmt: skip


def line_of(
    environ: Mapping[str, Any], trusted: frozenset[str], status: str, size: int, begun: float,
    took: int,
) -> str:  # fmt: skip
    """The line of one request; ``took`` are microseconds."""
    host = client_address(
        environ.get("REMOTE_ADDR", ""), environ.get("HTTP_X_FORWARDED_FOR", ""), trusted
    )
    when = datetime.fromtimestamp(begun).astimezone()
    method = environ.get("REQUEST_METHOD", "-")
    asked = quote(_bytes(environ.get("PATH_INFO", "")), _UNQUOTED)
    if query := environ.get("QUERY_STRING"):
        asked += f"?{query}"
    request = f"{method} {asked} {environ.get('SERVER_PROTOCOL', '')}"
    sent = size if size and method != "HEAD" else "-"
    referrer, agent = (
        _quoted(environ.get(name, "")[:_LONGEST]) or "-"
        for name in ("HTTP_REFERER", "HTTP_USER_AGENT")
    )
    return (
        f"{quote(host, ':%') or '-'} - - [{when:%d/%b/%Y:%H:%M:%S %z}] "
        f'"{_quoted(request)}" {status} {sent} "{referrer}" "{agent}" {took}\n'
    )


def _bytes(text: str) -> bytes:
    """The bytes that a WSGI server made that text of."""
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogateescape")


def _quoted(text: str) -> str:
    """A text as it stands between quotes: it can neither end them nor the line."""
    decoded = _bytes(text).decode("utf-8", "surrogateescape")
    if decoded.isprintable() and '"' not in decoded and "\\" not in decoded:
        return decoded
    return "".join(map(_escaped, decoded))


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    if character.isprintable():
        return character
    return "".join(f"\\x{it:02x}" for it in character.encode("utf-8", "surrogateescape"))

"""Real server processes on free ports, ended by pid."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def get(port: int, path: str = "/") -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        assert answer.status == 200
        return answer.read()
    finally:
        connection.close()


def await_answer(port: int, process: subprocess.Popen[bytes] | None = None) -> None:
    until = time.monotonic() + 90  # on a busy machine too
    while time.monotonic() < until:
        assert process is None or process.poll() is None, "the server ended"
        try:
            get(port)
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)  # a port gives no event
        else:
            return
    raise AssertionError("no answer within 90 s")


def await_true(condition, seconds: float = 60.0) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "not within the time"
        time.sleep(0.05)


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


@contextmanager
def tiny_server(workers: int = 2, **environ: str) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """``preau.operate.site.web_server`` with the tiny application, once it answers."""
    with starting_server(workers, **environ) as (port, process):
        await_answer(port, process)
        yield port, process


@contextmanager
def starting_server(
    workers: int = 2, **environ: str
) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """The same, as soon as its process is there."""
    port = free_port()
    command = [
        sys.executable, "-m", "preau.operate.site.web_server",
        "--target", "tests.operate.site.tiny_app:application",
        "--port", str(port), "--workers", str(workers), "--respawn-interval", "0.5",
    ]  # fmt: skip
    process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": ".", **environ})
    try:
        yield port, process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=40)


class Load:
    """Threads that ask again and again until stopped, and count what failed.

    Half of them open a connection for every request, half keep theirs. A kept connection that
    is closed before any byte of the answer is tried once more on a new one, as HTTP asks
    (RFC 9112, 9.3.1).
    """

    def __init__(self, port: int, threads: int = 6) -> None:
        self.port = port
        self.served: list[bytes] = []
        self.failures: list[str] = []
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._keep if number % 2 else self._fresh)
            for number in range(threads)
        ]

    def __enter__(self) -> "Load":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(timeout=20)

    def _fresh(self) -> None:
        while not self._stop.is_set():
            try:
                self.served.append(get(self.port))
            except (OSError, http.client.HTTPException, AssertionError) as error:
                self.failures.append(repr(error))

    def _keep(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        used = False
        while not self._stop.is_set():
            try:
                connection.request("GET", "/")
                answer = connection.getresponse()
                self.served.append(answer.read())
                used = not answer.will_close
            except (ConnectionError, http.client.RemoteDisconnected) as error:
                if not used:
                    self.failures.append(repr(error))
                connection.close()
                used = False
            except (OSError, http.client.HTTPException) as error:
                self.failures.append(repr(error))
                connection.close()
                used = False
        connection.close()

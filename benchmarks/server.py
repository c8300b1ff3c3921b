"""Starting and ending the servers that are measured."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.processes import tree

ROOT = Path(__file__).parent.parent
SITE = "preau.learn.wsgi:application"
CONSTANT = "benchmarks.constant:application"


@dataclass(frozen=True)
class Server:
    """A server that answers on 127.0.0.1."""

    pid: int
    port: int

    @property
    def workers(self) -> list[int]:
        """Its worker processes."""
        return [pid for pid in tree(self.pid) if pid != self.pid]


def command(target: str, port: int, workers: int, threads: int) -> list[str]:
    """The project's own web server, as ``preau serve`` starts it (granian, WSGI)."""
    return [
        sys.executable, "-m", "preau.operate.site.web_server",
        "--target", target, "--port", str(port),
        "--workers", str(workers), "--threads", str(threads),
    ]  # fmt: skip


@contextmanager
def serving(
    target: str, environment: Mapping[str, str], workers: int, threads: int, log: Path
) -> Iterator[Server]:
    """The server, from its first answer to its end."""
    port = free_port()
    with log.open("ab") as stream:
        process = subprocess.Popen(
            command(target, port, workers, threads),
            env={**os.environ, **environment},
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=stream,
        )
    try:
        server = Server(process.pid, port)
        _wait(process, server, workers, log)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    """A port of 127.0.0.1 on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], server: Server, workers: int, log: Path) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        if len(server.workers) >= workers and _answers(server.port):
            return
        time.sleep(0.1)
    said = log.read_text(errors="replace")[-2000:]
    raise SystemExit(f"The server did not start. It said:\n{said}")


def _answers(port: int) -> bool:
    request = b"GET /1 HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as probe:
            probe.sendall(request)
            return probe.recv(12).startswith(b"HTTP/1.1 ")
    except OSError:
        return False

"""A closed-loop HTTP client: each connection sends its next request when it has the answer.

A process of its own, as cheap as Python allows. It reads one JSON object from its input

    {"port": 8000, "status": 200, "warm_up": 1.0, "seconds": 4.0,
     "connections": [["GET / HTTP/1.1…", …], …]}

writes the lines ``start`` and ``stop`` around the measured time, then its result as JSON.
"""

import json
import selectors
import socket
import sys
import time
from typing import Any

_HOST = "127.0.0.1"
_CHUNK = 1 << 18
_LAST_CHUNK = b"0\r\n\r\n"


class WrongAnswerError(Exception):
    """An answer that is not what was asked for."""


class Connection:
    """One keep-alive connection, walking round its requests."""

    __slots__ = ("body", "chunked", "missing", "requests", "sent", "socket", "tail", "turn")

    def __init__(self, port: int, requests: list[bytes]) -> None:
        self.requests = requests
        self.turn = 0
        self.sent = 0
        self.socket = socket.create_connection((_HOST, port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.reset()

    def reset(self) -> None:
        """Forget the answer; the next bytes begin another."""
        self.missing = -1  # bytes still to come; -1 before the head was read
        self.chunked = False
        self.tail = b""
        self.body = 0

    def ask(self, now: int) -> None:
        """Send the next request."""
        turn = self.turn
        self.turn = turn + 1 if turn + 1 < len(self.requests) else 0
        self.sent = now
        self.socket.sendall(self.requests[turn])

    def take(self, data: bytes, status: bytes) -> bool:
        """Take what arrived; True when the answer is whole. Raises ``WrongAnswerError``."""
        if not data:
            raise WrongAnswerError("the server closed the connection")
        if self.missing < 0:
            self._take_head(data, status)
        elif self.chunked:
            self.tail = (self.tail + data)[-len(_LAST_CHUNK) :]
        else:
            self.missing -= len(data)
        return self.tail == _LAST_CHUNK if self.chunked else self.missing == 0

    def _take_head(self, data: bytes, status: bytes) -> None:
        end = data.find(b"\r\n\r\n") + 4
        if data[9:12] != status or end < 4:
            raise WrongAnswerError(data[:60].decode("latin-1").splitlines()[0])
        at = data.find(b"content-length: ", 0, end)
        head = data
        if at < 0:
            head = data[:end].lower()
            at = head.find(b"content-length: ")
        if at >= 0:
            self.body = int(head[at + 16 : head.find(b"\r\n", at)])
            self.missing = self.body - (len(data) - end)
        else:
            self.chunked, self.missing, self.body = True, 0, -1
            self.tail = data[end:][-len(_LAST_CHUNK) :]
        if self.body == 0 and status == b"200":
            raise WrongAnswerError("an empty page")


class Client:
    """All connections, and what they saw."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.status = str(plan["status"]).encode()
        self.port = int(plan["port"])
        self.selector = selectors.DefaultSelector()
        self.latencies: list[int] = []  # ns
        self.errors: dict[str, int] = {}
        self.size = 0
        for texts in plan["connections"]:
            self._connect([text.encode("latin-1") for text in texts], turn=0)

    def _connect(self, requests: list[bytes], turn: int) -> None:
        connection = Connection(self.port, requests)
        connection.turn = turn
        self.selector.register(connection.socket, selectors.EVENT_READ, connection)
        connection.ask(time.perf_counter_ns())

    def run(self, seconds: float) -> None:
        """Ask and take for so long."""
        until = time.perf_counter_ns() + int(seconds * 1e9)
        clock, select, status = time.perf_counter_ns, self.selector.select, self.status
        now = clock()
        while now < until:
            ready = select(1.0)
            for key, _events in ready:
                connection = key.data
                try:
                    whole = connection.take(connection.socket.recv(_CHUNK), status)
                except (WrongAnswerError, OSError) as error:
                    self._fail(connection, error)
                    continue
                if whole:
                    now = clock()
                    self.latencies.append(now - connection.sent)
                    self.size = connection.body
                    connection.reset()
                    connection.ask(now)
            if not ready:
                now = clock()

    def _fail(self, connection: Connection, error: Exception) -> None:
        self.errors[str(error)] = self.errors.get(str(error), 0) + 1
        if sum(self.errors.values()) > 1000:
            raise SystemExit(f"More than 1000 errors: {self.errors}")
        self.selector.unregister(connection.socket)
        connection.socket.close()
        self._connect(connection.requests, connection.turn)

    def result(self, seconds: float, cpu: float) -> dict[str, Any]:
        """What was measured, in pages a second and milliseconds."""
        ordered = sorted(self.latencies)
        count = len(ordered)

        def at(share: float) -> float:
            return ordered[min(count - 1, int(count * share))] / 1e6 if count else 0.0

        return {
            "count": count,
            "rate": count / seconds,
            "p50": at(0.50), "p95": at(0.95), "p99": at(0.99), "longest": at(1.0),
            "client_cpu": cpu * 1000 / max(count, 1),
            "size": self.size,
            "errors": self.errors,
        }  # fmt: skip


def main() -> None:
    """Warm up, measure, report."""
    plan = json.load(sys.stdin)
    client = Client(plan)
    client.run(plan["warm_up"])
    client.latencies.clear()
    print("start", flush=True)
    cpu, began = time.process_time(), time.perf_counter()
    client.run(plan["seconds"])
    took, cpu = time.perf_counter() - began, time.process_time() - cpu
    print("stop", flush=True)
    print(json.dumps(client.result(took, cpu)))


if __name__ == "__main__":
    main()

"""A record store as xAPI has it, over HTTP: it keeps statements by their ids."""

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from preau.learn.bridges.xapi.schema import validator

KEY, SECRET = "préau", "s3cret"


class Store:
    """What it has, and how it answers: ``trouble`` is taken from the front, a status each."""

    def __init__(self) -> None:
        self.statements: dict[str, dict] = {}
        self.requests: list[int] = []  # how many statements each had
        self.trouble: list[int | tuple[int, str]] = []
        self.refuses = lambda _statement: False
        self.received = threading.Event()
        self.go_on = threading.Event()
        self.go_on.set()
        self.endpoint = ""
        self.elsewhere: list[str] = []  # headers of requests that came by a redirection

    def take(self, headers, body: bytes) -> tuple[int, dict[str, str]]:
        """Keep what came; the answer's status and headers."""
        self.received.set()
        assert self.go_on.wait(30)
        if self.trouble:
            trouble = self.trouble.pop(0)
            status, wait = trouble if isinstance(trouble, tuple) else (trouble, "")
            more = {"Location": f"{self.endpoint}/elsewhere/statements"} if status == 302 else {}
            return status, {**more, **({"Retry-After": wait} if wait else {})}
        mine = base64.b64encode(f"{KEY}:{SECRET}".encode()).decode()
        if headers["Authorization"] != f"Basic {mine}":
            return 401, {}
        if not headers["X-Experience-API-Version"].startswith("1.0"):
            return 400, {}
        found = json.loads(body)
        ids = [it["id"] for it in found]
        bad = len(set(ids)) < len(ids) or any(next(validator.iter_errors(it), None) for it in found)
        if bad or any(map(self.refuses, found)):
            return 400, {}
        self.requests.append(len(found))
        for it in found:
            self.statements.setdefault(it["id"], it)
        return 200, {}


@contextmanager
def record_store() -> Iterator[Store]:
    """One that listens."""
    store = Store()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if "elsewhere" in self.path:
                store.elsewhere.append(str(self.headers))
            assert self.path == "/xapi/statements", self.path
            status, headers = store.take(self.headers, body)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(b"what is wrong" if status == 400 else b"[]")

        def log_message(self, *_words: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        store.endpoint = f"http://127.0.0.1:{server.server_port}/xapi"
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield store
        server.shutdown()

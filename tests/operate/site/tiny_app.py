"""A WSGI application for tests of the server: it says its process, and does odd things on demand."""

import os
from pathlib import Path

if gate := os.environ.get("TINY_SLOW_IMPORT"):  # a named pipe: says that it is read, then waits
    Path(gate).write_text("importing\n")
    Path(gate).read_text()


def application(environ, start_response):
    if environ["PATH_INFO"] == "/held":  # tells who waits for it, then waits until it is let go
        Path(os.environ["TINY_HELD"]).write_text("held\n")
        Path(os.environ["TINY_LET_GO"]).read_text()
    if environ["PATH_INFO"] == "/fork":
        child = os.fork()
        if child == 0:
            os._exit(7)
        start_response("200 OK", [])
        return [str(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])).encode()]
    body = str(os.getpid()).encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]

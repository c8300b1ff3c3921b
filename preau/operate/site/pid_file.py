"""The file that says who serves a site: the lock on it ends with its process, however that ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from preau.kit.errors import PreauError

NAME = "serve.pid"


@contextmanager
def pid_file(site: Path) -> Iterator[None]:
    """Hold ``run/serve.pid``; ``PreauError`` when another process serves this site."""
    path = site / "run" / NAME
    path.parent.mkdir(exist_ok=True)
    with path.open("a+", encoding="utf-8") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise PreauError(_refusal(site, serving_pid(site))) from None
        stream.truncate(0)
        stream.write(f"{os.getpid()}\n")
        stream.flush()
        try:
            yield
        finally:
            stream.truncate(0)


def require_unserved(site: Path) -> None:
    """Raise ``PreauError`` when a process serves the site."""
    if pid := serving_pid(site):
        raise PreauError(_refusal(site, pid))


def serving_pid(site: Path) -> int:
    """The process that serves the site now; 0 when none does."""
    try:
        with (site / "run" / NAME).open(encoding="utf-8") as stream:
            try:
                fcntl.flock(stream, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return int(stream.read() or 0)
    except (OSError, ValueError):
        pass
    return 0


def _refusal(site: Path, pid: int) -> str:
    return (
        f"{site} is being served already, by process {pid}; "
        "end that with SIGTERM, or reload it with SIGHUP."
    )

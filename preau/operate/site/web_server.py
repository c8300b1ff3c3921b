"""granian, with a listening socket for each worker that outlives the worker.

On Linux the kernel deals new connections evenly to all sockets that listen on one port
(SO_REUSEPORT). granian lets each worker open its own; when a worker stops, what waits in its
queue is reset. Here the main process opens them and keeps them open: a new worker takes the
place, and the socket, of the one before it, and what waits there waits for the new one.
"""

import argparse
import ctypes
import multiprocessing
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import granian._signals
import granian.server.mp
from granian._granian import WorkerSignal
from granian._internal import load_target
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer, WorkerProcess

from preau.kit.signals import Interrupt
from preau.operate.site import draining
from preau.operate.site.access_log import AccessLog
from preau.operate.site.orphans import end_with

# A browser keeps its connections open between two pages, and granian counts every open one
# against ``backpressure``: a small number would let a few idle readers shut all others out.
# Requests at work are bounded by the threads; this only bounds open connections per worker.
_CONNECTIONS = 8192
# A new worker gets this much time before the old one stops. When it needs more, new connections
# wait for it in the queue that both share; none is lost.
_RESPAWN_SECONDS = 1.0
_DRAIN = signal.SIGUSR1  # tells a worker to accept no more
_STATIC_SECONDS = 365 * 24 * 3600  # a static file's name tells its content: it never changes
_M_MMAP_THRESHOLD, _M_ARENA_MAX = -3, -8  # malloc.h
_KILL_SECONDS = 30  # a worker whose requests have not ended by then is killed


class DrainingServer(MPServer):
    """granian's server of processes, whose sockets stay and whose replaced workers drain first."""

    _ssp: Any  # how to make a socket; granian hands it to each worker unless ``_shd`` is set
    _shd: Any  # the socket of the worker that is started next
    _sfd: Any  # its file descriptor; in a worker, that of its own
    _sso: Any  # the same as Python's object; ``_init_shared_socket`` of the class above sets it

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # granian's handlers of SIGHUP and SIGTERM set this one: a plain Event would now and then
        # lock the main process for ever, deaf to every later signal.
        self.main_loop_interrupt: Any = Interrupt()

    def _init_shared_socket(self) -> None:
        super()._init_shared_socket()  # type: ignore[no-untyped-call]  # granian leaves it so
        if self._ssp is not None:
            self._sockets = [self._ssp.build() for _number in range(self.workers)]
            self._ssp = None
        else:  # a system without SO_REUSEPORT: one socket for all
            self._sockets = [self._shd] * self.workers

    def _spawn_worker(  # type: ignore[override]  # as in MPServer
        self, idx: int, target: Any, callback_loader: Any
    ) -> WorkerProcess:
        self._shd = self._sockets[idx]
        self._sfd = self._shd.get_fd()
        worker = super()._spawn_worker(idx, target, callback_loader)
        worker.terminate = partial(self._end, worker, worker.terminate)  # type: ignore[method-assign]
        return worker

    def _end(self, worker: WorkerProcess, terminate: Callable[[], None]) -> None:
        if not self.interrupt_signal and worker.inner.is_alive():  # it is being replaced
            os.kill(worker.inner.pid, _DRAIN)
            time.sleep(draining.SECONDS)
        terminate()

    def stop_accepting(self) -> None:
        """In a worker: take no more connections."""
        draining.stop_accepting(self._sfd)


def prepare_workers(server: DrainingServer) -> None:
    """Make every process that this one forks end with it, and heed ``_DRAIN``."""
    watched = end_with(os.getpid())
    worker: list[int] = []

    def begin() -> None:
        if worker:  # something that a worker forked
            return
        worker.append(os.getpid())
        # Until granian sets the worker's own handlers, the copies of the main process's would
        # swallow a SIGTERM, and stopping would take _KILL_SECONDS.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        signal.signal(_DRAIN, lambda *_: server.stop_accepting())
        granian._signals.set_sync_signals = _stop_once
        # What the worker waits for to end; a plain Event would now and then leave it for ever.
        granian.server.mp.threading = SimpleNamespace(Event=Interrupt)  # type: ignore[assignment,attr-defined]
        watched()

    os.register_at_fork(after_in_child=begin)


def _stop_once() -> Any:
    """granian's own handlers of a worker, but the first SIGTERM or SIGINT alone counts.

    granian puts each one into a channel that takes two: the third would lock the interpreter for
    ever, and whoever waits for a page with it. It takes no impatience: a main process that is
    killed has the kernel send one for each of its threads.
    """
    stopping = WorkerSignal()
    first = iter((stopping,))  # handlers interrupt each other: taking from it is one step

    def stop(*_: object) -> None:
        for it in first:
            signal.alarm(_KILL_SECONDS)  # nobody may be left to end it
            it.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    return stopping


def build_server(arguments: argparse.Namespace) -> DrainingServer:
    """The server as the command line describes it."""
    static = Path(arguments.static) if arguments.static else None
    return DrainingServer(
        arguments.target,
        address=arguments.host,
        port=arguments.port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=arguments.workers,
        blocking_threads=arguments.threads,
        backlog=2048,
        backpressure=_CONNECTIONS,
        respawn_failed_workers=True,
        respawn_interval=arguments.respawn_interval,
        workers_kill_timeout=_KILL_SECONDS,
        static_path_mount=[static] if static else None,
        static_path_expires=_STATIC_SECONDS,
        log_level=LogLevels.warning,
    )


def load_logged(log: AccessLog, target: str) -> Any:
    """The application, each request of which is written down."""
    application: Any = load_target(target)
    return log.around(application)


def give_memory_back() -> None:
    """Let large pieces of memory go back to the system when they are freed (glibc).

    By itself glibc keeps what a password's hash took, 19 MiB for each thread, for ever. Measured:
    83 instead of 123 MB a worker, for 8 ms more a sign-in.
    """
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
        if mallopt is not None:
            mallopt(_M_MMAP_THRESHOLD, 1 << 20)
            mallopt(_M_ARENA_MAX, 2)


def main(words: list[str] | None = None) -> None:
    """Serve until told to stop."""
    give_memory_back()
    parser = argparse.ArgumentParser(prog="preau.operate.site.web_server")
    parser.add_argument("--target", default="preau.learn.wsgi:application")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--static", default="")
    parser.add_argument("--respawn-interval", type=float, default=_RESPAWN_SECONDS, help="seconds")
    parser.add_argument("--access-log", default="")
    parser.add_argument("--trusted-proxies", default="", help="addresses, with commas between them")
    arguments = parser.parse_args(words)
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # each connection is an open file
    multiprocessing.set_start_method("fork")  # so that workers inherit socket and parent
    server = build_server(arguments)
    prepare_workers(server)
    loader = None
    if arguments.access_log:
        trusted = frozenset(arguments.trusted_proxies.split(","))
        loader = partial(load_logged, AccessLog(Path(arguments.access_log), trusted))
    server.serve(target_loader=loader)


if __name__ == "__main__":
    main()

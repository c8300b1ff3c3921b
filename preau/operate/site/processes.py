"""The process tree of a site: one supervisor over web server, task worker and scheduler."""

import hashlib
import os
import platform
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from preau.kit.settings_file import Settings
from preau.kit.signals import SignalPipe
from preau.operate.site.learn_process import learn_command, learn_environment
from preau.operate.site.orphans import end_with
from preau.operate.site.pid_file import pid_file
from preau.operate.site.terminal import hang_up_noticed

STOP_WITHIN = 35.0  # seconds until a child that does not end is killed
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0  # seconds before a dead child is started again
_STEADY = 60.0  # seconds after which a child counts as well again

Say = Callable[[str], None]
Start = Callable[[Sequence[str], Mapping[str, str]], "subprocess.Popen[bytes]"]


def start_child(command: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """A process that ends with this one, and that Ctrl-C in the terminal does not reach."""
    watched = end_with(os.getpid())

    def prepare() -> None:
        # A reload that comes before the child can take one is needless: it has just started.
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        watched()

    return subprocess.Popen(
        command,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=prepare,  # noqa: PLW1509  (this process has one thread)
    )


@dataclass
class Child:
    """One process of the tree. ``reloads`` says that it takes SIGHUP itself."""

    name: str
    command: Sequence[str]
    reloads: bool = False
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = 0.0
    due: float = 0.0
    expected_end: bool = False


@dataclass
class Supervisor:
    """Starts the children, starts them again when they die, and ends them together.

    SIGTERM and SIGINT end the tree after the requests in flight, a second SIGINT at once;
    SIGHUP lets the web server replace its workers one by one and starts the two others anew,
    or ends the tree when ``hung_up`` says that it came because the terminal was closed.
    Nothing is replaced unless the command ``trial``, if there is one, succeeds first: a slip
    in the settings must not end what serves well.
    """

    children: Sequence[Child]
    environment: Mapping[str, str]
    say: Say
    start: Start = start_child
    clock: Callable[[], float] = time.monotonic
    hung_up: Callable[[], bool] = lambda: False
    stop_within: float = STOP_WITHIN
    trial: Sequence[str] = ()
    _stopping: bool = field(default=False, init=False)
    _trying: "subprocess.Popen[bytes] | None" = field(default=None, init=False)

    def run(self) -> int:
        """Supervise until told to stop; the exit code."""
        watched = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD)
        with SignalPipe(*watched) as signals:
            while not self._stopping:
                self._start_due()
                self._heed(signals.wait(self._until_due()))
                self._reap()
                self._judge()
            self._end_all(signals)
        return 0

    def _start_due(self) -> None:
        for child in self.children:
            if child.process is None and child.due <= self.clock():
                child.process = self.start(child.command, self.environment)
                child.started, child.expected_end = self.clock(), False

    def _until_due(self) -> float | None:
        waiting = [child.due for child in self.children if child.process is None]
        return max(0.0, min(waiting) - self.clock()) if waiting else None

    def _heed(self, numbers: set[int]) -> None:
        if signal.SIGTERM in numbers or signal.SIGINT in numbers:
            self._stopping = True
        elif signal.SIGHUP in numbers:
            self._stopping = self.hung_up()
            if not self._stopping:
                self._try()

    def _try(self) -> None:
        if not self.trial:
            self._reload()
            return
        self._drop_trial()  # what it has read so far may have changed again
        self._trying = self.start(self.trial, self.environment)

    def _judge(self) -> None:
        if self._trying is None or self._trying.poll() is None:
            return
        code, self._trying = self._trying.returncode, None
        if code:
            self.say(
                f"not reloaded: the site would not start ({_how(code)}); all goes on as it was"
            )
        else:
            self._reload()

    def _drop_trial(self) -> None:
        if self._trying is not None:
            self._trying.kill()
            self._trying.wait()
            self._trying = None

    def _reload(self) -> None:
        self.say("reloading")
        for child in self.children:
            if child.process is None:
                child.due = self.clock()  # whatever killed it may be mended
            else:
                child.expected_end = not child.reloads
                child.process.send_signal(signal.SIGHUP if child.reloads else signal.SIGTERM)

    def _reap(self) -> None:
        for child in self.children:
            if child.process is None or child.process.poll() is None:
                continue
            code, child.process = child.process.returncode, None
            if child.expected_end:
                child.due = self.clock()
                continue
            child.pause = next_pause(child.pause, self.clock() - child.started)
            child.due = self.clock() + child.pause
            self.say(f"{child.name} ended ({_how(code)}); it starts again in {child.pause:g} s")

    def _end_all(self, signals: SignalPipe) -> None:
        self.say("ending, after the requests in flight; Ctrl-C ends it at once")
        self._drop_trial()
        running = [child.process for child in self.children if child.process is not None]
        for process in running:
            process.terminate()
        until = self.clock() + self.stop_within
        while running := [process for process in running if process.poll() is None]:
            impatient = signal.SIGINT in signals.wait(max(0.0, until - self.clock()))
            if impatient or self.clock() >= until:
                for process in running:
                    process.kill()
                    process.wait()


def next_pause(last: float, ran: float) -> float:
    """Seconds before a child that died after ``ran`` seconds is started again."""
    if last == 0.0 or ran > _STEADY:
        return _FIRST_PAUSE
    return min(last * 2, _LONGEST_PAUSE)


def _how(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"


def worker_id(site: Path) -> str:
    """The name of the one task worker of a site folder, which stays when it is started again.

    By it the new one knows what the old one could not finish.
    """
    machine = platform.node()
    place = hashlib.sha256(f"{machine}:{site.resolve()}".encode()).hexdigest()
    return f"{machine[:40]}-{place[:12]}"


def site_children(settings: Settings, host: str, port: int, workers: int) -> list[Child]:
    """The three children of a site."""
    web = [
        sys.executable, "-m", "preau.operate.site.web_server",
        "--host", host, "--port", str(port), "--workers", str(workers),
        "--threads", str(settings["server.threads"]),
        "--static", str(settings.folder / "static"),
        *access_log_words(settings),
    ]  # fmt: skip
    interval = str(settings["tasks.interval_seconds"])
    worker = learn_command(
        "db_worker", "--interval", interval, "--no-startup-delay",
        "--worker-id", worker_id(settings.folder),
    )  # fmt: skip
    return [
        Child("web server", web, reloads=True),
        Child("task worker", worker),
        Child("scheduler", learn_command("scheduler")),
    ]


def access_log_words(settings: Settings) -> list[str]:
    """What the web server is told of its log."""
    if not settings["server.access_log"]:
        return []
    trusted = ",".join(settings["server.trusted_proxies"])
    path = settings.folder / settings["server.access_log"]
    return ["--access-log", str(path), "--trusted-proxies", trusted]


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def serve(site: Path, settings: Settings, host: str, port: int, workers: int, say: Say) -> int:
    """Serve the site until SIGTERM or SIGINT; ``workers`` 0 means as many as cores.

    Raises ``PreauError`` when another process serves it already.
    """
    children = site_children(settings, host, port, workers or settings["server.workers"] or cores())
    environment = learn_environment(site, os.environ)
    trial = [sys.executable, "-m", "preau.operate.site.rehearsal"]
    with pid_file(site):
        return Supervisor(children, environment, say, hung_up=hang_up_noticed(), trial=trial).run()

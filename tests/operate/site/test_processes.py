"""The supervisor: starts, restarts and ends its children."""

import os
import signal
import subprocess
import sys
import textwrap
from contextlib import contextmanager
from pathlib import Path

import pytest

from preau.operate.site.processes import next_pause
from tests.operate.site.running import await_true

pytestmark = [pytest.mark.serving, pytest.mark.xdist_group("servers")]

SUPERVISOR = """
    import os, sys
    from preau.operate.site.processes import Child, Supervisor
    folder = sys.argv[1]
    child = (
        "import os, sys, signal\\n"
        "from preau.kit.signals import SignalPipe\\n"
        "folder, name = sys.argv[1:]\\n"
        "def leave(mark): open(f'{folder}/{name}.{mark}', 'w').close()\\n"
        "with SignalPipe(signal.SIGTERM, signal.SIGHUP) as signals:\\n"
        "    leave(os.getpid())\\n"
        "    while signal.SIGTERM not in (came := signals.wait(None)):\\n"
        "        leave('hup') if signal.SIGHUP in came else None\\n"
        "leave(f'{os.getpid()}.ended')\\n"
    )
    def command(name):
        return [sys.executable, "-c", child, folder, name]
    children = [Child("web", command("web"), reloads=True), Child("worker", command("worker"))]
    sys.exit(Supervisor(children, dict(os.environ), lambda line: print(line, flush=True)).run())
"""


@pytest.fixture
def tree(tmp_path):
    command = [sys.executable, "-c", textwrap.dedent(SUPERVISOR), str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    await_true(lambda: pids(tmp_path, "web") and pids(tmp_path, "worker"))
    yield process, tmp_path
    if process.poll() is None:
        process.kill()
    process.wait(timeout=10)
    process.stdout.close()


def pids(folder: Path, name: str) -> set[int]:
    return {int(path.suffix[1:]) for path in folder.glob(f"{name}.*") if path.suffix[1:].isdigit()}


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_child_that_is_killed_is_started_again(tree):
    process, folder = tree
    (first,) = pids(folder, "worker")
    os.kill(first, signal.SIGKILL)
    await_true(lambda: len(pids(folder, "worker")) == 2)
    assert process.stdout.readline() == "worker ended (signal 9); it starts again in 0.5 s\n"
    assert process.poll() is None


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_tree_ends_gracefully_with_exit_code_0(tree, number):
    process, folder = tree
    everyone = pids(folder, "web") | pids(folder, "worker")
    process.send_signal(number)
    assert process.wait(timeout=40) == 0
    assert not any(alive(pid) for pid in everyone)
    assert len(list(folder.glob("*.ended"))) == 2


def test_reloading_signals_the_web_server_and_restarts_the_others(tree):
    process, folder = tree
    web = pids(folder, "web")
    process.send_signal(signal.SIGHUP)
    await_true((folder / "web.hup").exists)
    await_true(lambda: len(pids(folder, "worker")) == 2)
    assert pids(folder, "web") == web
    assert process.stdout.readline() == "reloading\n"


def test_children_do_not_outlive_a_supervisor_that_is_killed(tree):
    process, folder = tree
    everyone = pids(folder, "web") | pids(folder, "worker")
    process.kill()
    process.wait(timeout=10)
    await_true(lambda: not any(alive(pid) for pid in everyone))


STUBBORN = """
    import os, sys
    from preau.operate.site.processes import Child, Supervisor
    # By os.write: a handler may come while print is at work, and print cannot be called in itself.
    child = ("import os, signal\\n"
             "signal.signal(signal.SIGTERM, lambda *_: os.write(1, b'never\\\\n'))\\n"
             "os.write(1, b'ready\\\\n')\\n"
             "while True: signal.sigtimedwait([], 0.1)\\n")
    children = [Child("stubborn", [sys.executable, "-c", child])]
    say = lambda line: print(line, flush=True)
    tree = Supervisor(children, dict(os.environ), say, stop_within=float(sys.argv[1]))
    sys.exit(tree.run())
"""


@contextmanager
def stubborn(stop_within: float):
    command = [sys.executable, "-c", textwrap.dedent(STUBBORN), str(stop_within)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.kill()


def test_a_child_that_does_not_end_is_killed_in_time():
    with stubborn(stop_within=0.2) as process:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0


def test_a_second_ctrl_c_ends_it_at_once():
    with stubborn(stop_within=600) as process:
        process.send_signal(signal.SIGINT)
        assert {process.stdout.readline(), process.stdout.readline()} == {
            "ending, after the requests in flight; Ctrl-C ends it at once\n",
            "never\n",
        }
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 0


@pytest.mark.parametrize(
    ("last", "ran", "pause"),
    [(0, 1, 0.5), (0.5, 1, 1), (1, 1, 2), (20, 1, 30), (30, 1, 30), (30, 61, 0.5)],
)
def test_the_pause_before_a_restart_grows_until_the_child_is_steady(last, ran, pause):
    assert next_pause(last, ran) == pause


def test_closing_its_terminal_ends_a_site(tmp_path):
    ours, theirs = os.openpty()
    process = _in_terminal(theirs, tmp_path)
    os.close(theirs)
    await_true(lambda: pids(tmp_path, "web") and pids(tmp_path, "worker"))
    os.close(ours)
    try:
        assert process.wait(timeout=40) == 0
    finally:
        process.kill()
    assert len(list(tmp_path.glob("*.ended"))) == 2


def _in_terminal(terminal: int, folder: Path) -> subprocess.Popen[bytes]:
    script = (
        "import fcntl, signal, termios\n"
        "signal.signal(signal.SIGHUP, signal.SIG_DFL)\n"  # even where the tests run under nohup
        "from preau.operate.site.terminal import hang_up_noticed\n"
        "fcntl.ioctl(0, termios.TIOCSCTTY, 0)\n"
    ) + textwrap.dedent(SUPERVISOR).replace(").run()", ", hung_up=hang_up_noticed()).run()")
    command = [sys.executable, "-c", script, str(folder)]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, stdin=terminal, stdout=quiet, start_new_session=True)

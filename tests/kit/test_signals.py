"""An event that signal handlers may set at any moment."""

import subprocess
import sys
import time

STORM = """
import signal
from preau.kit.signals import Interrupt
event = Interrupt()
signal.signal(signal.SIGALRM, lambda *_: event.set())
signal.setitimer(signal.ITIMER_REAL, 0.00005, 0.00005)
for _round in range(20_000):
    assert event.wait(5)
    event.clear()
print("through")
"""


def test_a_storm_of_signals_never_locks_who_waits():
    done = subprocess.run(
        [sys.executable, "-c", STORM], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout == "through\n", done.stderr


# The main thread blocks the signal, so that another one takes it: to the main thread it is as one
# that came after Python last looked for signals and before the wait.
TAKEN_BY_ANOTHER = """
import os, signal, threading, time
from preau.kit.signals import Interrupt
event, go = Interrupt(), threading.Event()
signal.signal(signal.SIGTERM, lambda *_: event.set())
def take():
    go.wait()
    time.sleep(0.2)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(10)
threading.Thread(target=take, daemon=True).start()
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
go.set()
print(event.wait(8))
"""


def test_a_signal_that_another_thread_takes_ends_the_wait():
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", TAKEN_BY_ANOTHER],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.stdout == "True\n", done.stderr
    assert time.monotonic() - begun < 8

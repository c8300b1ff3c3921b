"""An event that signal handlers may set at any moment."""

import subprocess
import sys

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

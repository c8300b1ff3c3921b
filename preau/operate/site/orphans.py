"""Children that never outlive their parent."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def end_with(parent: int) -> Callable[[], None]:
    """What a new child calls so that the kernel ends it (SIGTERM) when ``parent`` ends.

    It holds however the parent ends: kill -9 of the supervisor must not leave workers on the
    port. The kernel knows this on Linux only; elsewhere nothing is asked for. It counts the
    parent's *thread* that started the child, so children are started from the main thread.
    """

    def ask() -> None:
        if _libc is not None:
            _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:  # it ended before it could be watched
                os.kill(os.getpid(), signal.SIGTERM)

    return ask

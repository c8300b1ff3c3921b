"""The terminal that a command was started from."""

import os
import signal
from collections.abc import Callable


def hang_up_noticed() -> Callable[[], bool]:
    """A function that says whether the terminal of this moment has gone since.

    SIGHUP means two things: reload, and "your terminal is closed". A site that was started
    in a terminal ends with it; one started under nohup, or by systemd, stays.
    """
    stays = not _has_terminal() or signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
    return (lambda: False) if stays else (lambda: not _has_terminal())


def _has_terminal() -> bool:
    try:
        os.close(os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY))
    except OSError:
        return False
    return True

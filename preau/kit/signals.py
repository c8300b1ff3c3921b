"""Signals as events to wait for."""

import contextlib
import os
import select
import signal
import time
from types import TracebackType
from typing import Self


class SignalPipe:
    """While open, the given signals interrupt nothing; they are handed out by ``wait``.

    Python writes each one into a pipe as it arrives, so that none is lost between two waits.
    For the main thread only.
    """

    def __init__(self, *numbers: signal.Signals) -> None:
        self._numbers = numbers

    def __enter__(self) -> Self:
        self._reader, self._writer = os.pipe()
        os.set_blocking(self._reader, False)
        os.set_blocking(self._writer, False)
        self._wakeup = signal.set_wakeup_fd(self._writer, warn_on_full_buffer=False)
        self._before = {it: signal.signal(it, lambda *_: None) for it in self._numbers}
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._wakeup)
        os.close(self._reader)
        os.close(self._writer)

    def wait(self, seconds: float | None) -> set[int]:
        """The signals that came, as soon as one does; none after so many seconds."""
        select.select([self._reader], [], [], seconds)
        try:
            return set(os.read(self._reader, 1024))
        except BlockingIOError:
            return set()


class Interrupt:
    """``threading.Event`` for signal handlers: ``set`` takes no lock, so it never waits.

    An Event that a handler sets while its own thread is about to wait for it locks that thread
    for ever; here setting is one byte in a pipe. And a signal may come after Python last looked
    for one and before the wait, or be taken by another thread: its handler would run after the
    wait only. So Python also writes each signal into a pipe as it arrives, which ends the wait
    for as long as the handlers take. To be made in the main thread.
    """

    def __init__(self) -> None:
        self._reader, self._writer = _pipe()
        self._arrived, arriving = _pipe()
        signal.set_wakeup_fd(arriving, warn_on_full_buffer=False)

    def set(self) -> None:
        """Let ``wait`` return, now or when it is called."""
        with contextlib.suppress(BlockingIOError):  # full: it is set
            os.write(self._writer, b".")

    def clear(self) -> None:
        """Forget that it was set."""
        _empty(self._reader)

    def is_set(self) -> bool:
        """Whether it was set since ``clear``."""
        return self.wait(0)

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until it is set, at most ``timeout`` seconds; whether it is."""
        until = None if timeout is None else time.monotonic() + timeout
        while True:
            left = None if until is None else max(0.0, until - time.monotonic())
            ready, _write, _other = select.select([self._reader, self._arrived], [], [], left)
            if self._reader in ready or not ready:
                return bool(ready)
            _empty(self._arrived)  # Python runs the signal's handler before it goes on


def _pipe() -> tuple[int, int]:
    """A pipe of which neither end ever waits."""
    ends = os.pipe()
    for end in ends:
        os.set_blocking(end, False)
    return ends


def _empty(reader: int) -> None:
    with contextlib.suppress(BlockingIOError):
        while os.read(reader, 1024):
            pass

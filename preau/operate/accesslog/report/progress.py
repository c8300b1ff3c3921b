"""How far reading is, on a terminal: a bar, lines a second, the time that is left."""

import sys
import time
from typing import TextIO

from preau.operate.accesslog.report.values import number
from preau.operate.accesslog.store.take_in import Told

_BAR = 24


class Progress:
    """One line that is written anew; nothing where nobody looks."""

    def __init__(self, out: TextIO | None = None) -> None:
        self.out = out or sys.stderr
        self.looked_at = self.out.isatty()
        self.begun = time.monotonic()
        self.lines = 0
        self._of_log = 0
        self._told: Told | None = None

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_error: object) -> None:
        if self.looked_at and self.lines:
            self.out.write("\r\x1b[K")
            self.out.flush()

    def told(self, told: Told) -> None:
        """Show how far it is."""
        self.lines += told.lines - (self._of_log if told is self._told else 0)
        self._told, self._of_log = told, told.lines
        if not self.looked_at:
            return
        seconds = max(0.001, time.monotonic() - self.begun)
        speed = f"{number(round(self.lines / seconds), 'en')} lines/s"
        text = f"{told.name}  {number(self.lines, 'en')} lines  {speed}"
        if told.size:
            share = min(1.0, told.place / told.size)
            left = seconds * (1 - share) / share if share else 0
            bar = "█" * round(_BAR * share)
            text = f"{bar:<{_BAR}} {100 * share:3.0f} %  {text}  {left:.0f} s left"
        self.out.write(f"\r\x1b[K{text}")
        self.out.flush()

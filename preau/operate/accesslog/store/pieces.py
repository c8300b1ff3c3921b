"""A log in pieces of whole lines, each as a file that the database can read."""

import os
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from preau.operate.accesslog.store.sources import TAIL, Source

SIZE = 64 << 20  # bytes of a piece; what is larger is not faster, and needs more memory
LONGEST = 1 << 20  # bytes of a line; what is longer is no line of a web log
_BLOCK = 1 << 20
_LOOKED_AT = 1 << 18  # bytes, which stay near the processor
_SAMPLE = 200

_Scratch = tuple[int, Path]  # an open file, and what the database calls it


@dataclass
class Piece:
    """Lines of a log: ``path`` is a file of just them; ``end`` is the byte after them.

    ``tail`` are the last bytes. A line that is longer than a piece is one by itself, without a
    file: ``sample`` is how it begins. ``returns`` are carriage returns within lines.
    """

    end: int
    lines: int
    returns: int
    tail: bytes
    path: Path | None
    sample: str = ""


def pieces_of(
    source: Source, folder: Path, *, unfinished: bool, size: int = SIZE
) -> Iterator[Piece]:
    """What is left of a source; the last line too if it is ``unfinished`` and that is wanted.

    While a piece is worked on, the next one is being copied; then its file is another's.
    """
    with (
        _scratch(folder) as one,
        _scratch(folder) as other,
        ThreadPoolExecutor(1) as beside,  # ends before the files do
    ):
        pieces = _cut(source, (one, other), unfinished=unfinished, size=size)
        waiting = beside.submit(next, pieces, None)
        while (piece := waiting.result()) is not None:
            waiting = beside.submit(next, pieces, None)
            yield piece


def _cut(
    source: Source, files: tuple[_Scratch, _Scratch], *, unfinished: bool, size: int
) -> Iterator[Piece]:
    rest = b""
    for descriptor, path in cycle(files):
        begin = source.place - len(rest)
        os.lseek(descriptor, 0, os.SEEK_SET)  # what is there is written over: that is faster
        _write(descriptor, rest)
        filled = len(rest) + _fill(descriptor, source, size - len(rest))
        at_end = filled < size
        cut, rest = _last_line(descriptor, filled)
        if at_end and rest and unfinished:
            cut, rest = filled, b""
        if cut:
            os.ftruncate(descriptor, cut)
            yield Piece(begin + cut, *_counted(descriptor, cut), path)
        elif not at_end:
            yield _too_long(source, rest)
            rest = b""
        if at_end:
            return


@contextmanager
def _scratch(folder: Path) -> Iterator[_Scratch]:
    """A file in memory where the system has such, else one in the folder."""
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("lines")
        path = Path(f"/proc/self/fd/{descriptor}")
    else:
        descriptor, name = tempfile.mkstemp(dir=folder)
        path = Path(name)
    try:
        yield descriptor, path
    finally:
        os.close(descriptor)
        if not hasattr(os, "memfd_create"):
            path.unlink()


def _fill(descriptor: int, source: Source, room: int) -> int:
    """Copy at most so many bytes; the system copies those of a plain file by itself."""
    done = 0
    while done < room:
        if source.plain and hasattr(os, "memfd_create"):
            count = os.sendfile(descriptor, source.stream.fileno(), source.place, room - done)
            source.place += count
        else:
            block = source.read(min(_BLOCK, room - done))
            count = len(block)
            _write(descriptor, block)
        if not count:
            break
        done += count
    return done


def _write(descriptor: int, block: bytes) -> None:
    view = memoryview(block)
    while view:
        view = view[os.write(descriptor, view) :]


def _last_line(descriptor: int, filled: int) -> tuple[int, bytes]:
    """Where the last whole line ends, and what comes after it."""
    place = filled
    while place:
        begin = max(0, place - _BLOCK)
        found = os.pread(descriptor, place - begin, begin).rfind(b"\n")
        if found >= 0:
            cut = begin + found + 1
            return cut, os.pread(descriptor, filled - cut, cut)
        place = begin
    return 0, os.pread(descriptor, filled, 0)


def _counted(descriptor: int, cut: int) -> tuple[int, int, bytes]:
    """How many lines there are, carriage returns within them, and the last bytes."""
    block, lines, returns, place = bytearray(_LOOKED_AT), 0, 0, 0
    while place < cut and (count := os.preadv(descriptor, [block], place)):
        count = min(count, cut - place)
        lines += block.count(b"\n", 0, count)
        if found := block.count(b"\r", 0, count):
            ends = block.count(b"\r\n", 0, count)
            split = block[count - 1 : count] == b"\r"
            split = split and os.pread(descriptor, 1, place + count) == b"\n"
            returns += found - ends - split
        place += count
    tail = os.pread(descriptor, min(TAIL, cut), cut - min(TAIL, cut))
    return lines + (not tail.endswith(b"\n")), returns, tail


def _too_long(source: Source, begin: bytes) -> Piece:
    """Leave a line out that does not end within a piece."""
    tail = begin[-TAIL:]
    if source.plain:
        source.stream.seek(source.place)
    while block := source.read(_BLOCK):
        found = block.find(b"\n")
        if found < 0:
            tail = (tail + block)[-TAIL:]
            continue
        tail = (tail + block[: found + 1])[-TAIL:]
        if source.plain:
            source.place -= len(block) - found - 1
            source.stream.seek(source.place)
        else:
            source.pushed = block[found + 1 :] + source.pushed
            source.place -= len(block) - found - 1
        break
    sample = begin[:_SAMPLE].decode("utf-8", "backslashreplace")
    return Piece(source.place, 1, 0, tail, None, f"{sample}…")

"""What a log is read from: plain and compressed files, standard input.

A source is known by how it begins, not by its name: a log that was rotated, copied or compressed
goes on where it stopped.
"""

import bz2
import glob
import gzip
import hashlib
import os
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from preau.kit.errors import PreauError

HEAD = 64 << 10  # bytes that tell a log from others, at most
TAIL = 4 << 10  # bytes before where one stopped, which must be the same
STANDARD_INPUT = "-"
_BLOCK = 1 << 20


def _gzip(path: Path) -> IO[bytes]:
    return cast("IO[bytes]", gzip.GzipFile(path, "rb"))


def _zstd(path: Path) -> IO[bytes]:
    from backports import zstd

    return cast("IO[bytes]", zstd.ZstdFile(path, "rb"))


# How a compressed file begins, and what reads it.
_COMPRESSED: dict[bytes, Callable[[Path], IO[bytes]]] = {
    b"\x1f\x8b": _gzip,
    b"BZh": bz2.BZ2File,
    b"\x28\xb5\x2f\xfd": _zstd,
}


@dataclass
class Source:
    """An open log. ``size`` is known of plain files only; ``place`` is the next byte."""

    name: str
    stream: IO[bytes]
    plain: bool
    size: int | None
    place: int = 0
    pushed: bytes = b""  # read ahead, and to be read again

    def read(self, count: int) -> bytes:
        """At most so many bytes; none at the end. Raises ``PreauError`` if it is damaged."""
        if self.pushed:
            block, self.pushed = self.pushed[:count], self.pushed[count:]
        else:
            try:
                block = self.stream.read(count) or b""
            except (EOFError, OSError, ValueError, zlib.error) as error:
                raise PreauError(
                    f"{self.name}: it is damaged after {self.place:,} bytes of lines ({error}); "
                    "what comes before is read."
                ) from None
        self.place += len(block)
        return block

    def head(self) -> bytes:
        """How it begins; nothing is read by that."""
        if self.plain:
            return os.pread(self.stream.fileno(), HEAD, 0)
        block = b""
        while len(block) < HEAD and (more := self.read(HEAD - len(block))):
            block += more
        self.pushed, self.place = block + self.pushed, self.place - len(block)
        return block

    def rewind(self) -> None:
        """Go on at the first byte again. Raises ``PreauError`` where that cannot be."""
        try:
            self.stream.seek(0)
        except OSError:
            raise PreauError(
                f"{self.name}: it begins as another log does, and goes on otherwise; write it to a "
                "file and read that."
            ) from None
        self.place, self.pushed = 0, b""

    def skip_to(self, place: int) -> bytes:
        """Go on at a byte; answers the last bytes before it, fewer if it ends earlier."""
        if self.plain:
            begin = max(0, place - TAIL)
            tail = os.pread(self.stream.fileno(), place - begin, begin)
            self.stream.seek(place)
            self.place = place
            return tail
        tail = b""
        while self.place < place and (block := self.read(min(_BLOCK, place - self.place))):
            tail = (tail + block)[-TAIL:]
        return tail


def found(words: Sequence[str]) -> list[str]:
    """The names of logs: patterns become the files that they match, the oldest first.

    Raises ``PreauError`` where there is none.
    """
    names: list[str] = []
    for word in words:
        matched = [word]
        if word != STANDARD_INPUT and not Path(word).exists() and glob.has_magic(word):
            root = Path(Path(word).anchor)
            matches = root.glob(str(Path(word).relative_to(root)))
            matched = [str(it) for it in sorted(matches, key=_age)]
        for name in matched:
            if name != STANDARD_INPUT and not Path(name).is_file():
                raise PreauError(f"{name}: there is no such file to read a log from.")
        if not matched:
            raise PreauError(f"{word}: no file matches it.")
        names += matched
    return list(dict.fromkeys(names))


def _age(path: Path) -> tuple[float, str]:
    return path.stat().st_mtime, str(path)


def is_packed(begin: bytes) -> bool:
    """Whether what begins so is compressed."""
    return any(begin.startswith(mark) for mark in _COMPRESSED)


@contextmanager
def opened_source(name: str) -> Iterator[Source]:
    """A log, ready to be read from its first byte."""
    if name == STANDARD_INPUT:
        yield Source("standard input", sys.stdin.buffer, plain=False, size=None)
        return
    path = Path(name)
    try:
        with path.open("rb") as file:
            begin = file.read(4)
            reader = next((it for mark, it in _COMPRESSED.items() if begin.startswith(mark)), None)
            if reader is None:
                file.seek(0)
                yield Source(name, file, plain=True, size=os.fstat(file.fileno()).st_size)
                return
        with reader(path) as stream:
            yield Source(name, stream, plain=False, size=None)
    except PermissionError:
        raise PreauError(
            f"{name}: it may not be read by {_me()}; sudo, or the group adm?"
        ) from None


def _me() -> str:
    import getpass

    return getpass.getuser()


def digest(block: bytes) -> bytes:
    """What stands for some bytes."""
    return hashlib.blake2b(block, digest_size=16).digest()

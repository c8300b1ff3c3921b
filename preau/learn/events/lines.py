"""The part of a line file that is not compacted yet."""

from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import orjson

from preau.learn.events.folder import is_written

_TAIL = 1 << 16  # bytes looked at for the end of the last whole line


@dataclass(frozen=True)
class Piece:
    """Whole lines of a file, from byte ``begin`` to ``end``.

    ``torn`` bytes after it are a line that a crash cut short; a line that is still being written
    is left for the next time.
    """

    path: Path
    begin: int
    end: int
    torn: int
    written: bool  # whether a process may still append to it

    @property
    def whole_file(self) -> bool:
        """Whether the piece is all of the file, for good."""
        return self.begin == 0 and not self.torn and not self.written

    def copy(self, target: Path) -> None:
        """Write its lines into a file of their own."""
        with self.path.open("rb") as reading, target.open("wb") as writing:
            reading.seek(self.begin)
            left = self.end - self.begin
            while left:
                part = reading.read(min(left, 1 << 20))
                if not part:
                    break
                writing.write(part)
                left -= len(part)

    def torn_line(self) -> bytes:
        """The line that was cut short."""
        with self.path.open("rb") as reading:
            reading.seek(self.end)
            return reading.read(self.torn)


def name_of(path: Path) -> str:
    """What tells the file from a later one of the same name: its name and its first line."""
    with path.open("rb") as file:
        first = file.readline(_TAIL)
    return f"{path.name} {blake2b(first, digest_size=8).hexdigest()}"


def piece_of(path: Path, begin: int) -> Piece:
    """What the file has beyond the first ``begin`` bytes."""
    written = is_written(path)
    size = path.stat().st_size
    end = _last_line_end(path, begin, size)
    return Piece(path, begin, end, 0 if written else size - end, written)


def _last_line_end(path: Path, begin: int, size: int) -> int:
    with path.open("rb") as file:
        end = size
        while end > begin:
            start = max(begin, end - _TAIL)
            file.seek(start)
            place = file.read(end - start).rfind(b"\n")
            if place >= 0:
                return start + place + 1
            end = start
    return begin


def bad_lines(path: Path, target: Path) -> int:
    """Copy the lines that are no events to the end of ``target``; how many."""
    count = 0
    with path.open("rb") as reading:
        for line in reading:
            if line.strip() and not _is_event(line):
                with target.open("ab") as writing:
                    writing.write(line)
                count += 1
    return count


def _is_event(line: bytes) -> bool:
    try:
        event = orjson.loads(line)
    except orjson.JSONDecodeError:
        return False
    return (
        isinstance(event, dict)
        and isinstance(event.get("t"), int)
        and isinstance(event.get("verb"), str)
    )


def append_bytes(data: bytes, target: Path) -> None:
    """Add some bytes, and a line's end, to a file."""
    with target.open("ab") as writing:
        writing.write(data + b"\n")

"""A content package: a zip whose manifest names the items and their files. Nothing is unpacked.

All that is read is held in memory, and never more than ``MOST_BYTES`` of it.
"""

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from urllib.parse import unquote

from preau.kit.errors import PreauError

MANIFEST = "imsmanifest.xml"
MOST_BYTES = 200 << 20  # unpacked, all of them together
_MOST_FILES = 20_000
_ENTRY, _MOST_ENTRIES = b"PK\x01\x02", 100_000  # in its list, before that is read
_MOST_RATIO = 200  # a bomb's members unpack to thousands of times their size
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError, EOFError,
    ValueError, LookupError, OSError,
)  # fmt: skip


def is_zip(data: bytes) -> bool:
    """Whether it begins as one."""
    return data.startswith(b"PK\x03\x04")


class Package(Mapping[str, bytes]):
    """The files by their paths. Raises ``PreauError`` for what is damaged or means harm."""

    def __init__(self, data: bytes) -> None:
        self._read: dict[str, bytes] = {}
        self._shared = 0
        if data.count(_ENTRY) > _MOST_ENTRIES:
            raise PreauError(f"The zip holds more than {_MOST_ENTRIES} files.")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGED as error:
            raise PreauError(f"The zip is damaged ({error}).") from None
        members = [member for member in self._zip.infolist() if not member.is_dir()]
        _check(members)
        self._members = {posixpath.normpath(member.filename): member for member in members}
        if len(self._members) < len(members):
            raise PreauError("The zip has several files of one name; which one is meant is open.")

    def __getitem__(self, path: str) -> bytes:
        """What is in the file."""
        if path not in self._read:
            member = self._members[path]
            try:
                with self._zip.open(member) as file:
                    self._read[path] = file.read(member.file_size + 1)
            except _DAMAGED as error:
                raise PreauError(f"“{path[:100]}” in the zip is damaged ({error}).") from None
        return self._read[path]

    def __contains__(self, path: object) -> bool:
        return path in self._members

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def __len__(self) -> int:
        return len(self._members)

    def shared(self, path: str) -> bytes:
        """A text that goes into several items; all its copies together are bounded."""
        self._shared += self._members[path].file_size
        if self._shared > MOST_BYTES:
            raise PreauError(f"The texts that items share are more than {MOST_BYTES >> 20} MB.")
        return self[path]

    @property
    def manifest(self) -> str | None:
        """Where the manifest is: at the top, or in the only folder."""
        found = sorted(
            (path for path in self if posixpath.basename(path).lower() == MANIFEST),
            key=lambda path: (path.count("/"), path),
        )
        return found[0] if found else None


def inside(folder: str, href: str) -> str:
    """A path in the package, of an address in the manifest."""
    written = unquote(href.strip().partition("#")[0].partition("?")[0])
    return posixpath.normpath(posixpath.join(folder, written)).lstrip("/")


def _check(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > _MOST_FILES:
        raise PreauError(f"The zip holds {len(members)} files; at most {_MOST_FILES} are taken.")
    if sum(member.file_size for member in members) > MOST_BYTES:
        raise PreauError(f"The zip would unpack to more than {MOST_BYTES >> 20} MB; split it.")
    for member in members:
        name = PurePosixPath(member.filename)
        if name.is_absolute() or ".." in name.parts or "\\" in member.filename:
            raise PreauError(f"“{member.filename[:100]}” leads out of the zip; it is not read.")
        if member.flag_bits & 1:
            raise PreauError("The zip has a password; give it without one.")
        if member.file_size > 1 << 20 and member.file_size > _MOST_RATIO * member.compress_size:
            raise PreauError(f"“{member.filename[:100]}” unpacks like a bomb; it is not read.")

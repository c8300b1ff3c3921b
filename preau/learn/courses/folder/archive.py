"""A course folder that comes as a .zip, unpacked with care."""

import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from preau.kit.errors import PreauError

_MOST_BYTES = 4 << 30
_MOST_FILES = 20_000
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError, EOFError,
    ValueError, LookupError, OSError,
)  # fmt: skip
_MOST_RATIO = 200  # a bomb's members unpack to thousands of times their size


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """The folder itself, or the folder inside a .zip, for the time of the ``with``.

    Raises ``PreauError`` for an archive that is damaged, that would unpack to more than it
    may, or whose members lead out of it.
    """
    if not path.exists():
        raise PreauError(f"{path} does not exist; name the folder that holds course.yaml.")
    if path.is_dir():
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="preau-course-") as temporary:
        folder = Path(temporary)
        try:
            with zipfile.ZipFile(path) as archive:
                _check(path, archive.infolist())
                _extract(path, archive, folder)
        except _DAMAGED as error:
            raise PreauError(
                f"{path} is neither a folder nor a .zip that can be read ({error})."
            ) from error
        yield _root(path, folder)


def _check(path: Path, members: list[zipfile.ZipInfo]) -> None:
    if len(members) > _MOST_FILES:
        raise PreauError(f"{path} holds {len(members)} files; at most {_MOST_FILES} are taken.")
    if sum(member.file_size for member in members) > _MOST_BYTES:
        raise PreauError(f"{path} would unpack to more than {_MOST_BYTES >> 30} GB; refused.")
    for member in members:
        name = PurePosixPath(member.filename)
        link = stat.S_ISLNK(member.external_attr >> 16)
        if name.is_absolute() or ".." in name.parts or "\\" in member.filename or link:
            raise PreauError(f"{path}: the member “{member.filename}” leads out of it; refused.")
        if member.file_size > 1 << 20 and member.file_size > _MOST_RATIO * member.compress_size:
            raise PreauError(f"{path}: “{member.filename}” unpacks like a bomb; refused.")


def _extract(path: Path, archive: zipfile.ZipFile, folder: Path) -> None:
    left = _MOST_BYTES
    for member in archive.infolist():
        if member.is_dir():
            continue
        target = folder / member.filename
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(member) as reading, target.open("wb") as writing:
            while chunk := reading.read(1 << 20):
                left -= len(chunk)
                if left < 0:
                    raise PreauError(f"{path} unpacks to more than it announces; refused.")
                writing.write(chunk)


def _root(path: Path, folder: Path) -> Path:
    if (folder / "course.yaml").is_file():
        return folder
    inner = [entry for entry in folder.iterdir() if (entry / "course.yaml").is_file()]
    if len(inner) != 1:
        raise PreauError(
            f"{path} holds no course: there must be one course.yaml, in it or in its one folder."
        )
    return inner[0]

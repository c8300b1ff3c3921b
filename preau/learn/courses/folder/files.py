"""The files below a course folder: which there are, and that none leads out of it."""

import hashlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from preau.kit.errors import PreauError
from preau.learn.courses.folder.document import FileDocument
from preau.learn.courses.folder.problems import Problem
from preau.learn.courses.texts import fold
from preau.learn.theme.stencil import without_holes

_MOST_FILES = 20_000
_LONGEST = 400  # characters of a path


def is_outside(path: PurePosixPath) -> bool:
    """Whether the format says that this file is no part of the course."""
    return (
        any(part.startswith(".") for part in path.parts)
        or path.name.startswith(("README", "LICENSE"))
        or path.parts[0] == "source"
    )


class CourseFiles:
    """The files of one folder, by path relative to it; links are not followed.

    ``problems`` names the files that no site could keep.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names = frozenset(self._walk())
        self.problems = [*_unfit(self.names), *_alike(self.names)]
        self._digests: dict[str, FileDocument] = {}

    def _walk(self) -> Iterator[str]:
        for count, path in enumerate(sorted(self.folder.rglob("*"))):
            if count > _MOST_FILES:
                raise PreauError(
                    f"{self.folder} holds more than {_MOST_FILES} files; name the course's folder."
                )
            relative = PurePosixPath(path.relative_to(self.folder).as_posix())
            if path.is_file() and not self._leads_out(path) and not is_outside(relative):
                yield str(relative)

    def _leads_out(self, path: Path) -> bool:
        return not path.resolve().is_relative_to(self.folder.resolve())

    def read(self, name: str) -> bytes:
        """The content of a file that is in ``names``."""
        if name not in self.names:
            raise FileNotFoundError(name)
        return (self.folder / name).read_bytes()

    def document(self, name: str) -> FileDocument:
        """Path, hash and size of a file that is in ``names``."""
        if name not in self._digests:
            path = self.folder / name
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
            self._digests[name] = FileDocument(name, digest, path.stat().st_size)
        return self._digests[name]

    def below(self, name: str) -> list[str]:
        """All files in that folder and its sub-folders, in order of name."""
        start = name.rstrip("/") + "/"
        return sorted(known for known in self.names if known.startswith(start))


def _unfit(names: frozenset[str]) -> Iterator[Problem]:
    for name in names:
        shown = name.encode("utf-8", "backslashreplace").decode()
        if shown != name or not name.isprintable() or without_holes(name) != name:
            yield Problem(shown, 1, "its name has characters that can't be written; rename it")
        elif len(name) > _LONGEST:
            yield Problem(name, 1, f"its name is longer than {_LONGEST} characters; shorten it")


def _alike(names: frozenset[str]) -> Iterator[Problem]:
    """Names that are one for MariaDB, Windows or macOS, which ignore case or accents."""
    seen: dict[str, str] = {}
    for name in sorted(names):
        other = seen.setdefault(fold(name), name)
        if other != name:
            said = f"differs from “{other}” only in case or accents, which some systems ignore"
            yield Problem(name, 1, f"{said}; rename one")


def join(folder: str, name: str) -> str | None:
    """``name`` as seen from ``folder``, relative to the course; None when it leads out."""
    parts: list[str] = [part for part in folder.split("/") if part]
    floor = len(parts)
    if name.startswith("/") or "\\" in name or "\0" in name:
        return None
    for part in name.split("/"):
        if part == "..":
            if len(parts) <= floor:
                return None
            parts.pop()
        elif part not in {"", "."}:
            parts.append(part)
    return "/".join(parts)

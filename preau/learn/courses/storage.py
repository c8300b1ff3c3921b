"""Where the contents of course files lie: once each, under their hash."""

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from preau.kit.errors import PreauError

COURSES, ANSWERS = "courses", "answers"  # whose contents: authors', learners'


def content_path(digest: str, area: str = COURSES) -> Path:
    """The place of the content with that SHA-256."""
    return Path(settings.MEDIA_ROOT) / area / digest[:2] / digest


def keep_content(source: Path, digest: str) -> None:
    """Copy a file's content into the site, safe on disk before this returns.

    A file whose content is no longer ``digest`` (it was changed meanwhile) is refused.
    """
    target = content_path(digest)
    if target.exists():
        return

    def copy(writing: BinaryIO) -> None:
        with source.open("rb") as reading:
            shutil.copyfileobj(reading, writing, 1 << 20)

    _keep(target, copy, str(source))


def keep_bytes(content: bytes, area: str = COURSES) -> str:
    """Keep some content in the site, safe on disk before this returns; its SHA-256."""
    digest = hashlib.sha256(content).hexdigest()
    target = content_path(digest, area)
    if not target.exists():
        _keep(target, lambda writing: writing.write(content), "A file")
    return digest


def forget_content(digest: str, area: str, needed: Callable[[], bool]) -> None:
    """Remove a content unless it is ``needed``; may be done again, whatever ended it before.

    Somebody else may hand in the same content at this moment, find it there, and say so in the
    database only then: so it is put aside first, and back where that was said meanwhile. Who says
    it later finds the content missing, and keeps it again.
    """
    target = content_path(digest, area)
    aside = target.with_name(f"{digest}.going")
    if target.exists():
        target.replace(aside)
    if aside.exists():
        if needed():
            aside.replace(target)
        aside.unlink(missing_ok=True)


def _keep(target: Path, write: Callable[[BinaryIO], object], source: str) -> None:
    digest = target.name
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{digest}.{os.getpid()}.part")
    try:
        with part.open("wb") as writing:
            write(writing)
            writing.flush()
            os.fsync(writing.fileno())
        with part.open("rb") as written:
            if hashlib.file_digest(written, "sha256").hexdigest() != digest:
                raise PreauError(f"{source} changed while it was being imported; import again.")
        part.replace(target)
    except OSError as error:
        raise PreauError(
            f"{source} can't be copied into the site ({error.strerror}); nothing was changed. "
            "Free some disk space or mend the rights of the media folder, then import again."
        ) from error
    finally:
        part.unlink(missing_ok=True)

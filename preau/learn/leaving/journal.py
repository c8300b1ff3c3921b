"""What an erasure is about and how far it is, a file each: it goes on whatever ended it.

While it is under way the file knows whose erasure it is (mode 0600); at the end only what the
report needs: an id, times, counts. Then it lies in ``done/``.
"""

import fcntl
import json
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from preau.kit.errors import PreauError
from preau.learn.accounts.leaver import Found, Leaver
from preau.learn.events.folder import replace_safely

WAITING, SENT, GIVEN_UP = "waiting", "sent", "given up"


@dataclass
class Part:
    """What one app has done: counts before, and counts after, by ``Found.key``."""

    goes: list[Found] = field(default_factory=list)
    stays: list[Found] = field(default_factory=list)
    erased: bool = False
    left: dict[str, int] | None = None  # counted again once all apps are done


@dataclass
class Erasure:
    """One person's erasure. ``lines`` are files of today's events that a worker still has open."""

    reference: str
    person: int
    asked_at: str
    by: str  # "self" or "operator"
    who: Leaver | None
    parts: dict[str, Part] = field(default_factory=dict)
    letter: str = WAITING
    letter_tries: int = 0
    lines: list[str] = field(default_factory=list)
    erased_at: str = ""

    def keep(self) -> None:
        """On the disk, whole or as it was."""
        target = _path(self.reference, self.is_done)
        made = target.with_suffix(".tmp")
        descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(asdict(self), file, ensure_ascii=False, indent=1)
        replace_safely(made, target)
        if self.is_done:
            self.drop()

    def drop(self) -> None:
        """It is no longer among those that are under way."""
        _path(self.reference, done=False).unlink(missing_ok=True)

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do, tomorrow either."""
        return self.who is None and not self.lines


def new_erasure(who: Leaver, by: str) -> Erasure:
    """An erasure that is asked for now; not kept yet."""
    return Erasure(str(uuid.uuid4()), who.id, now(), by, who)


def now() -> str:
    """The moment, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def erasure_of(reference: str) -> Erasure | None:
    """The erasure of that reference as it stands."""
    paths = [_path(reference, done) for done in (True, False)]
    path = next((it for it in paths if it.exists()), None)
    if path is None:
        return None
    try:
        return _read(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError, KeyError):
        raise PreauError(f"{path} can't be read; put it back from a backup.") from None


def erasures() -> Iterator[Erasure]:
    """Those that have something left to do, in no certain order."""
    for path in sorted(_folder().glob("*.json")):
        found = erasure_of(path.stem)
        if found is not None and not found.is_done:
            yield found


@contextmanager
def locked(name: str) -> Iterator[None]:
    """Alone among the processes that take this lock; waits for the others."""
    with (_folder() / f".{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _folder() -> Path:
    folder = Path(settings.ERASURES_FOLDER)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _path(reference: str, done: bool) -> Path:
    folder = _folder() / "done" if done else _folder()
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / f"{reference}.json"


def _read(data: dict[str, Any]) -> Erasure:
    who = data.pop("who")
    parts = {name: _part(it) for name, it in data.pop("parts").items()}
    known = Leaver(**{**who, "addresses": tuple(who["addresses"])}) if who else None
    return Erasure(**data, who=known, parts=parts)


def _part(data: dict[str, Any]) -> Part:
    lists = {
        name: [Found(it["key"], it["count"], tuple(it["names"])) for it in data[name]]
        for name in ("goes", "stays")
    }
    return Part(**lists, erased=data["erased"], left=data["left"])

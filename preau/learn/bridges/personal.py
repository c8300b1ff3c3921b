"""What has gone to other systems of a person."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from preau.learn.accounts.leaver import Found, Leaver, OwnFile
from preau.learn.events.folder import EventsFolder, replace_safely

MODELS = ()
GOES = {"refused": _("statements that the learning record store refused")}
STAYS = {
    "statements": (
        _("statements that were sent to the learning record store"),
        _(
            "They are there under this opaque id, without name or address; whoever keeps the "
            "store can erase them by it."
        ),
    ),
}


def found(who: Leaver) -> Iterator[Found]:
    """Lines of the file of refused statements."""
    yield Found("refused", sum(who.uuid in line for line in _lines()))


def staying(who: Leaver) -> Iterator[Found]:
    """What may have gone to the store of the settings."""
    if settings.XAPI_ENDPOINT:
        yield Found("statements", 0, (settings.XAPI_ENDPOINT, who.uuid))


def erase(who: Leaver) -> None:
    """The file without their lines; nobody forwards meanwhile."""
    if not _path().exists():
        return
    with _folder().locked("forwarding"):
        made = _path().with_suffix(".tmp")
        made.write_text("".join(line for line in _lines() if who.uuid not in line), "utf-8")
        replace_safely(made, _path())


def export(who: Leaver) -> Iterator[OwnFile]:
    """None: statements are made of events, which the record hands out."""
    yield from ()


def _folder() -> EventsFolder:
    return EventsFolder(settings.EVENTS_FOLDER)


def _path() -> Path:
    return _folder().aside / "xapi-refused.jsonl"


def _lines() -> list[str]:
    return _path().read_text("utf-8").splitlines(keepends=True) if _path().exists() else []

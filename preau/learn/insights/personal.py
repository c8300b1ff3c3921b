"""What statistics keep of a person."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from preau.kit.duck import quoted
from preau.learn.accounts.leaver import Found, Leaver, OwnFile
from preau.learn.events.duck import duck, is_readable
from preau.learn.events.folder import EventsFolder, replace_safely
from preau.learn.insights.models import Presence

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MODELS = (Presence,)
GOES = {
    "presences": _("when the person was there, and for how long, in each session"),
    "facts": _("days of which it is kept who did how much in each activity"),
}
STAYS = {
    "counts": (
        _("statistics: how many pages, people and minutes"),
        _("They are counts; nobody is named in them."),
    ),
}


def found(who: Leaver) -> Iterator[Found]:
    """Runs with a presence of theirs, and days with facts."""
    yield Found("presences", sum(1 for _row in _presences(who)))
    with _folder().locked("gathering"), duck(_folder().path) as engine:
        days = sum(_count(engine, path, who) > 0 for path in _facts())
    yield Found("facts", days)


def staying(who: Leaver) -> Iterator[Found]:
    """What was counted."""
    yield Found("counts", 0)


def erase(who: Leaver) -> None:
    """Their facts become nobody's; while nobody gathers, who may know them still."""
    with _folder().locked("gathering"):
        readable = _facts()
        for path in _folder().facts.glob("*.parquet"):
            if path not in readable:
                path.unlink()
        with duck(_folder().path) as engine:
            for path in readable:
                if _count(engine, path, who):
                    _rewrite(engine, path, who)
        for row in _presences(who):
            _leave(row.pk, who)


def export(who: Leaver) -> Iterator[OwnFile]:
    """None: facts are made of events, which the record hands out."""
    yield from ()


def _leave(pk: int, who: Leaver) -> None:
    with transaction.atomic():
        row = Presence.objects.select_for_update().get(pk=pk)
        row.people.pop(str(who.id), None)
        row.save(update_fields=["people"])


def _presences(who: Leaver) -> Iterator[Presence]:
    for pk in list(Presence.objects.order_by("run").values_list("pk", flat=True)):
        row = Presence.objects.filter(pk=pk).first()
        if row is not None and str(who.id) in row.people:
            yield row


def _folder() -> EventsFolder:
    return EventsFolder(settings.EVENTS_FOLDER)


def _facts() -> list[Path]:
    """The files of facts that can be read; another is of no use, and could hide anybody."""
    folder = _folder()
    return [it for it in sorted(folder.facts.glob("*.parquet")) if is_readable(it, folder.path)]


def _count(engine: "DuckDBPyConnection", path: Path, who: Leaver) -> int:
    sql = f"SELECT count(*) FROM read_parquet({quoted(path)}) WHERE person_id = {who.id:d}"
    row = engine.execute(sql).fetchone()
    return int(row[0]) if row else 0


def _rewrite(engine: "DuckDBPyConnection", path: Path, who: Leaver) -> None:
    made = path.with_suffix(".tmp")
    nobody = f"CASE WHEN person_id = {who.id:d} THEN 0 ELSE person_id END AS person_id"
    engine.execute(
        f"COPY (SELECT * REPLACE ({nobody}) FROM read_parquet({quoted(path)})) TO {quoted(made)} "
        "(FORMAT parquet, COMPRESSION zstd)"
    )
    replace_safely(made, path)

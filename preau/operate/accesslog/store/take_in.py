"""Logs into a store: each line once, whatever it is called and however often it is given."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from preau.kit.errors import PreauError
from preau.operate.accesslog.reading.line_format import Format, detected, format_of
from preau.operate.accesslog.store.folder import Store
from preau.operate.accesslog.store.merging import on_disk, put_together
from preau.operate.accesslog.store.overlaps import Overlap, Span, leave_out, span_of
from preau.operate.accesslog.store.piece_rows import Taken, take_piece
from preau.operate.accesslog.store.pieces import Piece, pieces_of
from preau.operate.accesslog.store.sources import (
    HEAD,
    TAIL,
    Source,
    digest,
    found,
    opened_source,
)

SAMPLES = 20  # lines of another format that are kept of a log, to be shown
_SAMPLE = 500  # characters of one
_FIRST_LINES = 200  # from which the format is found

Progress = Callable[["Told"], None]


@dataclass
class Told:
    """How far reading is: of one log, or of all."""

    name: str = ""
    lines: int = 0
    unparsed: int = 0
    before: int = 0  # lines that were in the store already
    again: int = 0  # lines that were in the store already, from another log
    alike: int = 0  # lines that another log has too, of what is taken for another server's
    place: int = 0  # bytes of lines
    size: int | None = None  # where it is known
    samples: list[str] = field(default_factory=list)
    log: int = 0  # its number in the store; 0 for one that says nothing yet


def take_in(store: Store, words: Iterable[str], text: str | None, progress: Progress) -> list[Told]:
    """Read what is new of these logs; ``text`` says their format, or it is found.

    Raises ``PreauError`` for a log that cannot be read; what was read before is in the store.
    """
    told = []
    for name in found(list(words)):
        with opened_source(name) as source:
            told.append(take_source(store, source, text, progress))
    if store.lasting:
        put_together(store)
    return told


def notes_of(told: Iterable[Told]) -> Iterator[str]:
    """What one should know of logs that say in part what others do."""
    for it in told:
        if it.again:
            yield f"{it.name}: {it.again:,} lines were in the store already, from other logs."
        elif it.alike:
            yield (
                f"{it.name}: {it.alike:,} lines are in the store already; they count again, for "
                "most others of their time are not: they are taken for another server's."
            )


def take_source(
    store: Store, source: Source, text: str | None, progress: Progress, *, begun: bool = False
) -> Told:
    """Read what is new of one; only if the store has its beginning, where ``begun`` says so."""
    told = Told(source.name, size=source.size)
    head = source.head()
    if not head.strip() or (store.lasting and b"\n" not in head and len(head) < HEAD):
        return told  # its first line is still being written
    log = _known(store, source, head)
    if log is None and begun:
        return told
    log = log or _Log(_next_id(store), source.name)
    told.before, told.place = log.lines, log.place
    told.log = log.id if log.place else 0
    shape = format_of(text) if text else _detected(log, head)
    for piece in pieces_of(source, store.folder, unfinished=not store.lasting):
        with _full_disk(store, told):
            taken = take_piece(store, log.id, piece, shape)
            span = span_of(store, taken)
            overlap = leave_out(store, log.id, taken, span, copying=log.copying)
            log.came(span, overlap)
            _commit(store, log, head, piece, taken, shape)
        told.again += overlap.again
        told.alike += overlap.alike
        told.lines += piece.lines
        told.unparsed += taken.unparsed
        told.place, told.log = piece.end, log.id
        told.samples += taken.samples[: SAMPLES - len(told.samples)]
        progress(told)
    return told


@dataclass
class _Log:
    """What the store knows of a log."""

    id: int
    name: str
    place: int = 0
    lines: int = 0
    unparsed: int = 0
    shape: str = ""
    again: int = 0  # lines that other logs had brought
    copying: bool = False  # the last lines were such
    first: int | None = None  # seconds of its lines
    last: int | None = None

    def came(self, span: Span | None, overlap: Overlap) -> None:
        """Note what a piece has brought."""
        self.again += overlap.again
        if span is not None:
            self.copying = overlap.copying
            self.first = span.begin if self.first is None else min(self.first, span.begin)
            self.last = span.end if self.last is None else max(self.last, span.end)


def _next_id(store: Store) -> int:
    row = store.database.execute("SELECT coalesce(max(id), 0) + 1 FROM sources").fetchone()
    return int(row[0]) if row else 1


def _known(store: Store, source: Source, head: bytes) -> _Log | None:
    """The log that begins as this one, and has the same bytes where it stopped; goes on there."""
    rows = store.database.execute(
        "SELECT id, name, place, lines, unparsed, format, again, copying, first_t, last_t, "
        "head, head_size, tail, tail_size FROM sources WHERE head_size <= ? ORDER BY place DESC",
        [len(head)],
    ).fetchall()
    for row in rows:
        begin, head_size, tail, tail_size = row[10:]
        if digest(head[:head_size]) != bytes(begin):
            continue
        came = source.skip_to(row[2])
        if _ends_before(source, row[2]) or digest(came[-tail_size:]) == bytes(tail):
            return _Log(*row[:10])  # shorter: a copy of what was read already
        source.rewind()
    return None


def _ends_before(source: Source, place: int) -> bool:
    return (source.size or 0) < place if source.plain else source.place < place


def _detected(log: _Log, head: bytes) -> Format:
    if log.shape:
        return format_of(log.shape)
    lines = head.decode("utf-8", "replace").splitlines()
    return detected(lines[: max(1, len(lines) - 1)][:_FIRST_LINES])


def _commit(
    store: Store, log: _Log, head: bytes, piece: Piece, taken: Taken, shape: Format
) -> None:
    """Piece and place in one transaction."""
    log.place, log.lines = piece.end, log.lines + piece.lines
    log.unparsed += taken.unparsed
    head_size = min(len(head), piece.end, HEAD)
    row = [
        log.id, log.name, digest(head[:head_size]), head_size, digest(piece.tail[-TAIL:]),
        len(piece.tail), log.place, log.lines, log.unparsed, shape.name,
        log.again, log.copying, log.first, log.last,
    ]  # fmt: skip
    database = store.database
    if store.lasting:
        on_disk([it.path for it in taken.files])
    database.execute("BEGIN")
    try:
        database.execute(
            f"INSERT OR REPLACE INTO sources VALUES ({', '.join('?' * len(row))})", row
        )
        for it in taken.files:
            name = str(it.path.relative_to(store.folder))
            database.execute(
                "INSERT INTO files VALUES (?, ?, ?, ?, ?)",
                [name, log.id, it.first_day, it.last_day, it.rows],
            )
        for line in taken.samples:
            database.execute(
                "INSERT INTO unparsed SELECT $1, $2 WHERE "
                "(SELECT count(*) FROM unparsed WHERE source = $1) < $3",
                [log.id, line[:_SAMPLE], SAMPLES],
            )
        database.execute("COMMIT")
    except BaseException:
        database.execute("ROLLBACK")
        raise


@contextmanager
def _full_disk(store: Store, told: Told) -> Iterator[None]:
    import duckdb

    try:
        yield
    except (duckdb.IOException, OSError) as error:
        store.tidy()
        raise PreauError(
            f"{store.folder}: it cannot be written: {str(error).splitlines()[0]} "
            f"{told.lines:,} lines of {told.name} are in; the same command goes on there."
        ) from None

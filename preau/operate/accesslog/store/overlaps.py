"""Lines that another log has brought already: of logs that were cut, or put together otherwise.

Where two logs are of the same time, either both are of one server: then of equal rows as many are
kept as the one has that has more. Or they are of two servers: then all count. Which it is shows in
stretches of some seconds. If the store has all rows of one, and they say enough different things,
it is a copy; lines that come again and again, such as those of a monitor, show nothing. What lies
next to a copy, and is there in part, is where the copy ends.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from preau.kit.duck import listed
from preau.operate.accesslog.reading.rows import COLUMNS
from preau.operate.accesslog.store.piece_rows import Taken, described, write_rows

if TYPE_CHECKING:
    from preau.operate.accesslog.store.folder import Store

ENOUGH = 8  # different requests that a copy must have
_STRETCH = 8  # rows, of whole seconds
_LOOKS = 64  # seconds that are looked at first, between the ends of other logs
_DAY = 86_400
_HASH = f"hash({', '.join(f'{chr(34)}{name}{chr(34)}' for name in COLUMNS)})"
_SAID = 'hash(host, "user", vhost, request, agent)'


@dataclass
class Span:
    """When a log begins and ends, as far as it is read; seconds, the last of them in it."""

    begin: int
    end: int


@dataclass
class Overlap:
    """What was found of a piece: rows that are not kept, and those that count though another log
    has the same. ``copying`` says whether the end of the piece is a copy.
    """

    again: int = 0
    alike: int = 0
    copying: bool = False


@dataclass
class _Stretch:
    edge: int  # the last end of a log before it
    begin: int
    end: int
    rows: int
    there: int
    said: list[int] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether the store has all of it."""
        return self.there == self.rows


def span_of(store: "Store", taken: Taken) -> Span | None:
    """The times of a piece; None if it has no rows."""
    if not taken.files:
        return None
    row = store.database.execute(f"SELECT min(t), max(t) FROM {_rows(_paths(taken))}").fetchone()
    return Span(*row) if row and row[0] is not None else None


def leave_out(
    store: "Store", source: int, taken: Taken, span: Span | None, *, copying: bool
) -> Overlap:
    """Take out of a piece what the store has from other logs; its files are written anew then.

    ``copying`` says whether what came before it in the log was a copy.
    """
    others = list(_others(store, source, span)) if span else []
    if not others or span is None:
        return Overlap()
    days = (span.begin // _DAY - 1, span.end // _DAY + 1)
    known = store.files_of(*days)
    edges = _edges(others, span)
    _seconds(store, taken, edges)
    looked = _stretches(store, known, "every <= 1 OR second % every = 0")
    if not any(it.there for it in looked) and not copying:
        return Overlap()
    stretches = _stretches(store, known, "true")
    copies = list(_copies(stretches, edges, copying=copying))
    found = Overlap(copying=bool(copies) and copies[-1] is stretches[-1] and copies[-1].whole)
    number = {id(it) for it in copies}
    found.alike = sum(it.there for it in stretches if id(it) not in number)
    if copies:
        found.again = _write_anew(store, taken, known, copies)
    return found


def _others(store: "Store", source: int, span: Span) -> Iterator[Span]:
    rows = store.database.execute(
        "SELECT first_t, last_t FROM store.sources WHERE id != ? AND first_t <= ? AND last_t >= ?",
        [source, span.end, span.begin],
    ).fetchall()
    return (Span(*row) for row in rows)


def _edges(others: Iterable[Span], span: Span) -> list[int]:
    """Where a stretch ends: other logs may have a part only of their first and last seconds."""
    edges = {0}
    for it in others:
        edges |= {it.begin, it.begin + 1, it.end, it.end + 1}
    return sorted(it for it in edges if it <= span.end)


def _seconds(store: "Store", taken: Taken, edges: Sequence[int]) -> None:
    """Make the table ``seconds``: how many rows the piece has in each, and in which stretch it is.

    ``every`` so many of them are looked at first.
    """
    store.database.execute(
        f"""CREATE OR REPLACE TEMP TABLE seconds AS
        SELECT *, (sum(rows) OVER (PARTITION BY edge ORDER BY t) - rows)::BIGINT // {_STRETCH}
                AS stretch,
            row_number() OVER (PARTITION BY edge ORDER BY t) AS second,
            count(*) OVER (PARTITION BY edge) // {_LOOKS} AS every
        FROM (SELECT t, count(*) AS rows FROM {_rows(_paths(taken))} GROUP BY t) counted
        ASOF JOIN (SELECT unnest($1::BIGINT[]) AS edge) edges ON counted.t >= edges.edge""",
        [list(edges)],
    )
    store.database.execute(
        f"CREATE OR REPLACE TEMP VIEW piece_rows AS SELECT * FROM {_rows(_paths(taken))}"
    )


def _stretches(store: "Store", known: Sequence[Path], which: str) -> list[_Stretch]:
    """The stretches of these seconds, in the order of time."""
    found = store.database.execute(
        f"""WITH chosen AS (FROM seconds WHERE {which}),
        ours AS (SELECT t, {_HASH} AS mark, {_SAID} AS said
            FROM piece_rows SEMI JOIN chosen USING (t)),
        theirs AS (SELECT DISTINCT t, {_HASH} AS mark
            FROM {_rows(known)} SEMI JOIN chosen USING (t))
        SELECT edge, min(t), max(t), count(*), count(theirs.mark), list(DISTINCT said)[:{ENOUGH}]
        FROM ours JOIN chosen USING (t) LEFT JOIN theirs USING (t, mark)
        GROUP BY edge, stretch ORDER BY min(t)"""
    ).fetchall()
    return [_Stretch(*row) for row in found]


def _copies(
    stretches: Sequence[_Stretch], edges: Sequence[int], *, copying: bool
) -> Iterator[_Stretch]:
    """The stretches that are copies: runs of whole ones that say enough, and their two ends."""

    def is_end(number: int, of: int) -> bool:
        """Whether a copy, of which one stretch is known, may end within the one beside it."""
        if not 0 <= number < len(stretches) or not stretches[number].there:
            return False
        edge = stretches[number].edge
        return edge == stretches[of].edge or edge + 1 in edges

    number = 0
    while number < len(stretches):
        last = number
        said: set[int] = set()
        while last < len(stretches) and stretches[last].whole:
            said |= set(stretches[last].said)
            last += 1
        if len(said) >= ENOUGH or (copying and number == 0):
            begin = number - 1 if is_end(number - 1, number) else number
            end = last + 1 if is_end(last, max(last - 1, 0)) else last
            yield from stretches[begin:end]
            last = end
        number = max(last, number + 1)


def _write_anew(
    store: "Store", taken: Taken, known: Sequence[Path], copies: Sequence[_Stretch]
) -> int:
    """The piece's files without what the store has: so many rows less."""
    database = store.database
    database.execute(
        """CREATE OR REPLACE TEMP TABLE copied AS
        SELECT t FROM seconds ASOF JOIN
            (SELECT unnest($1::BIGINT[]) AS begins, unnest($2::BIGINT[]) AS ends)
            ON t >= begins WHERE t <= ends""",
        [[it.begin for it in copies], [it.end for it in copies]],
    )
    columns = ", ".join(f'"{name}"' for name in COLUMNS)
    query = f"""WITH theirs AS (SELECT t, {_HASH} AS mark, count(*) AS times
            FROM {_rows(known)} SEMI JOIN copied USING (t) GROUP BY ALL)
        SELECT {columns}, NULL::VARCHAR AS odd FROM
            (SELECT *, row_number() OVER (PARTITION BY t, mark) AS nth
            FROM (SELECT *, {_HASH} AS mark FROM piece_rows)) LEFT JOIN theirs USING (t, mark)
        WHERE nth > coalesce(times, 0)"""
    before, name = sum(it.rows for it in taken.files), taken.files[0].path.stem
    old = _paths(taken)
    written = [path for path, _count in write_rows(store, f"{name}-new", query)]
    taken.files = list(described(database, written))
    for path in old:
        path.unlink()
    return before - sum(it.rows for it in taken.files)


def _paths(taken: Taken) -> list[Path]:
    return [it.path for it in taken.files]


def _rows(paths: Sequence[Path]) -> str:
    """Rows of files; the store may have none."""
    if not paths:
        return "(SELECT * FROM piece_rows LIMIT 0)"
    found = f"read_parquet({listed(list(paths))}, hive_partitioning = false)"
    return f"(FROM {found} WHERE odd IS NULL)"

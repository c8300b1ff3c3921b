"""Events on their way to a record store: each at least once, also when it was away for weeks.

What was sent is known by the bytes of each line file. A day that was compacted before all of its
lines were sent is sent again as a whole: a statement has the same id each time, and a store keeps
one of each id.
"""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson

from preau.kit.errors import PreauError
from preau.learn.bridges.xapi.record_store import AwayError, RecordStore, RefusedError
from preau.learn.bridges.xapi.schema import validator
from preau.learn.bridges.xapi.statements import Names, statement_of
from preau.learn.events.compaction import sources_of
from preau.learn.events.export import batches, events_of
from preau.learn.events.folder import EventsFolder, replace_safely
from preau.learn.events.lines import name_of, piece_of

_BATCH = 100  # statements in a request
_DAYS = 60  # that are looked at: what is older was sent, or its store is not coming back
_LONGEST = 3600  # seconds between two tries
_CONFLICT = 409


@dataclass
class State:
    """What is sent, kept beside the events: by day, the bytes of each line file."""

    path: Path
    since: str = ""
    sent: dict[str, dict[str, int]] = field(default_factory=dict)
    seen: dict[str, list[int]] = field(default_factory=dict)  # compacted days that are all sent
    failures: int = 0  # tries in a row that found the store away
    not_before: float = 0.0  # seconds since 1970

    @classmethod
    def read(cls, path: Path) -> "State":
        """What was kept; a new one begins with today."""
        if path.exists():
            try:
                return cls(path, **json.loads(path.read_text()))
            except (ValueError, TypeError):
                raise PreauError(
                    f"{path} can't be read; remove it, and what comes from now on is forwarded."
                ) from None
        return cls(path, since=datetime.now(UTC).date().isoformat())

    def keep(self) -> None:
        """On the disk, whole or as it was."""
        oldest = (datetime.now(UTC).date() - timedelta(days=_DAYS + 1)).isoformat()
        self.sent = {day: it for day, it in self.sent.items() if day >= oldest}
        self.seen = {day: it for day, it in self.seen.items() if day >= oldest}
        made = self.path.with_suffix(".tmp")
        made.write_text(json.dumps({k: v for k, v in vars(self).items() if k != "path"}))
        replace_safely(made, self.path)


@dataclass
class Forwarding:
    """One try to send what is left; ``away`` says why not everything went."""

    folder: EventsFolder
    store: RecordStore
    names_of: Callable[[Sequence[Mapping[str, Any]]], Names]  # what is named in some events
    sent: int = 0
    refused: int = 0
    away: str = ""

    def run(self) -> None:
        """Send in the order of the days; one process at a time.

        After the store was away nothing is tried before its time, which doubles each time.
        """
        with self.folder.locked("forwarding"):
            state = State.read(self.folder.path / "forwarded.json")
            if time.time() < state.not_before:
                until = datetime.fromtimestamp(state.not_before, UTC)
                self.away = f"the store was away; the next try is after {until:%H:%M:%S} UTC"
                return
            try:
                for day in self._days(state):
                    self._day(state, day)
            except AwayError as error:
                self.away = str(error)
                wait = error.wait or min(30 * 2**state.failures, _LONGEST)
                state.failures += 1
                state.not_before = time.time() + wait
            else:
                state.failures, state.not_before = 0, 0.0
            state.keep()

    def _days(self, state: State) -> list[date]:
        first = max(
            date.fromisoformat(state.since), datetime.now(UTC).date() - timedelta(days=_DAYS)
        )
        days = {*self.folder.live(), *self.folder.compacted()}
        return sorted(day for day in days if day >= first)

    def _day(self, state: State, day: date) -> None:
        sent = state.sent.setdefault(day.isoformat(), {})
        for path in self.folder.live().get(day, ()):
            try:
                name = name_of(path)
                self._lines(state, sent, name, path)
            except FileNotFoundError:  # compacted just now: see below
                continue
        if (compacted := self.folder.day_file(day)).exists():
            stat = compacted.stat()
            if state.seen.get(day.isoformat()) != (mark := [stat.st_size, stat.st_mtime_ns]):
                self._compacted(sent, compacted)
                state.seen[day.isoformat()] = mark
                state.keep()

    def _compacted(self, sent: dict[str, int], path: Path) -> None:
        """A day's file again as a whole, if lines are in it that were not sent."""
        sources = sources_of(path, self.folder)
        if any(size > sent.get(name, 0) for name, size in sources.items()):
            for batch in batches(events_of(path, self.folder), _BATCH):
                self._send(batch)
            sent.update(sources)

    def _lines(self, state: State, sent: dict[str, int], name: str, path: Path) -> None:
        """What a line file has beyond what was sent of it."""
        piece = piece_of(path, sent.get(name, 0))
        with path.open("rb") as file:
            file.seek(piece.begin)
            at, batch = piece.begin, []
            while at < piece.end:
                line = file.readline()
                at += len(line)
                batch.append(line)
                if len(batch) == _BATCH or at >= piece.end:
                    self._send([event for event in map(_event, batch) if event is not None])
                    sent[name], batch = at, []
                    state.keep()
        if piece.torn:  # nobody writes the rest of it
            sent[name] = piece.end + piece.torn

    def _send(self, events: Sequence[Mapping[str, Any]]) -> None:
        names, statements = self.names_of(events), []
        for event in events:
            statement = statement_of(event, names)
            if statement is None:
                continue  # nobody's
            wrong = next(validator.iter_errors(statement), None)
            if wrong is None:
                statements.append(statement)
            else:
                self._set_aside(statement, wrong.message)
        self._post(statements)

    def _post(self, statements: list[dict[str, Any]]) -> None:
        """All of them; where the store refuses some, the others nevertheless."""
        if not statements:
            return
        try:
            self.store.send(statements)
            self.sent += len(statements)
        except RefusedError as error:
            if len(statements) > 1:
                half = len(statements) // 2
                self._post(statements[:half])
                self._post(statements[half:])
            elif error.status != _CONFLICT:  # that one it has
                self._set_aside(statements[0], str(error))

    def _set_aside(self, statement: dict[str, Any], why: str) -> None:
        self.refused += 1
        self.folder.aside.mkdir(parents=True, exist_ok=True)
        with (self.folder.aside / "xapi-refused.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps({"why": why, "statement": statement}) + "\n")


def _event(line: bytes) -> Mapping[str, Any] | None:
    """The event of a line; None if it is none: compaction sets it aside."""
    try:
        event = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    good = isinstance(event, dict) and isinstance(event.get("t"), int) and "verb" in event
    return event if good else None

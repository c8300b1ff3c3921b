"""From the record of events to roll-ups, a period at a time."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from preau.learn.events.compaction import DayReport, compact
from preau.learn.events.duck import is_readable
from preau.learn.events.engine import Engine, open_engine
from preau.learn.events.folder import EventsFolder
from preau.learn.insights.gathering.countries import Countries
from preau.learn.insights.gathering.facts import (
    hours_and_verbs,
    presences,
    write_facts,
)
from preau.learn.insights.gathering.periods import Day, days_of, name_of, start_of
from preau.learn.insights.gathering.rows import Row, replace, rows_of
from preau.learn.insights.gathering.videos import curves, plays, watched_sql
from preau.learn.insights.models import (
    BEGIN,
    Country,
    Gathered,
    Period,
    Presence,
    VideoCurve,
)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Done:
    """A period that was gathered: how many events and people it had."""

    period: Period
    start: date
    events: int
    people: int

    @property
    def name(self) -> str:
        """What people call it."""
        return name_of(self.period, self.start)


class Gathering:
    """Brings roll-ups up to date with what was recorded up to and with ``until``."""

    def __init__(
        self, folder: EventsFolder, zone: ZoneInfo, until: date, countries: Path | None = None
    ) -> None:
        self.folder, self.zone, self.until = folder, zone, until
        self.countries = Countries(countries) if countries is not None else None
        self.set_aside: list[Path] = []  # files that could not be read

    def compact(self) -> Iterator[DayReport]:
        """Compact the days that are needed."""
        return compact(self.folder, max(Day(self.until, self.zone).utc))

    def run(self, max_days: int | None = None) -> Iterator[Done]:
        """Gather at most so many days, the oldest first, then their weeks and months.

        One process at a time; whoever comes second waits, and finds that less is left. What is
        done is kept whenever this ends.
        """
        with self.folder.locked("gathering"):
            self.folder.facts.mkdir(parents=True, exist_ok=True)
            with open_engine(self.folder.path) as engine:
                for day in self.days_left()[:max_days]:
                    yield self._day(engine, day)
                for period in (Period.WEEK, Period.MONTH):
                    for start in self._periods_left(period):
                        yield self._period(engine, period, start)
                self._ever(engine)

    def days_left(self) -> list[date]:
        """The days, in order, whose events are others than when they were gathered, if ever."""
        known, kept = self._known(Period.DAY), self.folder.kept_since()
        compacted = self.folder.compacted()
        return [
            day
            for day in self._days(compacted)
            if (kept is None or min(Day(day, self.zone).utc) >= kept)
            and known.get(day) != self._fingerprint(day, compacted)
        ]

    def _known(self, period: Period) -> dict[date, str]:
        rows = Gathered.objects.filter(period=period)
        return dict(rows.values_list("start", "fingerprint"))

    def _days(self, compacted: dict[date, Path]) -> list[date]:
        """Every day, without gaps, from the first that has events; the site's, not UTC's."""
        if not compacted:
            return []
        day = min(compacted) - timedelta(days=1)  # in the west a day of UTC begins the day before
        days = []
        while day <= min(self.until, max(compacted) + timedelta(days=1)):
            if any(it in compacted for it in Day(day, self.zone).utc):
                days.append(day)
            elif days:
                days.append(day)  # nothing happened: that is known, too
            day += timedelta(days=1)
        return days

    def _fingerprint(self, day: date, compacted: dict[date, Path]) -> str:
        """It changes when the events of a day do."""
        parts = [str(self.zone)]
        for it in Day(day, self.zone).utc:
            if it in compacted:
                state = compacted[it].stat()
                parts.append(f"{it} {state.st_size} {state.st_mtime_ns}")
        return sha256("\n".join(parts).encode()).hexdigest()

    def _day(self, engine: Engine, day: date) -> Done:
        compacted = self.folder.compacted()
        fingerprint, span = self._fingerprint(day, compacted), Day(day, self.zone)
        files = [compacted[it] for it in span.utc if it in compacted]
        hours: dict[int, list[int]] = {}
        verbs: dict[int, dict[str, int]] = {}
        countries: dict[int, dict[str, int]] = {}
        target = self.folder.fact_file(day)
        target.unlink(missing_ok=True)
        (self.folder.videos / target.name).unlink(missing_ok=True)
        if files:
            made = target.with_suffix(".tmp")
            made.unlink(missing_ok=True)
            try:
                engine.bind("events", files)
                write_facts(engine, span, made)
                self._keep_videos(engine, span)
                hours, verbs = hours_and_verbs(engine, span)
                if self.countries is not None:
                    countries = self.countries.of_day(engine, span)
            except Exception:
                if len(self._readable(files)) == len(files):
                    raise
                return self._day(engine, day)  # with those that can be read
            made.replace(target)
        events = sum(verbs.get(0, {}).values())
        rows = self._rows(engine, Period.DAY, day)
        for row in rows:
            if not row.activity and not row.role:
                row.hours, row.verbs = hours.get(row.run, []), verbs.get(row.run, {})
                row.countries = countries.get(row.run, {})
        self._name_countries()
        return self._keep(Period.DAY, day, fingerprint, rows, events)

    def _name_countries(self) -> None:
        """Keep what the countries that were found are called."""
        if self.countries is not None and self.countries.names:
            rows = [Country(code=code, names=it) for code, it in self.countries.names.items()]
            known = set(Country.objects.values_list("code", flat=True))
            Country.objects.bulk_create([it for it in rows if it.code not in known])
            self.countries.names.clear()

    def _keep_videos(self, engine: Engine, span: Day) -> None:
        """Where films were watched that day, a file beside the facts."""
        self.folder.videos.mkdir(exist_ok=True)
        target = self.folder.videos / f"{span.day.isoformat()}.parquet"
        made = target.with_suffix(".tmp")
        for old in (target, made):
            old.unlink(missing_ok=True)
        engine.keep(watched_sql(span), made)
        made.replace(target)

    def _readable(self, files: list[Path]) -> list[Path]:
        """Those that can be read; the others are set aside, and named in the log."""
        found = []
        for path in files:
            if is_readable(path, self.folder.path):
                found.append(path)
            else:
                moved = self.folder.set_aside(path)
                self.set_aside.append(moved)
                logger.error("%s can't be read; it is now %s, and the rest goes on.", path, moved)
        return found

    def _periods_left(self, period: Period) -> list[date]:
        """The weeks or months of which a day was gathered since they were."""
        known, days = self._known(period), self._known(Period.DAY)
        return [
            start
            for start in sorted({start_of(period, day) for day in days})
            if known.get(start) != self._whole_fingerprint(period, start, days)
        ]

    @staticmethod
    def _whole_fingerprint(period: Period, start: date, days: dict[date, str]) -> str:
        parts = [days.get(day, "") for day in days_of(period, start)]
        return sha256("\n".join(parts).encode()).hexdigest()

    def _period(self, engine: Engine, period: Period, start: date) -> Done:
        fingerprint = self._whole_fingerprint(period, start, self._known(Period.DAY))
        days = days_of(period, start)
        gathered = Gathered.objects.filter(period=Period.DAY, start__in=days)
        events = sum(gathered.values_list("events", flat=True))
        rows = self._rows(engine, period, start)
        return self._keep(period, start, fingerprint, rows, events)

    def _ever(self, engine: Engine) -> None:
        """Everything together, and who was there when."""
        days = self._known(Period.DAY)
        fingerprint = sha256(
            "\n".join(f"{it} {days[it]}" for it in sorted(days)).encode()
        ).hexdigest()
        if not days or self._known(Period.EVER).get(BEGIN) == fingerprint:
            return
        files = [path for path in map(self.folder.fact_file, sorted(days)) if path.exists()]
        rows: list[Row] = []
        people: dict[int, dict[str, list[int]]] = {}
        shown: dict[tuple[int, int], list[int]] = {}
        if files:
            engine.bind("facts", files)
            rows, people = rows_of(engine), presences(engine)
        if films := sorted(self.folder.videos.glob("*.parquet")):
            engine.bind("videos", films)
            shown = plays(engine)
        with transaction.atomic():
            VideoCurve.objects.all().delete()
            VideoCurve.objects.bulk_create(curves(shown), batch_size=20)
            Presence.objects.all().delete()
            Presence.objects.bulk_create(
                [Presence(run=run, people=found) for run, found in people.items()], batch_size=20
            )
            self._keep(Period.EVER, BEGIN, fingerprint, rows, 0)

    def _rows(self, engine: Engine, period: Period, start: date) -> list[Row]:
        paths = map(self.folder.fact_file, days_of(period, start))
        files = [path for path in paths if path.exists()]
        if not files:
            return []
        engine.bind("facts", files)
        return rows_of(engine)

    @staticmethod
    def _keep(period: Period, start: date, fingerprint: str, rows: list[Row], events: int) -> Done:
        with transaction.atomic():
            replace(period, start, rows)
            Gathered.objects.update_or_create(
                period=period,
                start=start,
                defaults={
                    "fingerprint": fingerprint, "events": events, "made_at": timezone.now(),
                },
            )  # fmt: skip
        people = next((it.people for it in rows if (it.run, it.activity, it.role) == (0, 0, "")), 0)
        return Done(period, start, events, people)

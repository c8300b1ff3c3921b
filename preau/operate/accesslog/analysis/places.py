"""Countries and cities of a period, by the addresses of those who asked.

The operator gives a MaxMind DB file, such as GeoLite2 City or DB-IP's. Each address is looked up
once, when a report is made: another file gives another report, and nothing is counted anew.
"""

import ipaddress
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from preau.kit.errors import PreauError
from preau.operate.accesslog.analysis.counts.count import ADDED

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from maxminddb import Reader

UNKNOWN = "unknown"
_AT_ONCE = 50_000  # hosts that are in memory at a time
_LONGEST = 100  # characters of a name
_NOWHERE = ("", UNKNOWN, UNKNOWN)
Place = tuple[str, str, str]  # code of the country, its name, the city's name


@dataclass
class Places:
    """An open file of addresses, and the places that were found; names are in ``language``."""

    path: Path
    reader: "Reader"
    language: str
    numbers: dict[Place, int] = field(default_factory=lambda: {_NOWHERE: 0})

    def look_up(self, database: "DuckDBPyConnection", where: str) -> None:
        """Make the tables ``places``, and ``host_places`` with the place of each host."""
        database.execute("CREATE OR REPLACE TEMP TABLE host_places (host VARCHAR, place INTEGER)")
        database.execute(
            "CREATE OR REPLACE TEMP TABLE looked_up AS SELECT host, row_number() OVER () AS number "
            f"FROM (SELECT DISTINCT host FROM hosts WHERE {where})"
        )
        for begin in count(0, _AT_ONCE):
            rows = database.execute(
                "SELECT host FROM looked_up WHERE number > ? AND number <= ?",
                [begin, begin + _AT_ONCE],
            ).fetchall()
            if not rows:
                break
            found = [host for (host,) in rows]
            database.execute(
                "INSERT INTO host_places SELECT unnest(?::VARCHAR[]), unnest(?::INTEGER[])",
                [found, [self._number(host) for host in found]],
            )
        columns = [list(column) for column in zip(*self.numbers, strict=True)]
        database.execute(
            "CREATE OR REPLACE TEMP TABLE places AS SELECT unnest(?::INTEGER[]) AS place, "
            "unnest(?::VARCHAR[]) AS code, unnest(?::VARCHAR[]) AS country, "
            "unnest(?::VARCHAR[]) AS city",
            [list(self.numbers.values()), *columns],
        )

    def queries(self, where: str, most: int) -> dict[str, str]:
        """For the lists of countries and, if the file has cities, of cities; after ``look_up``.

        The table ``merged`` has the visits.
        """
        country = "code, country"
        found = {"countries": _query(where, country, most)}
        if any(city != UNKNOWN for _code, _country, city in self.numbers):
            found["cities"] = _query(where, f"city, {country}", most)
        return found

    def _number(self, host: str) -> int:
        return self.numbers.setdefault(self._place(host), len(self.numbers))

    def _place(self, host: str) -> Place:
        import maxminddb

        try:
            record = self.reader.get(ipaddress.ip_address(host))
        except maxminddb.InvalidDatabaseError:
            raise _damaged(self.path) from None
        except ValueError:  # a name, or an address of version 6 in a file of version 4
            return _NOWHERE
        if not isinstance(record, dict):
            return _NOWHERE
        country = record.get("country")
        code = country.get("iso_code") if isinstance(country, dict) else None
        if not isinstance(code, str) or not (code.isascii() and len(code) == 2):
            return _NOWHERE
        return code, self._named(country) or code, self._named(record.get("city")) or UNKNOWN

    def _named(self, found: object) -> str:
        """The name in the report's language, or else in English."""
        names = found.get("names") if isinstance(found, Mapping) else None
        if not isinstance(names, Mapping):
            return ""
        told = (names.get(it) for it in (self.language, "en"))
        return next((it[:_LONGEST] for it in told if isinstance(it, str)), "")


@contextmanager
def opened_places(path: Path | None, language: str) -> Iterator[Places | None]:
    """A file of addresses; nothing without one. Raises ``PreauError`` for one that is none."""
    if path is None:
        yield None
        return
    import maxminddb

    try:
        reader = maxminddb.open_database(str(path))
    except OSError as error:
        raise PreauError(f"{path}: it cannot be read: {error.strerror or error}.") from None
    except (ValueError, maxminddb.InvalidDatabaseError):
        raise _damaged(path) from None
    with reader:
        yield Places(path, reader, language)


def _damaged(path: Path) -> PreauError:
    return PreauError(
        f"{path}: it is no MaxMind DB file, or a damaged one; give the .mmdb file of GeoLite2 or "
        "DB-IP."
    )


def _query(where: str, columns: str, most: int) -> str:
    """A visitor is a host, or begins with one."""
    grouped = f"FROM {{}} JOIN places USING (place) GROUP BY {columns}"
    hits = f"(SELECT * FROM hosts JOIN host_places USING (host) WHERE {where})"
    visits = "(SELECT place FROM merged JOIN host_places ON host = split_part(visitor, ' ', 1))"
    return (
        f"SELECT {columns}, coalesce(visits, 0)::BIGINT AS visits, pages, hits, bytes "
        f"FROM (SELECT {columns}, {ADDED} {grouped.format(hits)}) "
        f"LEFT JOIN (SELECT {columns}, count(*) AS visits {grouped.format(visits)}) "
        f"USING ({columns}) ORDER BY pages DESC, hits DESC, {columns} LIMIT {most}"
    )

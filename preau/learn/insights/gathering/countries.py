"""From which countries pages are opened, if the operator gave a database of addresses.

The database is a MaxMind DB file, such as GeoLite2 Country or DB-IP's: addresses are looked up as
they were recorded, without their last part, which a country does not need.
"""

import ipaddress
import logging
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from preau.learn.events.engine import Engine
from preau.learn.insights.gathering.periods import Day
from preau.learn.insights.gathering.verbs import PASSIVE, VIEW, listed

if TYPE_CHECKING:
    from maxminddb import Reader

logger = logging.getLogger(__name__)

UNKNOWN = "?"


@dataclass
class Countries:
    """A database of addresses; ``names`` are those of the countries that were found."""

    path: Path
    names: dict[str, dict[str, str]] = field(default_factory=dict)
    _known: dict[str, str] = field(default_factory=dict)

    def of_day(self, engine: Engine, day: Day) -> dict[int, dict[str, int]]:
        """The views and actions of each country, of the table ``events``, by run; 0 is the site.

        Empty where the file is not there or cannot be read; the log says so.
        """
        import maxminddb

        rows = engine.rows(
            "SELECT coalesce(run, 0), coalesce(address, ''), count(*) FROM events "
            f"WHERE t >= {day.begin} AND t < {day.end} "
            f"AND verb NOT IN ({listed(PASSIVE - {VIEW})}) GROUP BY 1, 2"
        )
        found: dict[int, dict[str, int]] = {}
        try:
            with maxminddb.open_database(str(self.path)) as database:
                for run, address, count in rows:
                    country = self._country(database, str(address))
                    for place in {0, int(run)}:
                        counts = found.setdefault(place, {})
                        counts[country] = counts.get(country, 0) + int(count)
        except (OSError, ValueError, maxminddb.InvalidDatabaseError) as error:
            logger.warning("No countries are counted: %s can't be read (%s).", self.path, error)
            return {}
        return found

    def _country(self, database: "Reader", address: str) -> str:
        if address not in self._known:
            self._known[address] = self._looked_up(database, address)
        return self._known[address]

    def _looked_up(self, database: "Reader", address: str) -> str:
        try:
            record = database.get(ipaddress.ip_address(address))
        except ValueError:  # no address, or one of version 6 in a database of version 4
            return UNKNOWN
        country = record.get("country") if isinstance(record, dict) else None
        code = country.get("iso_code") if isinstance(country, dict) else None
        if not isinstance(code, str) or not (code.isascii() and len(code) == 2):
            return UNKNOWN
        names = country.get("names") if isinstance(country, dict) else None
        if isinstance(names, dict):
            self.names[code] = {
                language: str(names[language])[:100] for language in ("en", "fr") if
                isinstance(names.get(language), str)
            }  # fmt: skip
        return code

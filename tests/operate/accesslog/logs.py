"""Logs that tests write, line by line."""

from datetime import UTC, datetime
from pathlib import Path

from preau.operate.accesslog.analysis.counting import counted
from preau.operate.accesslog.analysis.definitions import Definitions
from preau.operate.accesslog.analysis.filters import Filters
from preau.operate.accesslog.analysis.result import result_of
from preau.operate.accesslog.store.folder import open_store
from preau.operate.accesslog.store.take_in import take_in

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.3 Mobile/15E148 Safari/604.1"
)
GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)


def line(
    path="/", *, at=0.0, host="192.0.2.1", status=200, size=1000, referrer="-", agent=FIREFOX,
    user="-", method="GET", zone="+0000", end="",
):  # fmt: skip
    """A line of the combined format, ``at`` so many minutes after noon of 5 October 2026."""
    when = datetime.fromtimestamp(NOON.timestamp() + 60 * at, UTC)
    return (
        f"{host} - {user} [{when:%d/%b/%Y:%H:%M:%S} {zone}] "
        f'"{method} {path} HTTP/1.1" {status} {size} "{referrer}" "{agent}"{end}'
    )


def write(path: Path, *lines: str, end="\n") -> Path:
    """A log of these lines."""
    path.write_text("\n".join(lines) + end, encoding="utf-8")
    return path


def result(folder: Path, *logs: Path, text=None, since=None, until=None, filters=None, **said):
    """What is counted of logs, read into a store in ``folder``."""
    definitions = Definitions(**said)
    with open_store(folder, lasting=True) as store:
        take_in(store, [str(it) for it in logs], text, lambda _told: None)
        with counted(store, definitions, filters or Filters()) as counts:
            return result_of(counts, definitions, since, until)

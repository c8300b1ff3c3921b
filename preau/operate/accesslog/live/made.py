"""The report as it is served: a page, and the same for programs."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from preau.kit.charts import curves
from preau.kit.errors import PreauError
from preau.operate.accesslog.analysis.counting import counted
from preau.operate.accesslog.analysis.definitions import Class, Definitions
from preau.operate.accesslog.analysis.filters import Filters
from preau.operate.accesslog.analysis.result import result_of
from preau.operate.accesslog.report.json_file import json_of
from preau.operate.accesslog.report.page import LastDay, Served, page_of
from preau.operate.accesslog.report.values import number
from preau.operate.accesslog.report.words import words_in

if TYPE_CHECKING:
    from preau.operate.accesslog.analysis.places import Places
    from preau.operate.accesslog.store.folder import Store

SCRIPT = "live.js"


@dataclass(frozen=True)
class Made:
    """``mark`` differs where the numbers do; ``policy`` is what a browser may do on the page."""

    page: bytes
    document: bytes
    mark: str
    policy: str


@dataclass(frozen=True)
class Wish:
    """How it is counted, and in which language it is said; ``live`` pages look for news."""

    definitions: Definitions
    filters: Filters
    language: str
    live: bool
    places: "Places | None" = None


def made_of(store: "Store", wish: Wish, now: datetime) -> Made:
    """Count what is not counted yet, and make both. Raises ``PreauError`` where that fails."""
    import duckdb

    try:
        with counted(store, wish.definitions, wish.filters) as counts:
            result = result_of(counts, wish.definitions, places=wish.places)
            day = _last_day(counts, wish.language)
    except duckdb.Error as error:
        raise PreauError(
            f"{store.folder}: it cannot be counted: {str(error).splitlines()[0]}"
        ) from None
    document = json_of(result, wish.definitions, wish.filters)
    mark = hashlib.blake2b(document.encode(errors="replace"), digest_size=8).hexdigest()
    served = Served(f"{now:%H:%M:%S}", SCRIPT if wish.live else "", mark, day)
    page = page_of(result, wish.definitions, wish.language, served=served)
    return Made(
        page.encode(errors="backslashreplace"), document.encode(errors="backslashreplace"), mark,
        _policy(page, live=wish.live),
    )  # fmt: skip


def _policy(page: str, *, live: bool) -> str:
    """The page's own style, its script if it has one, and nothing else."""
    style = page.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    script = "; script-src 'self'; connect-src 'self'" if live else ""
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'{script}; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    )


def _last_day(store: "Store", language: str) -> LastDay | None:
    """Its pages hour by hour, up to the last one that has any hit: the others are to come."""
    say = words_in(language)
    rows = store.database.execute(
        f"SELECT day, hour, sum(pages)::BIGINT, sum(hits)::BIGINT FROM hours "
        f"WHERE class = {Class.VIEWED} AND day = (SELECT max(day) FROM hours "
        f"WHERE class = {Class.VIEWED}) GROUP BY day, hour"
    ).fetchall()
    if not rows:
        return None
    day = date(1970, 1, 1) + timedelta(days=rows[0][0])
    said = {hour: (pages, hits) for _day, hour, pages, hits in rows}
    hours = [(hour, *said.get(hour, (0, 0))) for hour in range(max(said) + 1)]
    title = say("{day}, hour by hour").format(day=day)
    words = ", ".join(
        f"{hour} h: {number(pages, language)}" for hour, pages, _hits in hours if pages
    )
    picture = curves(
        title, words or say("none"), [f"{hour} h" for hour in range(24)],
        {say("Pages"): [pages for _hour, pages, _hits in hours],
         say("Hits"): [hits for _hour, _pages, hits in hours]},
    )  # fmt: skip
    texts = [[number(it, language) for it in row] for row in hours]
    return LastDay(title, [say("Hour"), say("Pages"), say("Hits")], texts, picture)

"""A web log as a course site leaves it, made up from a seed.

::

    python samples/web-log/make_log.py --lines 5000000 --seed 1 > access.log

writes lines of Apache's combined format (or, with ``--took``, the microseconds of each answer at
their end): people who come by search engines and by links and look at some pages with what lies on
them, robots that say so and one that does not, worms that look for other programs' holes, links
that lead nowhere, downloads in parts, people who sign in. The same seed makes the same log.
"""

import argparse
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

START = datetime(2026, 9, 1, tzinfo=UTC)
HOURS = (3, 2, 1, 1, 1, 2, 4, 8, 12, 14, 14, 13, 15, 14, 13, 13, 14, 16, 18, 22, 26, 24, 15, 7)
BROWSERS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/{major}.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/{major}.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_{minor} like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.{minor} Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (X11; Linux x86_64; rv:{major}.0) Gecko/20100101 Firefox/{major}.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.{minor} Safari/605.1.15",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/{major}.0.0.0 Safari/537.36 Edg/{major}.0.0.0",
)
ROBOTS = (
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; "
    "+https://openai.com/gptbot)",
    "python-requests/2.32.3",
    "curl/8.9.1",
)
WORMS = (
    "/wp-login.php", "/xmlrpc.php", "/.env", "/.git/config", "/phpmyadmin/index.php",
    "/cgi-bin/luci/;stok=/locale", "/vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php",
)  # fmt: skip
SEARCHES = (
    "https://www.google.com/", "https://www.bing.com/search?q=cours+telecommunications",
    "https://duckduckgo.com/", "https://www.qwant.com/?q=th%C3%A9orie+du+signal",
    "https://search.yahoo.com/search?p=shannon+limit+course",
)  # fmt: skip
SITES = (
    "https://www.edu.example/mooc/", "https://forum.example.org/t/4711", "https://mastodon.example/",
    "https://news.example.com/2026/09/moocs",
)  # fmt: skip
CAMPAIGNS = ("", "", "", "?utm_source=newsletter&utm_medium=mail&utm_campaign=autumn")
HOME = "https://mooc.example.org"
ASSETS = tuple(f"/static/theme/{name}" for name in ("base.4f1c.css", "course.77ab.css", "menu.9d.js",
                                                    "icons.c0de.svg", "favicon.svg"))  # fmt: skip


@dataclass(frozen=True)
class Reader:
    """Somebody who comes with one address and one browser."""

    host: str
    agent: str
    user: str


class Site:
    """The pages that there are."""

    def __init__(self, draw: random.Random) -> None:
        self.pages = ["/", "/courses/", "/dashboard/"]
        for course in range(12):
            key = f"course-{course}"
            self.pages += [f"/courses/{key}/", f"/learn/{key}-now/"]
            self.pages += [f"/learn/{key}-now/activity-{number}/" for number in range(60)]
        self.weights = [1 / (number + 3) for number in range(len(self.pages))]
        self.films = [f"/media/film-{number}.webm" for number in range(24)]
        self.files = [f"/media/notes-{number}.pdf" for number in range(40)]
        draw.shuffle(self.weights[3:])


def readers(draw: random.Random) -> Iterator[Reader]:
    """People, again and again: some come back."""
    known: list[Reader] = []
    while True:
        if known and draw.random() < 0.45:
            yield draw.choice(known)
            continue
        host = (
            f"2001:db8:{draw.randrange(65536):x}:{draw.randrange(65536):x}::1"
            if draw.random() < 0.25
            else ".".join(str(draw.randrange(1, 255)) for _part in range(4))
        )
        agent = draw.choice(BROWSERS).format(major=draw.randrange(128, 146), minor=draw.randrange(6))
        known.append(Reader(host, agent, f"p{len(known)}" if draw.random() < 0.1 else "-"))
        if len(known) > 60_000:
            known = known[30_000:]
        yield known[-1]


class Writer:
    """Lines, in the order of their times."""

    def __init__(self, draw: random.Random, *, took: bool) -> None:
        self.draw, self.took = draw, took

    def line(
        self, at: datetime, it: Reader, path: str, status: int, size: int, referrer: str,
        method: str = "GET",
    ) -> tuple[datetime, str]:  # fmt: skip
        """One request."""
        end = f" {int(self.draw.lognormvariate(9, 1))}" if self.took else ""
        when = at.strftime("%d/%b/%Y:%H:%M:%S +0000")
        return at, (
            f'{it.host} - {it.user} [{when}] "{method} {path} HTTP/1.1" {status} '
            f'{size or "-"} "{referrer or "-"}" "{it.agent}"{end}\n'
        )

    def visit(self, site: Site, it: Reader, at: datetime) -> Iterator[tuple[datetime, str]]:
        """Some pages, with what lies on them the first time."""
        draw = self.draw
        chance = draw.random()
        referrer = draw.choice(SEARCHES) if chance < 0.4 else draw.choice(SITES) if chance < 0.55 else ""
        campaign = draw.choice(CAMPAIGNS) if chance >= 0.55 else ""
        for number in range(1 + int(draw.expovariate(0.35))):
            page = draw.choices(site.pages, site.weights)[0]
            missing = draw.random() < 0.01
            path = f"{page}old" if missing else page + (campaign if number == 0 else "")
            yield self.line(at, it, path, 404 if missing else 200, draw.randrange(4_000, 40_000), referrer)
            referrer = HOME + page
            if number == 0:
                for asset in ASSETS:
                    status = 304 if draw.random() < 0.3 else 200
                    yield self.line(at, it, asset, status, 0 if status == 304 else 9_000, referrer)
            if draw.random() < 0.08:
                film = draw.choice(site.films)
                for _part in range(draw.randrange(2, 9)):
                    at += timedelta(seconds=draw.randrange(5, 40))
                    yield self.line(at, it, film, 206, 1_048_576, referrer)
            elif draw.random() < 0.05:
                yield self.line(at, it, draw.choice(site.files), 200, 350_000, referrer)
            elif it.user != "-" and draw.random() < 0.4:
                yield self.line(at, it, f"{page}complete/", 302, 0, referrer, "POST")
            at += timedelta(seconds=draw.expovariate(1 / 70))

    def robot(self, site: Site, at: datetime) -> Iterator[tuple[datetime, str]]:
        """One that says what it is, or one that does not and is too fast for a person."""
        draw = self.draw
        agent = draw.choice(ROBOTS) if draw.random() < 0.9 else BROWSERS[0].format(major=120)
        it = Reader(f"66.249.{draw.randrange(64, 96)}.{draw.randrange(255)}", agent, "-")
        yield self.line(at, it, "/robots.txt", 200, 120, "")
        for _number in range(draw.randrange(5, 60)):
            at += timedelta(seconds=draw.random())
            yield self.line(at, it, draw.choice(site.pages), 200, draw.randrange(4_000, 40_000), "")

    def worm(self, at: datetime) -> Iterator[tuple[datetime, str]]:
        """One that looks for holes."""
        draw = self.draw
        it = Reader(f"45.{draw.randrange(255)}.{draw.randrange(255)}.7", "-", "-")
        for path in WORMS:
            yield self.line(at, it, path, 404, 300, "", "POST" if "eval" in path else "GET")
            at += timedelta(seconds=1)


def requests(lines: int, draw: random.Random, *, took: bool) -> Iterator[str]:
    """So many lines, within an hour of their order, as servers write them: by their ends."""
    site, people, writer = Site(draw), readers(draw), Writer(draw, took=took)
    days = max(1, lines // 160_000)
    count, waiting = 0, []
    for day in range(days):
        for hour, weight in enumerate(HOURS):
            begin = START + timedelta(days=day, hours=hour)
            room = lines * weight // (sum(HOURS) * days) + 1
            while room > 0 and count < lines:
                at = begin + timedelta(seconds=draw.random() * 3600)
                chance = draw.random()
                made = list(
                    writer.robot(site, at) if chance < 0.05 else writer.worm(at) if chance < 0.07
                    else writer.visit(site, next(people), at)
                )  # fmt: skip
                made = made[: lines - count]
                waiting += made
                room -= len(made)
                count += len(made)
            waiting.sort(key=lambda it: it[0])
            ready = [line for at, line in waiting if at < begin + timedelta(hours=1)]
            waiting = waiting[len(ready) :]
            yield from ready
    yield from (line for _at, line in waiting)


def main() -> int:
    """Write to standard output."""
    parser = argparse.ArgumentParser(description="Make up a web log.")
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=2013)
    parser.add_argument("--took", action="store_true", help="end each line with microseconds")
    options = parser.parse_args()
    draw = random.Random(options.seed)
    sys.stdout.writelines(requests(options.lines, draw, took=options.took))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

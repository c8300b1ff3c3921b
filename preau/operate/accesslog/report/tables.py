"""How each list of a result is shown: its title, what it counts, its columns. A row for each list.

Texts are English here; ``words`` has the French.
"""

from dataclasses import dataclass

NUMBER, BYTES, TEXT, WHEN, MILLISECONDS, CODE = "number", "bytes", "text", "when", "ms", "code"


@dataclass(frozen=True)
class Table:
    """``columns``: key, heading, kind. ``definition`` says exactly what is counted."""

    name: str
    group: str
    title: str
    definition: str
    columns: tuple[tuple[str, str, str], ...]


_VIEWED = (
    ("pages", "Pages", NUMBER), ("hits", "Hits", NUMBER), ("bytes", "Bytes", BYTES),
)  # fmt: skip
_SUMS = (
    *_VIEWED, ("not_viewed_pages", "Pages not viewed", NUMBER),
    ("not_viewed_hits", "Hits not viewed", NUMBER), ("not_viewed_bytes", "Bytes not viewed", BYTES),
)  # fmt: skip
_WHEN, _WHO, _WHAT, _HOW, _WHENCE, _SERVER = (
    "When", "Who", "What", "With what", "From where", "The server"
)  # fmt: skip

TABLES = (
    Table("days", _WHEN, "Days",
          "Days are those of the clock that wrote the log. A visit counts on the day it began; a "
          "visitor is unique within the day here.",
          (("day", "Day", TEXT), ("visits", "Visits", NUMBER),
           ("unique_visitors", "Unique visitors", NUMBER), *_SUMS)),
    Table("hours", _WHEN, "Hours",
          "Hours of the clock that wrote the log, all days together; the picture shows the pages "
          "of each hour of the week.",
          (("hour", "Hour", NUMBER), *_SUMS)),
    Table("weekdays", _WHEN, "Days of the week",
          "Sums of all Mondays, all Tuesdays and so on; the last column says of how many days.",
          (("weekday", "Day", TEXT), *_SUMS, ("days", "Days", NUMBER))),
    Table("months", _WHEN, "Months",
          "Viewed is what people got: status 200 or 304, without robots and worms. A visit counts "
          "in the month it began in.",
          (("month", "Month", TEXT), ("visits", "Visits", NUMBER), *_SUMS)),
    Table("visit_durations", _WHO, "How long visits last",
          "From the first page of a visit to its last; of a visit of one page, 0 seconds.",
          (("duration", "Duration", TEXT), ("visits", "Visits", NUMBER))),
    Table("countries", _WHO, "Countries", "By the address, from the database file that was given.",
          (("country", "Country", TEXT), ("visits", "Visits", NUMBER), *_VIEWED)),
    Table("cities", _WHO, "Cities",
          "By the address, from the database file that was given: most often near, not exact.",
          (("city", "City", TEXT), ("country", "Country", TEXT), ("visits", "Visits", NUMBER),
           *_VIEWED)),
    Table("hosts", _WHO, "Hosts", "Addresses or names that pages and files were sent to.",
          (("host", "Host", CODE), *_VIEWED, ("last", "Last", WHEN))),
    Table("users", _WHO, "Signed in", "Names that the web server itself knows people by.",
          (("user", "Name", TEXT), *_VIEWED, ("last", "Last", WHEN))),
    Table("robots", _WHO, "Robots",
          "Known by a list, by saying nothing about themselves, by reading robots.txt, or by what "
          "they do: more than 30 pages within a minute, or 30 pages and more in a day without "
          "anything that lies on them and from nowhere. None of it is viewed.",
          (("robot", "Robot", TEXT), ("why", "Why", TEXT), *_VIEWED,
           ("robots_txt", "robots.txt", NUMBER), ("last", "Last", WHEN))),
    Table("worms", _WHO, "Worms",
          "Addresses that programs look for holes at, and that are not here.",
          (("path", "Address", CODE), ("hits", "Hits", NUMBER), ("bytes", "Bytes", BYTES),
           ("last", "Last", WHEN))),
    Table("pages", _WHAT, "Pages",
          "Viewed addresses that are no style, script, picture or download, without their "
          "parameters. Entry and exit: on how many visits it was the first, and the last.",
          (("path", "Page", CODE), ("pages", "Views", NUMBER), ("bytes", "Bytes", BYTES),
           ("entries", "Entry", NUMBER), ("exits", "Exit", NUMBER))),
    Table("entries", _WHAT, "First pages of visits", "The page that a visit began with.",
          (("path", "Page", CODE), ("visits", "Visits", NUMBER))),
    Table("exits", _WHAT, "Last pages of visits", "The page that a visit ended with.",
          (("path", "Page", CODE), ("visits", "Visits", NUMBER))),
    Table("file_types", _WHAT, "File types", "By the ending of the address.",
          (("file_type", "Ending", CODE), *_VIEWED)),
    Table("downloads", _WHAT, "Downloads",
          "Documents, archives, sounds and films: whole ones (200), and parts of them (206), which "
          "are no hits; their bytes count.",
          (("path", "File", CODE), ("hits", "Whole", NUMBER), ("parts", "Parts", NUMBER),
           ("bytes", "Bytes", BYTES))),
    Table("systems", _HOW, "Operating systems", "As the browser says.",
          (("system", "System", TEXT), ("pages", "Pages", NUMBER), ("hits", "Hits", NUMBER))),
    Table("system_versions", _HOW, "Operating systems and versions", "As the browser says.",
          (("system", "System", TEXT), ("version", "Version", TEXT), ("pages", "Pages", NUMBER),
           ("hits", "Hits", NUMBER))),
    Table("browsers", _HOW, "Browsers", "As they say themselves.",
          (("browser", "Browser", TEXT), ("pages", "Pages", NUMBER), ("hits", "Hits", NUMBER))),
    Table("browser_versions", _HOW, "Browsers and versions", "As they say themselves.",
          (("browser", "Browser", TEXT), ("version", "Version", TEXT), ("pages", "Pages", NUMBER),
           ("hits", "Hits", NUMBER))),
    Table("devices", _HOW, "Devices", "Phone, tablet or computer, as far as the browser says it.",
          (("device", "Device", TEXT), ("pages", "Pages", NUMBER), ("hits", "Hits", NUMBER))),
    Table("origins", _WHENCE, "Where people come from",
          "By the referrer of what was viewed: none, a search engine, another site, this site.",
          (("origin", "From", TEXT), ("pages", "Pages", NUMBER), ("hits", "Hits", NUMBER))),
    Table("search_engines", _WHENCE, "Search engines", "Known by the names of their hosts.",
          (("engine", "Search engine", TEXT), ("pages", "Pages", NUMBER),
           ("hits", "Hits", NUMBER))),
    Table("search_phrases", _WHENCE, "Search phrases",
          "Where the engine still says what was searched for; most do not.",
          (("phrase", "Phrase", TEXT), ("pages", "Pages", NUMBER), ("hits", "Hits", NUMBER))),
    Table("referring_sites", _WHENCE, "Other sites", "Sites with links to this one.",
          (("site", "Site", TEXT), ("pages", "Pages", NUMBER), ("hits", "Hits", NUMBER))),
    Table("referring_pages", _WHENCE, "Pages of other sites", "Without their parameters.",
          (("page", "Page", CODE), ("pages", "Pages", NUMBER), ("hits", "Hits", NUMBER))),
    Table("campaigns", _WHENCE, "Campaigns", "The utm_ parameters of links.",
          (("source", "Source", TEXT), ("medium", "Medium", TEXT), ("campaign", "Campaign", TEXT),
           ("pages", "Pages", NUMBER))),
    Table("statuses", _SERVER, "HTTP statuses", "All hits, whoever asked.",
          (("status", "Status", NUMBER), ("hits", "Hits", NUMBER), ("bytes", "Bytes", BYTES))),
    Table("errors", _SERVER, "Errors",
          "Statuses from 400 on, whoever asked; the page is the one that most often has the link.",
          (("status", "Status", NUMBER), ("path", "Address", CODE), ("hits", "Hits", NUMBER),
           ("referrer", "Linked from", CODE))),
    Table("response_times", _SERVER, "Response times",
          "How long answers took, whoever asked, where the log says so; in steps of five per cent.",
          (("hits", "Hits", NUMBER), ("mean_ms", "Mean", MILLISECONDS),
           ("p50_ms", "Half within", MILLISECONDS), ("p90_ms", "90 % within", MILLISECONDS),
           ("p95_ms", "95 % within", MILLISECONDS), ("p99_ms", "99 % within", MILLISECONDS))),
    Table("slow_pages", _SERVER, "Where the time goes",
          "Addresses in the order of the time spent on all their answers.",
          (("path", "Address", CODE), ("hits", "Hits", NUMBER), ("mean_ms", "Mean", MILLISECONDS),
           ("p50_ms", "Half within", MILLISECONDS), ("p90_ms", "90 % within", MILLISECONDS),
           ("p95_ms", "95 % within", MILLISECONDS), ("p99_ms", "99 % within", MILLISECONDS))),
    Table("virtual_hosts", _SERVER, "Virtual hosts", "Names of sites on the same server.",
          (("host", "Host", TEXT), *_VIEWED)),
)  # fmt: skip
GROUPS = (_WHEN, _WHO, _WHAT, _HOW, _WHENCE, _SERVER)

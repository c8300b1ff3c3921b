"""Every setting of a site, declared once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

Type = Literal["text", "whole number", "number", "yes or no", "list of words"]
Value = str | int | float | bool | list[str]


@dataclass(frozen=True)
class Setting:
    """One setting: its place, type and default, what it is for, and what else must hold.

    ``check`` answers what is wrong with a value of the right type, or "" when it is fine.
    """

    section: str
    name: str
    type: Type
    default: Any
    help: str
    secret: bool = False
    check: Callable[[Any], str] = lambda _value: ""

    @property
    def key(self) -> str:
        """``section.name``, as messages and ``preau config`` call it."""
        return f"{self.section}.{self.name}"

    @property
    def variable(self) -> str:
        """The environment variable that goes before the file."""
        return f"PREAU_{self.section}_{self.name}".upper()


def _one_of(*words: str) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        return "" if value in words else f"must be one of {', '.join(words)}"

    return check


def _between(least: float, most: float) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        return "" if least <= value <= most else f"must lie between {least} and {most}"

    return check


def _url(*schemes: str, empty: bool = False) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        if value == "" and empty:
            return ""
        try:
            parts = urlsplit(str(value))
            _port = parts.port
        except ValueError:
            return "is not an address that can be read"
        if parts.scheme not in schemes:
            return f"must begin with {' or '.join(scheme + '://' for scheme in schemes)}"
        if parts.password:
            return "must not hold a password; put it into secrets.toml"
        if parts.scheme == "sqlite":
            return "" if not parts.netloc and parts.path.strip("/") else "must be sqlite:///FILE"
        return "" if parts.netloc or parts.scheme == "unix" else "names no host"

    return check


def _addresses(value: Any) -> str:
    from ipaddress import ip_address

    for word in value:
        try:
            ip_address(word)
        except ValueError:
            return f"must hold addresses like 10.0.0.1; “{word}” is none"
    return ""


def _languages(value: Any) -> str:
    known = {"fr", "en"}
    if not value:
        return "must name at least one language"
    wrong = [code for code in value if code not in known]
    return f"knows fr and en, not {', '.join(wrong)}" if wrong else ""


def _time_zone(value: Any) -> str:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(str(value))
    except (KeyError, ValueError, OSError):
        return "is not a time zone like Europe/Paris"
    return ""


def _rate(value: Any) -> str:
    count, slash, period = str(value).partition("/")
    number, unit = period[:-1] or "1", period[-1:]
    fine = slash and count.isdecimal() and number.isdecimal() and unit in "smhd" and unit
    return "" if fine else "must be written like 5/5m: so many in so long (s, m, h, d)"


def _sender(value: Any) -> str:
    return "" if "@" in str(value) and "\n" not in str(value) else "must be an e-mail address"


def _secret_key(value: Any) -> str:
    return "" if len(str(value)) >= 32 else "must have at least 32 characters; preau init makes one"


SETTINGS: tuple[Setting, ...] = (
    Setting("site", "name", "text", "Préau", "The site's name, in every page's header."),
    Setting(
        "site", "address", "text", "http://localhost:8000",
        "Where people reach the site; links in letters begin with it.",
        check=_url("http", "https"),
    ),
    Setting(
        "site", "languages", "list of words", ["fr", "en"],
        "Languages offered, the first being the main one.", check=_languages,
    ),
    Setting(
        "site", "time_zone", "text", "Europe/Paris",
        "Time zone of those who chose none.", check=_time_zone,
    ),
    Setting("site", "sign_up", "yes or no", True, "Whether anyone may make an account."),
    Setting(
        "site", "allowed_hosts", "list of words", [],
        "Host names the site answers to; empty: the address's own, localhost and 127.0.0.1.",
    ),
    Setting("site", "demo", "yes or no", False, "Says on every page: a demonstration."),
    Setting(
        "site", "secret_key", "text", "", "Signs cookies and links; made by preau init.",
        secret=True, check=_secret_key,
    ),
    Setting("server", "host", "text", "127.0.0.1", "Network address to listen on."),
    Setting("server", "port", "whole number", 8000, "Port to listen on.", check=_between(1, 65535)),
    Setting(
        "server", "workers", "whole number", 0, "Worker processes; 0: as many as cores.",
        check=_between(0, 256),
    ),
    Setting(
        "server", "threads", "whole number", 2, "Threads in each worker.", check=_between(1, 64)
    ),
    Setting(
        "server", "trusted_proxies", "list of words", [],
        "Addresses of proxies whose X-Forwarded-For and -Proto are believed.",
        check=_addresses,
    ),
    Setting(
        "server", "access_log", "text", "",
        "A file, such as web.log, that gets a line for each request as `preau accesslog` reads it, "
        "with whole network addresses and without static files; empty: none, as a web server in "
        "front has its own.",
    ),
    Setting(
        "server", "https", "yes or no", False,
        "Whether people reach the site by https: cookies then travel by https only, with HSTS.",
    ),
    Setting(
        "database", "url", "text", "sqlite:///data/preau.sqlite3",
        "sqlite:///FILE in the site folder, postgresql://USER@HOST:PORT/NAME or mariadb://….",
        check=_url("sqlite", "postgresql", "postgres", "mariadb", "mysql"),
    ),
    Setting(
        "database", "wait_seconds", "number", 20.0,
        "How long a request waits for its turn to write (SQLite), or for a connection.",
        check=_between(0.1, 300),
    ),
    Setting("database", "password", "text", "", "The database user's password.", secret=True),
    Setting(
        "cache", "url", "text", "",
        "redis://HOST:PORT/NUMBER when several machines serve the site; empty: a file.",
        check=_url("redis", "rediss", "unix", empty=True),
    ),
    Setting(
        "mail", "delivery", "text", "folder",
        "smtp sends letters; folder writes them to mail/ in the site folder; none drops them.",
        check=_one_of("folder", "smtp", "none"),
    ),
    Setting("mail", "host", "text", "localhost", "The SMTP server."),
    Setting("mail", "port", "whole number", 25, "Its port.", check=_between(1, 65535)),
    Setting("mail", "user", "text", "", "Name to sign in there; empty: none."),
    Setting("mail", "password", "text", "", "Password to sign in there.", secret=True),
    Setting(
        "mail", "encryption", "text", "none", "none, starttls or tls.",
        check=_one_of("none", "starttls", "tls"),
    ),
    Setting("mail", "sender", "text", "preau@localhost", "The letters' sender.", check=_sender),
    Setting(
        "limits", "form_kilobytes", "whole number", 2048,
        "The most a form may hold, files aside.", check=_between(16, 1_000_000),
    ),
    Setting(
        "limits", "upload_megabytes", "whole number", 20,
        "The most a request may hold, files included.", check=_between(1, 100_000),
    ),
    Setting(
        "limits", "photo_megabytes", "whole number", 5,
        "The most a person's photo may have as sent.", check=_between(1, 100),
    ),
    Setting(
        "limits", "sign_in_per_account", "text", "5/5m",
        "Wrong passwords for one account before it must wait.", check=_rate,
    ),
    Setting(
        "limits", "sign_in_per_address", "text", "30/5m",
        "Wrong passwords from one network address before it must wait; those of people who then "
        "get in are forgiven.", check=_rate,
    ),
    Setting(
        "limits", "sign_up_per_address", "text", "300/5m",
        "Accounts made from one network address before it must wait; a whole campus may have one.",
        check=_rate,
    ),
    Setting(
        "limits", "quiz_starts_per_second", "number", 25.0,
        "Attempts at quizzes that each worker begins in a second. When more come at once they wait "
        "a few seconds before a countdown; no time is taken from them.",
        check=_between(0.5, 100_000),
    ),
    Setting(
        "events", "full_addresses", "yes or no", False,
        "Whether the record of events keeps whole network addresses.",
    ),
    Setting(
        "events", "engine", "text", "duckdb",
        "What answers questions to the record of events: duckdb, or clickhouse (needs "
        "`pip install 'preau[clickhouse]'`).", check=_one_of("duckdb", "clickhouse"),
    ),
    Setting(
        "events", "keep_days", "whole number", 0,
        "Days for which events are kept once they are counted; 0 keeps them all. Roll-ups stay.",
        check=_between(0, 36_500),
    ),
    Setting(
        "statistics", "countries", "text", "",
        "A MaxMind DB file (.mmdb) by which statistics name countries; empty: they do not.",
    ),
    Setting(
        "statistics", "web_log_report", "text", "",
        "The page that `preau accesslog report -o FILE.html` writes, to show to operators; empty: "
        "none.",
    ),
    Setting(
        "xapi", "endpoint", "text", "",
        "A learning record store that what is done is forwarded to as xAPI statements, such as "
        "https://lrs.example.org/xapi; empty: none.", check=_url("http", "https", empty=True),
    ),
    Setting("xapi", "key", "text", "", "Name with which statements are sent there."),
    Setting("xapi", "secret", "text", "", "Password with which they are sent.", secret=True),
    Setting(
        "tasks", "interval_seconds", "number", 1.0,
        "How often the task worker looks for work.", check=_between(0.05, 3600),
    ),
    Setting(
        "tasks", "keep_days", "whole number", 30,
        "Days for which finished tasks are kept.", check=_between(1, 3650),
    ),
)  # fmt: skip

BY_KEY: dict[str, Setting] = {setting.key: setting for setting in SETTINGS}
SECTIONS: tuple[str, ...] = tuple(dict.fromkeys(setting.section for setting in SETTINGS))

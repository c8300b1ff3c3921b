"""What a line of a web log may say, whatever server wrote it."""

from dataclasses import dataclass

# Of a field: what it matches where nothing around it says more. Every engine of ours reads these
# patterns: no look-around, no back reference.
WORD = r"[^ ]*"
NUMBER = r"[0-9]*|-"
QUOTED = r'[^"\\]*(?:\\.[^"\\]*)*'  # within quotes, which both servers write as \" or \x22
BRACKETED = r"[^\]]*"


@dataclass(frozen=True)
class Field:
    """One thing that a line says; an empty ``name`` is read and forgotten."""

    name: str
    pattern: str = WORD
    unit: str = ""  # of a duration: s, ms, us


HOST = Field("host")
IDENT = Field("")
USER = Field("user")
VHOST = Field("vhost")
PORT = Field("port", NUMBER)
TIME = Field("time", BRACKETED)
REQUEST = Field("request", QUOTED)
METHOD = Field("method")
PATH = Field("path")
QUERY = Field("query")
PROTOCOL = Field("protocol")
STATUS = Field("status", NUMBER)
BYTES = Field("bytes", NUMBER)
REFERRER = Field("referrer", QUOTED)
AGENT = Field("agent", QUOTED)
FORWARDED = Field("forwarded", QUOTED)


def took(unit: str) -> Field:
    """How long the answer took, in seconds, milliseconds or microseconds."""
    return Field("took", r"[0-9.]*|-" if unit == "s" else NUMBER, unit)

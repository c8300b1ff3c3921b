"""The shape of one event, version 2 (docs/reference/events.md)."""

from typing import Literal, TypedDict

VERSION = 2  # 1 had no duration

Verb = Literal[
    "viewed",
    "searched",
    "signed-in",
    "signed-out",
    "signed-up",
    "enrolled",
    "unenrolled",
    "completed",
    "uncompleted",
    "watched",
    "downloaded",
    "noted",
    "bookmarked",
    "granted",
    "grouped",
    "started",
    "answered",
    "submitted",
    "marked",
    "regraded",
    "posted",
    "changed",
    "imported",
    "certified",
]


class Event(TypedDict, total=False):
    """One line of an event file, as JSON.

    Times are UTC, in whole milliseconds since 1970; ids are the database's.
    """

    v: int  # schema version
    t: int  # when
    verb: Verb
    page: str  # URL name that was asked
    person: int | None
    session: str  # 12 hexadecimal digits derived from its key, never the key; empty without one
    role: str  # role in the run, or on the site
    run: int
    course: int
    activity: int
    result: dict[str, object]  # what the verb is about: a share watched, a search's words
    address: str  # network address, truncated to /24 or /48 unless the operator sets otherwise
    duration: float  # milliseconds that the answer took to make, without the network
    request: str  # request id, also in the answer's X-Request-Id and in the logs

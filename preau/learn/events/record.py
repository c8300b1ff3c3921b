"""``record(request, "viewed", …)``: note that somebody did something.

What a request notes is written with one write at its end (``events.requests``).
"""

import hashlib
import ipaddress
import time
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Unpack

from django.conf import settings
from django.http import HttpRequest

from preau.learn.events.recorder import Recorder
from preau.learn.events.schema import VERSION, Event, Verb

NAME, NOTED = "preau.request_id", "preau.events"  # of a request, in its META


@cache
def recorder() -> Recorder:
    """This process's recorder."""
    return Recorder(settings.EVENTS_FOLDER)


@lru_cache(maxsize=4096)
def pseudonym(session_key: str) -> str:
    """Twelve hexadecimal digits that tell sessions apart and open none."""
    return hashlib.blake2b(session_key.encode(), digest_size=6, key=b"preau session").hexdigest()


@lru_cache(maxsize=4096)
def truncated(address: str) -> str:
    """The address without its last octet (IPv4) or beyond /48 (IPv6); empty if it is none."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if settings.EVENTS_FULL_ADDRESSES:
        return str(parsed)
    bits = 24 if parsed.version == 4 else 48
    return str(ipaddress.ip_network((parsed, bits), strict=False).network_address)


def record(request: HttpRequest, verb: Verb, /, **more: Unpack[Event]) -> None:
    """Note one event about this request; ``more`` names run, activity, role, result …"""
    user = getattr(request, "user", None)  # absent where a person signs in outside a page
    session = getattr(request, "session", None)  # absent where a page comes from memory
    key = session.session_key if session is not None else None
    match = request.resolver_match
    event: Event = {
        "v": VERSION,
        "t": time.time_ns() // 1_000_000,
        "verb": verb,
        "page": match.view_name if match else "",
        "person": user.pk if user is not None and user.is_authenticated else None,
        "session": pseudonym(key) if key else "",
        "address": truncated(request.META.get("REMOTE_ADDR", "")),
        "request": request.META.get(NAME, ""),
        **more,
    }
    noted: list[Event] | None = request.META.get(NOTED)
    if noted is None:  # it came by no middleware of ours
        recorder().append(event)
    else:
        noted.append(event)


def write(events: Sequence[Event], duration: float) -> None:
    """Append the events of a request that took so many milliseconds."""
    took = round(duration, 1)
    for event in events:
        event["duration"] = took
    recorder().append(*events)

"""Lines that are JSON objects: nginx with escape=json, Caddy, Traefik, or whoever writes them.

Such a format is written as what is kept and where it stands::

    json host=request.client_ip time=ts:seconds agent=request.headers.User-Agent[0] …

A place is keys with dots between them, and [0] for the first of a list; where keys have dots in
them it is a JSON pointer (``/client.ip``). Times and durations have a unit behind a colon.

Sources: nginx, ngx_http_log_module; Caddy, “How Logging Works”; Traefik, “Access Logs”.
"""

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from preau.kit.errors import PreauError
from preau.operate.accesslog.reading import times
from preau.operate.accesslog.reading.fields import Field

SEPARATOR = "\x01"  # which no JSON has as it is
Place = tuple[str | int, ...]

_ISO = "iso8601"
_TIMES = {"apache": "", _ISO: _ISO, "seconds": "seconds", "milliseconds": "milliseconds"}
_DURATIONS = ("s", "ms", "us", "ns")
_USUAL_TIMES = {"time_local": "apache", "msec": "seconds", "ts": "seconds"}

# Where what is kept usually stands, of each the likeliest first.
_PLACES: dict[str, Sequence[str]] = {
    "host": ("remote_addr", "request.client_ip", "request.remote_ip", "ClientHost", "client_ip",
             "clientip", "remote_ip", "remoteIP", "client.ip", "/client.ip", "ip"),
    "user": ("remote_user", "user_id", "ClientUsername", "user"),
    "vhost": ("host", "request.host", "RequestHost", "server_name", "http_host", "vhost"),
    "time": ("time_iso8601", "time_local", "msec", "ts", "StartLocal", "StartUTC", "@timestamp",
             "time", "timestamp"),
    "request": ("request",),
    "method": ("request_method", "request.method", "RequestMethod", "method"),
    "path": ("request_uri", "request.uri", "RequestPath", "uri", "path", "url"),
    "query": ("args", "query_string"),
    "protocol": ("server_protocol", "request.proto", "RequestProtocol", "protocol"),
    "status": ("status", "DownstreamStatus", "status_code"),
    "bytes": ("body_bytes_sent", "size", "DownstreamContentSize", "bytes_sent", "bytes"),
    "referrer": ("http_referer", "request.headers.Referer[0]", "request_Referer", "referer",
                 "referrer"),
    "agent": ("http_user_agent", "request.headers.User-Agent[0]", "request_User-Agent",
              "user_agent", "userAgent"),
    "took": ("request_time:s", "duration:s", "Duration:ns"),
}  # fmt: skip
_OF_REQUEST = ("method", "path", "query", "protocol")  # of which a whole one is made

_NUMBER_OR_NONE = f"({times.NUMBER}(e-?[0-9]+)?|-)?"  # that both ways read alike
# What is no JSON, and read all the same: escapes as nginx writes them without escape=json, and as
# we do of what is not UTF-8; commas at the end and no numbers, which the database takes.
_BARE_ESCAPE = re.compile(r'\\(?:(["\\/bfnrtu])|)')
_LENIENT = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[\]}])|-?(?i:nan|inf(?:inity)?)')


@dataclass(frozen=True)
class JsonLines:
    """Where in a line's object each field stands."""

    name: str
    fields: tuple[Field, ...]
    places: tuple[Place, ...]

    def match(self, line: str) -> Mapping[str, str] | None:
        """What a line says, by the fields' names; None if it is no object, or of nobody."""
        found = _object(line)
        if found is None:
            return None
        said = {
            field.name: _text_at(found, place)
            for field, place in zip(self.fields, self.places, strict=True)
        }
        return said if said["host"] and said["time"] else None

    def plain(self, text: str) -> str:
        """A text without what the format escapes: nothing is left of that."""
        return text


def format_of(text: str) -> JsonLines:
    """The format that is written so. Raises ``PreauError`` where it cannot be used."""
    found: dict[str, Field] = {}
    places: list[Place] = []
    for word in text.split()[1:]:
        name, equals, place = word.partition("=")
        if not equals or name not in _PLACES:
            raise PreauError(
                f"“{word}” is no part of a format of JSON: write what is kept and where it stands, "
                f"such as host=remote_addr; what is kept are {', '.join(_PLACES)}."
            )
        if name in found:
            raise PreauError(f"The format “{text}” has {name} twice.")
        place, unit = _with_unit(name, place)
        found[name] = Field(name, unit=unit)
        places.append(_place(place))
    if not found:
        raise PreauError(
            "“json” alone does not say where things stand: leave --format away and it is found, "
            "or write it as “json host=client.ip time=@timestamp request=…”."
        )
    return JsonLines(text, tuple(found.values()), tuple(places))


def _with_unit(name: str, place: str) -> tuple[str, str]:
    if name == "took":
        place, colon, unit = place.partition(":")
        units: Iterable[str] = _DURATIONS
        unit = unit if colon else "s"
    elif name == "time":
        place, colon, unit = place.partition(":")
        units = _TIMES
        unit = unit if colon else _USUAL_TIMES.get(place, _ISO)
    else:
        return place, ""
    if unit not in units:
        raise PreauError(f"“{unit}” is no unit of {name}: give one of {', '.join(units)}.")
    return place, _TIMES.get(unit, unit)


def _place(text: str) -> Place:
    parts: list[str | int] = []
    if text.startswith("/"):
        parts += [it.replace("~1", "/").replace("~0", "~") for it in text[1:].split("/")]
    else:
        for key in text.split("."):
            bare, *numbers = re.split(r"\[([0-9]{1,4})\]", key)
            parts += [bare, *(int(it) for it in numbers if it)]
    if "" in parts or any(it in text for it in "\"\\'*"):
        raise PreauError(f"“{text}” is no place in JSON; write it like request.headers.Referer[0].")
    return tuple(parts)


def found_in(lines: Iterable[str]) -> Iterator[JsonLines]:
    """The format of lines that are objects with keys that are known; else none."""
    objects = [it for it in map(_object, lines) if it is not None]
    best = {name: _best(objects, places) for name, places in _PLACES.items()}
    if best["host"] is None or best["time"] is None:
        return
    if best["request"] is not None:
        best |= dict.fromkeys(_OF_REQUEST)
    if best["path"] not in ("uri", "path"):  # any other has the query in it
        best["query"] = None
    best["time"] += f":{_unit_of_time(objects, best['time'])}"
    words = [f"{name}={place}" for name, place in best.items() if place is not None]
    yield format_of(" ".join(["json", *words]))


def _best(objects: Sequence[Mapping[str, Any]], places: Sequence[str]) -> str | None:
    """The place where most of them say something."""
    counts = [
        sum(_text_at(it, where) != "" for it in objects)
        for where in (_place(place.partition(":")[0]) for place in places)
    ]
    most = max(counts, default=0)
    return places[counts.index(most)] if most else None


def _unit_of_time(objects: Sequence[Mapping[str, Any]], place: str) -> str:
    where = _place(place)
    text = next(said for it in objects if (said := _text_at(it, where)))
    if re.fullmatch(times.NUMBER, text):
        return "milliseconds" if float(text) > 1e11 else "seconds"
    return "apache" if re.fullmatch(times.PLAIN[""], text) else _ISO


def _object(line: str) -> dict[str, Any] | None:
    if not line.lstrip().startswith("{"):
        return None
    try:
        return _read(line)
    except (ValueError, RecursionError):
        pass
    try:
        escaped = _BARE_ESCAPE.sub(lambda it: it[0] if it[1] else r"\\", line)
        return _read(_LENIENT.sub(_strictly, escaped))
    except (ValueError, RecursionError):
        return None


def _read(line: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(
        line,
        object_pairs_hook=lambda pairs: dict(reversed(pairs)),  # the first of two counts
        parse_int=lambda text: "0" if text == "-0" else text,
        parse_float=_shortest,
        parse_constant=str,
    )
    return read


def _shortest(text: str) -> str:
    """A number as the database writes it again."""
    value = float(text)
    if math.isinf(value):
        return text
    sign, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    point = len(digits) + int(exponent)
    if -6 < point <= 21:
        plain = f"{Decimal(repr(value)):f}"
        return plain if "." in plain else f"{plain}.0"
    first, *others = map(str, digits)
    return f"{'-' * sign}{first}{'.' * bool(others)}{''.join(others)}e{point - 1}"


def _strictly(found: re.Match[str]) -> str:
    if found[1] or found[0] == ",":
        return found[1] or ""
    return f'"{found[0]}"'


def _text_at(found: Any, place: Place) -> str:
    """The text there; nothing for what is not there, and for lists and objects."""
    for key in place:
        if isinstance(key, int):
            if not isinstance(found, list) or key >= len(found):
                return ""
            found = found[key]
        elif isinstance(found, dict):
            found = found.get(key)
        else:
            return ""
    if isinstance(found, bool):
        return "true" if found else "false"
    if not isinstance(found, str):
        return ""
    return found.encode("utf-8", "backslashreplace").decode()  # halves of characters are none


def sql_of(shape: JsonLines) -> tuple[dict[str, str], dict[str, str], list[str]]:
    """How the database takes a line apart: first at once, then each text, and what must hold."""
    paths = ", ".join(f"'{_path(place)}'" for place in shape.places)
    at_once = f"TRY(json_extract_string(c0, [{paths}]))"  # nothing of what is no JSON
    texts = {}
    holds = ["c1 IS NULL", "said_ IS NOT NULL"]
    for number, field in enumerate(shape.fields, 1):
        texts[field.name] = f"coalesce(said_[{number}], '{'-' if field.name == 'bytes' else ''}')"
        if field.name == "time":
            holds.append(times.plain_sql(field, "time_"))
        elif field.name == "took":
            holds.append(f"regexp_full_match(took_, '{_NUMBER_OR_NONE}')")
        elif field.name not in {"status", "bytes"}:  # it may be a list or an object
            holds.append(f"{field.name}_[1] NOT IN ('[', '{{')")
    return {"said": at_once}, texts, holds


def _path(place: Place) -> str:
    return "$" + "".join(f"[{it}]" if isinstance(it, int) else f'."{it}"' for it in place)

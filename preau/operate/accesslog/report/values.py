"""Numbers as people read them, in each language."""

from datetime import UTC, date, datetime
from typing import Any

from preau.operate.accesslog.report import tables
from preau.operate.accesslog.report.words import Words

_THOUSANDS = {"en": ",", "fr": "\u202f"}
_POINT = {"en": ".", "fr": ","}
_UNITS = {"en": ("B", "kB", "MB", "GB", "TB", "PB"), "fr": ("o", "ko", "Mo", "Go", "To", "Po")}
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PLAIN = ("status", "hour")  # numbers that are names
_SAID = ("robot", "duration", "country", "city")  # of which some are words of ours
_NAMED = {
    "origin": {"direct": "nowhere", "search": "search engines", "site": "other sites",
               "internal": "this site"},
    "country": {"unknown": "unknown"}, "city": {"unknown": "unknown"},
    "device": {"": "not said", "phone": "phone", "tablet": "tablet", "computer": "computer"},
}  # fmt: skip


def number(value: float, language: str) -> str:
    """1,234,567 or 1 234 567."""
    whole = value == int(value)
    text = f"{value:,.0f}" if whole else f"{value:,.3f}".rstrip("0").rstrip(".")
    return text.replace(",", " ").replace(".", _POINT[language]).replace(" ", _THOUSANDS[language])


def size(value: float, language: str) -> str:
    """Bytes in the largest unit that leaves a whole number, with powers of 1000."""
    units = _UNITS[language]
    step = 0
    while value >= 1000 and step < len(units) - 1:
        value, step = value / 1000, step + 1
    text = f"{value:.0f}" if step == 0 or value >= 100 else f"{value:.1f}"
    return f"{text.replace('.', _POINT[language])}\u00a0{units[step]}"


def shown(kind: str, key: str, value: Any, language: str, say: Words) -> str:
    """A value of a table as text."""
    if value is None:
        return ""
    if kind in (tables.TEXT, tables.CODE) or key in _PLAIN:
        return _text(key, value, say)
    if kind == tables.BYTES:
        return size(value, language)
    if kind == tables.WHEN:
        return f"{datetime.fromtimestamp(value, UTC):%Y-%m-%d %H:%M}"
    return number(value, language) + ("\u00a0ms" if kind == tables.MILLISECONDS else "")


def _text(key: str, value: Any, say: Words) -> str:
    if key == "weekday":
        return say(_WEEKDAYS[value - 1])
    if key in _NAMED:
        return say(_NAMED[key][value]) if value in _NAMED[key] else str(value)
    return say(str(value)) if key in _SAID else str(value)


def span(first: date | None, last: date | None, say: Words) -> str:
    """From when to when."""
    if first is None or last is None:
        return say("no day")
    return f"{first}" if first == last else f"{first} – {last}"

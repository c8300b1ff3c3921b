"""The report for a terminal: what one looks at first."""

import shutil
from collections.abc import Iterator

import click

from preau.operate.accesslog.analysis.definitions import Definitions
from preau.operate.accesslog.analysis.result import Result
from preau.operate.accesslog.report import values
from preau.operate.accesslog.report.page import facts_of, notes_of
from preau.operate.accesslog.report.words import words_in

_BLOCKS = " ▁▂▃▄▅▆▇█"
_LISTS = (
    ("pages", "path", "pages", "Pages"), ("statuses", "status", "hits", "HTTP statuses"),
    ("browsers", "browser", "pages", "Browsers"),
    ("referring_sites", "site", "pages", "Other sites"),
    ("robots", "robot", "hits", "Robots"),
)  # fmt: skip
_MOST = 8


def lines_of(
    result: Result, definitions: Definitions, language: str, other: Result | None = None
) -> Iterator[str]:
    """Line by line; nothing in them moves a terminal's cursor."""
    say = words_in(language)
    width = shutil.get_terminal_size().columns
    yield click.style(values.span(result.first, result.last, say), bold=True)
    for fact in facts_of(result, language, say, other):
        yield f"  {fact.name:<24} {fact.value:>16}  {fact.change}".rstrip()
    days = [row["pages"] for row in result.lists["days"]]
    if len(days) > 1:
        yield f"\n{say('Pages and visits by day')}"
        yield f"  {_curve(days[-(width - 4) :])}"
    for name, key, count, title in _LISTS:
        rows = result.lists.get(name, [])[:_MOST]
        if rows:
            yield f"\n{say(title)}"
        most = max((row[count] for row in rows), default=1) or 1
        for row in rows:
            bar = "█" * round(20 * row[count] / most)
            text = harmless(str(row[key]))[: max(20, width - 42)]
            yield f"  {values.number(row[count], language):>12} {bar:<20} {text}"
    yield ""
    for note in notes_of(result, definitions, language, say):
        yield click.style(note, dim=True)


def _curve(numbers: list[int]) -> str:
    most = max(numbers) or 1
    return "".join(_BLOCKS[-(-8 * it // most)] for it in numbers)


def harmless(text: str) -> str:
    """Without what a terminal would obey."""
    return "".join(it if it.isprintable() else f"\\x{ord(it):02x}" for it in text)

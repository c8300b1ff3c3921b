"""The line on which something stands in a TOML file; ``tomllib`` itself does not tell."""

import re
import tomllib
from typing import Any

Lines = dict[tuple[str, ...], int]

_PLACE = re.compile(r"\(at line (\d+), column \d+\)")


def lines_of(text: str) -> Lines:
    """The line (from 1) where each table and each value begins, by its path, first come first.

    Every statement of TOML begins on a line of its own and can be read alone. So lines are
    gathered until ``tomllib`` can read them: then they are one statement, whatever strings,
    arrays or inline tables it holds. ``text`` as a whole must be valid.
    """
    found: Lines = {}
    table: tuple[str, ...] = ()
    statement, start = "", 1
    for number, line in enumerate(text.split("\n"), start=1):
        statement += line + "\n"
        try:
            data = tomllib.loads(statement)
        except tomllib.TOMLDecodeError:
            continue
        if statement.lstrip().startswith("["):
            table = _header(data)
            for length in range(1, len(table) + 1):
                found.setdefault(table[:length], start)
        else:
            _note(data, table, start, found)
        statement, start = "", number + 1
    return found


def line_of_error(error: ValueError, text: str) -> int:
    """The line (from 1) that a syntax error names; the last one if it names none."""
    place = _PLACE.search(str(error))
    return int(place[1]) if place else max(1, len(text.splitlines()))


def _header(data: Any) -> tuple[str, ...]:
    """The path that ``[a.b]`` or ``[[a.b]]`` names, from what it is when read alone."""
    path: tuple[str, ...] = ()
    while data:
        inner = data[0] if isinstance(data, list) else data
        if not inner:
            break
        name = next(iter(inner))
        path, data = (*path, name), inner[name]
    return path


def _note(data: dict[str, Any], above: tuple[str, ...], line: int, found: Lines) -> None:
    for name, value in data.items():
        path = (*above, name)
        found.setdefault(path, line)
        if isinstance(value, dict):
            _note(value, path, line, found)

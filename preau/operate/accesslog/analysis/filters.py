"""A part of the hits: by address, status, host or agent. Everything is counted of it anew."""

from collections.abc import Callable
from dataclasses import dataclass

from preau.kit.errors import PreauError


@dataclass(frozen=True)
class Filters:
    """What was said on the command line; None for everything. ``!`` before it means all others."""

    path: str | None = None
    status: str | None = None
    host: str | None = None
    agent: str | None = None

    @property
    def where(self) -> str:
        """Conditions on rows, in SQL; nothing if there are none."""
        target = "split_part(split_part(request, ' ', 2), '?', 1)"
        found = [
            _of(self.path, lambda text: f"{target} GLOB {_quoted(text)}"),
            _of(self.host, lambda text: f"day_rows.host GLOB {_quoted(text)}"),
            _of(
                self.agent,
                lambda text: (
                    f"contains(lower(coalesce(day_rows.agent, '')), lower({_quoted(text)}))"
                ),
            ),
            _of(self.status, _statuses),
        ]
        return "".join(f" AND {it}" for it in found if it)


def _of(text: str | None, condition: Callable[[str], str]) -> str:
    if not text:
        return ""
    return f"NOT ({condition(text[1:])})" if text.startswith("!") else f"({condition(text)})"


def _statuses(text: str) -> str:
    conditions = []
    for word in text.replace(",", " ").split():
        if word.isascii() and word.isdigit() and len(word) == 3:
            conditions.append(f"status = {word}")
        elif len(word) == 3 and word[0] in "12345" and word[1:].lower() == "xx":
            conditions.append(f"status BETWEEN {word[0]}00 AND {word[0]}99")
        else:
            raise PreauError(f"--status {text}: “{word}” is no status; write 404, or 5xx.")
    return " OR ".join(conditions) or "true"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"

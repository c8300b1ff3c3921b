"""A web server's format of lines, as one regular expression with a group for each field."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from preau.kit.errors import PreauError
from preau.operate.accesslog.reading import apache, fields, json_lines, nginx
from preau.operate.accesslog.reading.fields import Field
from preau.operate.accesslog.reading.json_lines import JsonLines

_TIMED = [
    f"{text}{end}"
    for text in (apache.NAMES["combined"], apache.NAMES["vhost_combined"])
    for end in (" %D", ' "%{X-Forwarded-For}i"', ' %D "%{X-Forwarded-For}i"')
]
NEEDED = ("host", "time")  # without which a line says nothing that can be counted


@dataclass(frozen=True)
class LineFormat:
    """``pattern`` matches a whole line; ``fields`` are its named groups, in order.

    Apache writes the time within brackets, nginx the format does: both are taken away. A field
    takes what stands up to what follows it in the format, so it needs no separator of its own.
    """

    name: str
    pattern: str
    fields: tuple[Field, ...]
    parts: tuple[Field | str, ...]  # the fields, and what stands between them

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """The pattern, ready."""
        return re.compile(self.pattern)

    def match(self, line: str) -> Mapping[str, str] | None:
        """What a line says, by the fields' names; None if it is of another format."""
        found = self.expression.fullmatch(line)
        return found.groupdict(default="") if found is not None else None

    def plain(self, text: str) -> str:
        """A text without what the format escapes."""
        return text.replace('\\"', '"')


Format = LineFormat | JsonLines


def format_of(text: str) -> Format:
    """The format of that name, or that is written so: for Apache (``%h …``), for nginx
    (``$host …``), or for lines of JSON (``json host=… time=…``).

    Raises ``PreauError`` where it cannot be used.
    """
    known = {**apache.NAMES, **nginx.NAMES}
    wanted = known.get(text, text)
    made: Format
    if wanted.split()[:1] == ["json"]:
        made = json_lines.format_of(wanted)
    elif "$" in wanted and "%" not in wanted:
        made = made_of(text, list(nginx.parts_of(wanted)))
    elif "%" in wanted:
        made = made_of(text, list(apache.parts_of(wanted)))
    else:
        raise PreauError(
            f"“{text}” is no format of a log: give one of {', '.join(known)}, or the text of "
            "Apache's LogFormat or nginx's log_format, or “json host=… time=…” with where things "
            "stand."
        )
    if missing := [it for it in NEEDED if it not in {field.name for field in made.fields}]:
        raise PreauError(f"The format “{text}” has no {' and no '.join(missing)}.")
    return made


def made_of(name: str, parts: Sequence[Field | str]) -> LineFormat:
    """A format of these fields and what stands between them."""
    pattern = ""
    found: list[Field] = []
    for number, part in enumerate(parts):
        if isinstance(part, str):
            pattern += re.escape(part)
            continue
        before = parts[number - 1] if number else ""
        after = parts[number + 1] if number + 1 < len(parts) else ""
        inside = _inside(part, before if isinstance(before, str) else "",
                         after if isinstance(after, str) else "")  # fmt: skip
        if not part.name or part.name in {it.name for it in found}:
            pattern += inside
        else:
            found.append(part)
            pattern += inside.replace("(?:", f"(?P<{part.name}>", 1)
    return LineFormat(name, pattern, tuple(found), tuple(parts))


def _inside(part: Field, before: str, after: str) -> str:
    """What the field matches between what stands around it."""
    if part is fields.TIME and not before.endswith("["):  # Apache writes the brackets itself
        return rf"\[(?:{fields.BRACKETED})\]"
    if before.endswith('"') and after.startswith('"'):
        return f"(?:{fields.QUOTED})"
    if part.pattern in {fields.WORD, fields.QUOTED}:  # as far as the next separator
        return f"(?:[^{re.escape(after[0])}]*)" if after else "(?:.*)"
    return f"(?:{part.pattern})"


def candidates() -> Iterable[Format]:
    """The formats that are tried on a log of which nobody says how it is written, in order."""
    timed = f"{nginx.NAMES['nginx']} $request_time"
    texts = [*_TIMED, timed, "vhost_combined", "combined", "common"]
    return [format_of(it) for it in texts]


def detected(lines: Iterable[str]) -> Format:
    """The format that most of these lines are of. Raises ``PreauError`` if they are of none."""
    sample = [line for line in lines if line.strip()]
    tried = [*candidates(), *json_lines.found_in(sample)]
    counts = [(sum(it.match(line) is not None for line in sample), it) for it in tried]
    most = max((count for count, _it in counts), default=0)
    if not most:
        first = sample[0][:120] if sample else "nothing"
        raise PreauError(
            "The format of the log is not known: give it with --format. The first line is "
            f"“{first}”."
        )
    return next(it for count, it in counts if count == most)

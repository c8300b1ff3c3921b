"""How the database cuts lines into fields, as many at once as it likes.

It reads a line as a row of a table whose columns are separated by double quotes: nothing is faster,
and the values between quotes are there at once. What stands before, between and after them is cut
at its spaces, or by a pattern where it is written otherwise. A line of which all that ``holds`` is
not true is odd: whoever reads it takes the slow way, one line after the other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from preau.operate.accesslog.reading import fields as known
from preau.operate.accesslog.reading import json_lines, times
from preau.operate.accesslog.reading.fields import Field
from preau.operate.accesslog.reading.json_lines import JsonLines
from preau.operate.accesslog.reading.line_format import Format, made_of

_TIME = len("05/Oct/2026:13:55:36 +0200")
SPARE = 4  # columns beyond those of the format: quotes within a value make more of them


@dataclass
class Quick:
    """``texts``: SQL for the text of each field, by its name; those of ``texts_between`` need
    what is ``between``, which needs the first ones, with an underscore behind their names.
    """

    separator: str
    columns: int
    texts: dict[str, str] = field(default_factory=dict)
    between: dict[str, str] = field(default_factory=dict)
    texts_between: dict[str, str] = field(default_factory=dict)
    holds: list[str] = field(default_factory=list)


def quick_of(shape: Format) -> Quick:
    """The quick way of a format."""
    if isinstance(shape, JsonLines):
        at_once, texts, holds = json_lines.sql_of(shape)
        return Quick(json_lines.SEPARATOR, 1, at_once, {}, texts, holds)
    segments = list(_segments(shape.parts))
    way = Quick('"', len(segments))
    way.holds.append(f"c{len(segments)} IS NULL")
    way.holds.append(f"c{len(segments) - 1} IS NOT NULL")
    for number, parts in enumerate(segments):
        column = f"c{number}"
        if not any(isinstance(it, Field) for it in parts):
            way.holds.append(f"{column} = '{_escaped(''.join(map(str, parts)))}'")
        elif len(parts) == 1 and isinstance(parts[0], Field) and parts[0] is not known.TIME:
            way.texts.setdefault(parts[0].name, column)
            if number % 2:  # a quote after a backslash would be part of the value
                way.holds.append(f"NOT ends_with({column}, '\\')")
        elif (words := _words(parts)) is not None:
            _cut_at_spaces(way, column, words)
        else:
            _cut_by_pattern(way, column, parts)
    at = next(it for it in shape.fields if it.name == "time")
    if not times.is_quick(at):
        way.holds.append("false")
    way.holds.append(times.plain_sql(at, "time_", whole=at is not known.TIME))
    way.texts.pop("", None)
    return way


def _segments(parts: Sequence[Field | str]) -> Iterator[list[Field | str]]:
    """The parts between quotes."""
    inside: list[Field | str] = []
    for part in parts:
        if isinstance(part, Field):
            inside.append(part)
            continue
        first, *others = part.split('"')
        inside += [first] if first else []
        for other in others:
            yield inside
            inside = [other] if other else []
    yield inside


def _words(parts: Sequence[Field | str]) -> list[Field | str] | None:
    """What stands between spaces, one field or text each; None if it is written otherwise."""
    words: list[Field | str] = [""]
    for part in parts:
        if isinstance(part, Field):
            if words[-1] not in ("", "[") or (words[-1] == "[" and part is not known.TIME):
                return None
            words[-1] = part
            continue
        text = part
        if words[-1] is known.TIME and text.startswith("]"):
            text = text[1:]
        first, *others = text.split(" ")
        if first and words[-1] != "":
            return None
        words[-1] = words[-1] or first
        words += others
    return words


def _cut_at_spaces(way: Quick, column: str, words: Sequence[Field | str]) -> None:
    """Words of a known width are taken by where they are, from either end; the others between."""
    words = list(words)
    begin, end = 1, 0  # what is left: from a character to so many before the end
    while words and (width := _width(words[0])) is not None:
        _take(way, words.pop(0), column, begin, width)
        begin += width
        if words:
            way.holds.append(_is_space(column, begin))
            begin += 1
    while words and (width := _width(words[-1])) is not None:
        end += width
        word = words.pop()
        _take(way, word, column, -end, width)
        if words:
            end += 1
            if word is not known.TIME:  # which looks by itself at what is before it
                way.holds.append(_is_space(column, -end))
    if words:
        way.holds.append(f"strlen({column}) = length({column})")  # the one is of bytes
        rest = column
        if begin > 1 or end:
            rest = f"substring({column}, {begin}, strlen({column}) - {begin + end - 1})"
        _cut_rest(way, column, rest, words)
    else:
        way.holds.append(f"strlen({column}) = {begin + end - 1}")


def _is_space(column: str, place: int) -> str:
    if place == 1:
        return f"starts_with({column}, ' ')"
    return f"ends_with({column}, ' ')" if place == -1 else f"substring({column}, {place}, 1) = ' '"


def _width(word: Field | str) -> int | None:
    """How many characters a word has, if that is always the same."""
    if isinstance(word, str):
        return len(word)
    return _TIME + 2 if word is known.TIME else 3 if word is known.STATUS else None


def _take(way: Quick, word: Field | str, column: str, place: int, width: int) -> None:
    """A word of that width: ``place`` is counted from 1, or back from the end."""
    if word is known.TIME:
        way.texts["time"] = f"substring({column}, {place + 1}, {_TIME})"
        before = "" if place == 1 else " "
        begin, count = place - len(before), 1 + len(before)
        way.holds.append(f"substring({column}, {begin}, {count}) = '{before}['")
        way.holds.append(f"substring({column}, {place + width - 1}, 1) = ']'")
    elif isinstance(word, Field):
        way.texts.setdefault(word.name, f"substring({column}, {place}, {width})")
    elif word:
        way.holds.append(f"substring({column}, {place}, {width}) = '{_escaped(word)}'")


def _cut_rest(way: Quick, column: str, rest: str, words: Sequence[Field | str]) -> None:
    """Words of any width. Most often all but the first are a dash, which is seen at one glance."""
    if len(words) == 1 and isinstance(words[0], Field):
        way.texts.setdefault(words[0].name or f"{column}_one", rest)
        if words[0].pattern != known.NUMBER:
            way.holds.append(f"NOT contains({rest}, ' ')")
        return
    first, *others = words
    name = first.name if isinstance(first, Field) and first.name else f"{column}_first"
    begins = column if rest.startswith(f"substring({column}, 1,") else rest
    way.texts.setdefault(name, f"split_part({begins}, ' ', 1)")
    if isinstance(first, str):
        way.holds.append(f"{name}_ = '{_escaped(first)}'")
    way.between[f"{column}_rest"] = f"substring({rest}, strlen({name}_) + 1)"
    dashes, after = "".join(" -" for _word in others), f"{column}_rest"
    exact = [str(len(others))]
    for number, word in enumerate(others, 2):
        text = f"split_part({after}, ' ', {number})"
        if isinstance(word, Field):
            exact.append(f"strlen({text})")
            if word.name:
                way.texts_between.setdefault(
                    word.name, f"CASE WHEN {after} = '{dashes}' THEN '-' ELSE {text} END"
                )
        else:
            exact.append(str(len(word)))
            exact[0] += f" + CASE WHEN {text} = '{_escaped(word)}' THEN 0 ELSE 1000000 END"
    way.holds.append(f"{after} = '{dashes}' OR {' + '.join(exact)} = strlen({after})")


def _cut_by_pattern(way: Quick, column: str, parts: Sequence[Field | str]) -> None:
    shape = made_of("", parts)
    names = [it.name for it in shape.fields]
    pattern = _escaped(f"^{shape.pattern}$")
    listed = ", ".join(f"'{name}'" for name in names)
    for name in names:
        way.texts.setdefault(name, f"regexp_extract({column}, '{pattern}', [{listed}]).{name}")
    way.holds.append(f"regexp_matches({column}, '{pattern}')")


def _escaped(text: str) -> str:
    return text.replace("'", "''")

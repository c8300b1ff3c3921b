"""Embedded answers: Moodle's text with its places, and our text with its parts."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from preau.kit.questions.formats.moodle_xml.node import as_number, as_share
from preau.kit.questions.formats.moodle_xml.places import (
    Alternative,
    Place,
    as_words,
    pieces,
    read_words,
    unplaced,
    unread,
)
from preau.kit.questions.formats.moodle_xml.reading import Reading
from preau.kit.questions.formats.moodle_xml.writing import OWN_FILE, Writing, number_text, per_cent
from preau.kit.questions.types import Body
from preau.kit.questions.types.choice import Choice, Option
from preau.kit.questions.types.cloze import PLACE, Cloze, Part
from preau.kit.questions.types.numerical import Numerical, Value
from preau.kit.questions.types.short_answer import Pattern, ShortAnswer

_MOST_PARTS, _MOST_WEIGHT = 999, 10**6
# Around the number of a place while the text becomes HTML: signs that no text has.
_BEGIN, _END = "\ufdd0", "\ufdd1"


@dataclass(frozen=True)
class _Choosing:
    """What the name of a choice says."""

    several: bool
    layout: str
    shuffle: bool


_NUMERICAL = frozenset({"NUMERICAL", "NM"})
_SHORT = frozenset({"SHORTANSWER", "SA", "MW"})
_SHORT_CASE = frozenset({"SHORTANSWER_C", "SAC", "MWC"})
_ENDINGS = {
    ("MULTICHOICE", "MC", False): {
        "": ("inline", False), "S": ("inline", True), "V": ("vertical", False),
        "VS": ("vertical", True), "H": ("horizontal", False), "HS": ("horizontal", True),
    },
    ("MULTIRESPONSE", "MR", True): {
        "": ("vertical", False), "S": ("vertical", True), "H": ("horizontal", False),
        "HS": ("horizontal", True),
    },
}  # fmt: skip
_CHOICES = {
    name: _Choosing(several, layout, shuffle)
    for (long, short, several), endings in _ENDINGS.items()
    for ending, (layout, shuffle) in endings.items()
    for name in (f"{short}{ending}", f"{long}_{ending}".rstrip("_"))
}
_NAMES = {choosing: name for name, choosing in _CHOICES.items()}  # the long ones
_TYPES = frozenset(_CHOICES) | _NUMERICAL | _SHORT | _SHORT_CASE


def read(it: Reading) -> Body:
    """cloze, multianswer"""
    written: list[str] = []
    parts: list[Part] = []
    for piece in pieces(it.raw, _TYPES):
        if isinstance(piece, Place):
            if len(parts) == _MOST_PARTS:
                raise ValueError(f"there are more than {_MOST_PARTS} places")
            parts.append(_part(it, piece))
            written.append(f"{_BEGIN}{len(parts)}{_END}")
            continue
        it.dropped += [
            f"“{start}” begins no place that is known or has an end: it stays as it is."
            for start in unread(piece)[:5]
        ]
        written.append(piece)
    html = it.texts.piece("".join(written), it.texts.format)
    html = PLACE.sub(lambda found: f"&#123;{found[0][1:]}", html)
    it.stem, it.mark = "", sum(part.weight for part in parts)
    return Cloze(html.replace(_BEGIN, "{#").replace(_END, "}"), tuple(parts))


def _part(it: Reading, place: Place) -> Part:
    def rich(raw: str) -> str:
        return it.texts.piece(read_words(raw), "html")

    weight = as_number(place.weight or "1")
    if weight > _MOST_WEIGHT:
        raise ValueError(f"the weight {place.weight[:40]} is too large")
    if place.type in _NUMERICAL:
        values = tuple(_value(given, rich) for given in place.alternatives)
        return Part(numerical=Numerical(values), weight=weight)
    if place.type in _CHOICES:
        chosen = _CHOICES[place.type]
        choice = Choice(
            _options(place, chosen, rich), chosen.several, chosen.shuffle, "none", False
        )
        return Part(choice=choice, weight=weight, layout=chosen.layout)
    patterns = tuple(
        Pattern(read_words(given.answer), _share(given), rich(given.feedback))
        for given in place.alternatives
    )
    return Part(short_answer=ShortAnswer(patterns, place.type in _SHORT_CASE), weight=weight)


def _share(it: Alternative) -> float:
    return 1.0 if it.share == "=" else as_share(it.share) if it.share else 0.0


def _value(it: Alternative, rich: Callable[[str], str]) -> Value:
    said = read_words(it.answer)
    number, _colon, room = said.replace(",", ".").partition(":")
    return Value(
        None if said == "*" else as_number(number.strip()),
        abs(as_number(room.strip())) if room.strip() else 0.0,
        _share(it),
        rich(it.feedback),
    )


def _options(place: Place, chosen: _Choosing, rich: Callable[[str], str]) -> tuple[Option, ...]:
    """Several right ones share the mark; a wrong one costs as much unless shares are named."""
    given = [_share(it) for it in place.alternatives]
    best = sum(share for share in given if share > 0)
    if chosen.several and best > 0:
        named = any(it.share not in ("", "=", "0") for it in place.alternatives)
        scale = 1.0 if abs(best - 1) < 0.01 else best
        given = [share / scale if share > 0 else share if named else -1 / best for share in given]
    return tuple(
        Option(rich(it.answer), share, rich(it.feedback))
        for it, share in zip(place.alternatives, given, strict=True)
    )


def text(it: Writing, body: Cloze) -> str:
    """The text with its places as Moodle writes them."""
    weights = _weights(it, body.parts)
    if it.question.mark != sum(weights):
        it.dropped.append("In Moodle the mark of embedded answers is the sum of their weights.")
    written, at = [], 0
    for found in PLACE.finditer(body.text):
        number = int(found[1])
        if number > len(body.parts):
            continue
        written.append(unplaced(body.text[at : found.start()]))
        written.append(_place(it, body.parts[number - 1], weights[number - 1]))
        at = found.end()
    return "".join([*written, unplaced(body.text[at:])])


def write(_it: Writing, _body: Cloze) -> None:
    """All of it is in the text."""


def _weights(it: Writing, parts: Sequence[Part]) -> list[int]:
    """Whole numbers in the same proportion."""
    exact = [Fraction(repr(part.weight)).limit_denominator(1000) for part in parts]
    factor = 1
    while any((weight * factor).denominator > 1 for weight in exact) and factor < 1000:
        factor += 1
    if factor > 1:
        it.dropped.append(f"Weights are whole numbers in Moodle: all are {factor} times as large.")
    return [round(weight * factor) for weight in exact]


def _place(it: Writing, part: Part, weight: int) -> str:
    if part.choice is not None:
        name, alternatives = _choice(it, part.choice, part.layout)
    elif part.numerical is not None:
        name, alternatives = "NUMERICAL", _numbers(it, part.numerical)
    else:
        short = part.short_answer or ShortAnswer(())
        name = "SHORTANSWER_C" if short.heed_case else "SHORTANSWER"
        if not short.heed_accents:
            it.dropped.append("Moodle heeds accents.")
        alternatives = [
            _alternative(pattern.share, as_words(pattern.text), pattern.feedback)
            for pattern in short.patterns
        ]
    return f"{{{weight}:{name}:{'~'.join(alternatives)}}}"


def _alternative(share: float, answer: str, feedback: str, *, named: bool = False) -> str:
    right = "" if share == 0 else "=" if share == 1 else f"%{per_cent(share)}%"
    said = f"#{as_words(_linked(feedback))}" if feedback else ""
    return f"{f'%{per_cent(share)}%' if named else right}{answer}{said}"


def _choice(it: Writing, choice: Choice, layout: str) -> tuple[str, list[str]]:
    if choice.several and layout == "inline":
        it.dropped.append("Where several may be chosen, Moodle shows them below each other.")
        layout = "vertical"
    if layout != "inline" and (choice.numbering != "none" or choice.instruction):
        it.dropped.append("Moodle shows embedded choices without numbers and instruction.")
    return _NAMES[_Choosing(choice.several, layout, choice.shuffle)], [
        _alternative(
            option.share, as_words(_linked(option.text)), option.feedback, named=choice.several
        )
        for option in choice.options
    ]


def _numbers(it: Writing, body: Numerical) -> list[str]:
    if body.units or body.unit_penalty:
        it.dropped.append("Embedded numbers have no units in Moodle.")
    found = []
    for value in body.values:
        room = value.tolerance
        if value.relative and value.value is not None:
            room *= abs(value.value)
            it.dropped.append("A relative tolerance becomes an absolute one.")
        number = "*" if value.value is None else number_text(value.value)
        if room and value.value is not None:
            number += f":{room!r}"
        found.append(_alternative(value.share, number, value.feedback))
    return found


def _linked(html: str) -> str:
    """Names of files without a sign that is written otherwise inside a place."""
    return OWN_FILE.sub(lambda found: re.sub("~", "%7E", found[0]), html)

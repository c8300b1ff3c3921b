"""How each type of question is written as interactions and rules."""

import mimetypes
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element

from preau.kit.errors import PreauError
from preau.kit.questions.formats.qti.elements import base, put, q, value, variable
from preau.kit.questions.formats.qti.essays import THEIRS
from preau.kit.questions.formats.qti.names import OWN
from preau.kit.questions.formats.qti.processing import EXACT
from preau.kit.questions.formats.qti.scoring import SCORE
from preau.kit.questions.formats.qti.write_choices import choice, true_false
from preau.kit.questions.formats.qti.write_entries import calculated, numerical, short_answer
from preau.kit.questions.formats.qti.write_texts import cloze, gaps
from preau.kit.questions.formats.qti.writing import (
    Slot,
    Writing,
    image,
    mapping,
    plain,
    when_then,
)
from preau.kit.questions.types import Body
from preau.kit.questions.types.calculated import Calculated
from preau.kit.questions.types.choice import Choice
from preau.kit.questions.types.cloze import Cloze
from preau.kit.questions.types.description import Description
from preau.kit.questions.types.essay import Essay
from preau.kit.questions.types.gaps import Gaps
from preau.kit.questions.types.markers import Markers, Zone
from preau.kit.questions.types.matching import Matching
from preau.kit.questions.types.numerical import Numerical
from preau.kit.questions.types.ordering import Ordering
from preau.kit.questions.types.short_answer import ShortAnswer
from preau.kit.questions.types.true_false import TrueFalse

_SHAPES = {"circle": "circle", "rectangle": "rect", "polygon": "poly"}
_MOST_NEIGHBOURS = 30  # items; the rules for neighbours grow with the square of their number


def write_body(it: Writing) -> None:
    """Put what is asked into the item's body. Raises ``PreauError`` for what QTI can't say."""
    body = it.question.body
    writer = _WRITERS.get(type(body))
    if writer is None:
        raise PreauError(f"Questions of type “{body.TYPE}” are not written to QTI yet.")
    if it.question.stem:
        it.body.append(it.part("stem", it.question.stem))
    it.body.extend(writer(it, body))


def _one(
    writer: Callable[[Writing, Slot, Any], Element],
) -> Callable[[Writing, Any], list[Element]]:
    return lambda it, body: [writer(it, Slot(it.scale), body)]


def _entry(
    writer: Callable[[Writing, Slot, Any], Element],
) -> Callable[[Writing, Any], list[Element]]:
    """A field stands in a line of its own."""

    def write(it: Writing, body: Body) -> list[Element]:
        line = Element("p")
        line.append(writer(it, Slot(it.scale), body))
        return [line]

    return write


def _matching(it: Writing, slot: Slot, body: Matching) -> Element:
    answers = list(body.answers)
    names = {text: f"answer-{number}" for number, text in enumerate(answers, 1)}
    phrases = [(f"phrase-{number}", body.pairs[number]) for number in body.phrases]
    right = [f"{name} {names[pair.answer]}" for name, pair in phrases]
    it.respond(slot, ("multiple", "directedPair"), right, mapping([(pair, "1") for pair in right]))
    it.even(len(right), q("mapResponse", {"identifier": slot.response}))
    left = [
        it.text(q("simpleAssociableChoice", {"identifier": name, "matchMax": 1}), pair.phrase)
        for name, pair in phrases
    ]
    others = [
        value("simpleAssociableChoice", text, {"identifier": names[text], "matchMax": 0})
        for text in answers
    ]
    named = {"responseIdentifier": slot.response, "shuffle": body.shuffle, "maxAssociations": 0}
    sets = [q("simpleMatchSet", None, *one) for one in (left, others)]
    return q("matchInteraction", named, *sets)


def _ordering(it: Writing, slot: Slot, body: Ordering) -> Element:
    names = [f"item-{number}" for number in range(1, len(body.items) + 1)]
    it.respond(slot, ("ordered", "identifier"), names)
    given = variable(slot.response)
    if body.grading == "all-or-nothing":
        right = q("match", None, given, q("correct", {"identifier": slot.response}))
        it.rules.append(when_then(right, put(SCORE, base("float", plain(it.scale)))))
    elif body.grading == "neighbour" and len(names) <= _MOST_NEIGHBOURS:
        for one, other in pairwise(names):
            _count(it, _follows(given, one, other, len(names)))
        it.even(len(names) - 1, variable(SCORE))
    else:
        for place, name in enumerate(names, 1):
            _count(it, _at(given, place, name))
        it.even(len(names), variable(SCORE))
    named = {
        "responseIdentifier": slot.response, "shuffle": True, f"{OWN}grading": body.grading,
    }  # fmt: skip
    items = [
        it.text(q("simpleChoice", {"identifier": name}), text)
        for name, text in zip(names, body.items, strict=True)
    ]
    return q("orderInteraction", named, *items)


def _at(given: Element, place: int, name: str) -> Element:
    return q("match", None, q("index", {"n": place}, given), base("identifier", name))


def _follows(given: Element, one: str, other: str, count: int) -> Element:
    """Whether one item stands right before the other, wherever that is."""
    return q(
        "or",
        None,
        *(
            q("and", None, _at(given, place, one), _at(given, place + 1, other))
            for place in range(1, count)
        ),
    )


def _count(it: Writing, condition: Element) -> None:
    more = q("sum", None, variable(SCORE), base("float", 1))
    it.rules.append(when_then(condition, put(SCORE, more)))


def _markers(it: Writing, slot: Slot, body: Markers) -> Element:
    right = [f"marker-{zone.marker} zone-{number}" for number, zone in enumerate(body.zones, 1)]
    it.respond(slot, ("multiple", "directedPair"), right, mapping([(pair, "1") for pair in right]))
    it.even(len(right), q("mapResponse", {"identifier": slot.response}))
    named = {
        "responseIdentifier": slot.response, "maxAssociations": 0,
        f"{OWN}show-misplaced": "true" if body.show_misplaced else None,
    }  # fmt: skip
    texts = [
        value("gapText", marker.text, {"identifier": f"marker-{number}", "matchMax": marker.times})
        for number, marker in enumerate(body.markers, 1)
    ]
    spots = [_spot(number, zone) for number, zone in enumerate(body.zones, 1)]
    return q("graphicGapMatchInteraction", named, image(body.image), *texts, *spots)


def _spot(number: int, zone: Zone) -> Element:
    if zone.problems():
        raise PreauError(zone.problems()[0])
    numbers = [Decimal(repr(it)) for it in zone.coordinates]
    if zone.shape == "rectangle":
        left, top, width, height = numbers
        numbers = [left, top, EXACT.add(left, width), EXACT.add(top, height)]
    named = {
        "identifier": f"zone-{number}", "matchMax": 1, "shape": _SHAPES[zone.shape],
        "coords": ",".join(plain(it) for it in numbers),
    }  # fmt: skip
    return q("associableHotspot", named)


def _essay(it: Writing, body: Essay) -> list[Element]:
    if body.notes:
        content = it.text(q("contentBody"), body.notes)
        it.body.append(q("rubricBlock", {"view": "scorer", "use": "scoring"}, content))
    found: list[Element] = []
    if body.format != "none":
        slot = Slot(it.scale)
        it.respond(slot, ("single", "string"), default=body.template)
        words = f"{body.words[0]} {body.words[1]}"
        named = {
            "responseIdentifier": slot.response, "format": THEIRS.get(body.format),
            "expectedLines": body.lines, "minStrings": int(body.required),
            f"{OWN}words": words if any(body.words) else None,
            f"{OWN}template": "html" if body.template else None,
        }  # fmt: skip
        found.append(q("extendedTextInteraction", named))
    if body.attachments:
        found.append(_upload(it, body))
    return found


def _upload(it: Writing, body: Essay) -> Element:
    slot = Slot(it.scale, 1)
    it.respond(slot, ("single", "file"))
    kinds = [mimetypes.guess_type(f"x{ending}")[0] for ending in body.file_types]
    known = " ".join(kind for kind in kinds if kind is not None)
    settings = f"{str(body.required).lower()} {body.lines} {body.words[0]} {body.words[1]}"
    named = {
        "responseIdentifier": slot.response,
        "type": known if kinds and None not in kinds else None,
        f"{OWN}attachments": f"{body.attachments} {body.attachments_required}",
        f"{OWN}file-types": ",".join(body.file_types) or None,
        f"{OWN}settings": settings if body.format == "none" else None,
    }
    return q("uploadInteraction", named)


def _description(_it: Writing, _body: Description) -> list[Element]:
    return []


_WRITERS: dict[type[Body], Callable[[Writing, Any], list[Element]]] = {
    Choice: _one(choice),
    TrueFalse: _one(true_false),
    ShortAnswer: _entry(short_answer),
    Numerical: _entry(numerical),
    Calculated: _entry(calculated),
    Matching: _one(_matching),
    Ordering: _one(_ordering),
    Markers: _one(_markers),
    Gaps: gaps,
    Cloze: cloze,
    Essay: _essay,
    Description: _description,
}

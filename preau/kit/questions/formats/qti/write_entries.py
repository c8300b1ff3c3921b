"""Short answers, numbers and formulas as text entries."""

import math
from collections.abc import Sequence
from decimal import Decimal
from xml.etree.ElementTree import Element

from preau.kit.errors import PreauError
from preau.kit.questions.formats.qti.elements import base, put, q, variable
from preau.kit.questions.formats.qti.formulas import rounded
from preau.kit.questions.formats.qti.names import OWN
from preau.kit.questions.formats.qti.patterns import expression_of, sample_of, words_of
from preau.kit.questions.formats.qti.writing import Slot, Writing, data, mapping, plain, shown
from preau.kit.questions.types.calculated import Calculated, Variable
from preau.kit.questions.types.numerical import Numerical, Value
from preau.kit.questions.types.short_answer import Pattern, ShortAnswer

_RESERVED = frozenset({"SCORE", "MAXSCORE", "FEEDBACK", "HINT", "RESPONSE"})
_FIGURES = 15  # of a number that is not a whole one


def short_answer(it: Writing, slot: Slot, body: ShortAnswer) -> Element:
    """textEntryInteraction of a string."""
    words = [words_of(pattern) for pattern in body.patterns]
    texts = [text for text in words if text]
    keys = {text if body.heed_case else text.casefold() for text in texts}
    best = max((pattern.share for pattern in body.patterns), default=0.0)
    right = [sample_of(one.text) for one in body.patterns if one.share == best][:1]
    own: dict[str, object] = {f"{OWN}accents": None if body.heed_accents else "ignored"}
    if len(keys) == len(body.patterns) and not any(one.feedback for one in body.patterns):
        worth = [slot.points(pattern.share) for pattern in body.patterns]
        entries = zip(texts, worth, strict=True)
        earned = mapping(entries, heed_case=body.heed_case)
        it.respond(slot, ("single", "string"), right, earned)
        it.rules.append(put(slot.outcome, q("mapResponse", {"identifier": slot.response})))
    else:
        it.respond(slot, ("single", "string"), right)
        own[f"{OWN}case-sensitive"] = body.heed_case
        conditions = [_fits(slot, one, heed_case=body.heed_case) for one in body.patterns]
        said = [(one.share, one.feedback) for one in body.patterns]
        _chain(it, slot, conditions, said)
    return _field(slot, max(map(len, texts), default=20), own)


def _fits(slot: Slot, pattern: Pattern, *, heed_case: bool) -> Element:
    text = words_of(pattern)
    given = variable(slot.response)
    if text is None:
        named = {"pattern": expression_of(pattern.text, heed_case=heed_case)}
        return q("patternMatch", named, given)
    return q("stringMatch", {"caseSensitive": heed_case}, given, base("string", text))


def numerical(it: Writing, slot: Slot, body: Numerical) -> Element:
    """textEntryInteraction of a number."""
    right = [one.value for one in body.values if one.value is not None and one.share == 1]
    it.respond(slot, ("single", "float"), [repr(number) for number in right[:1]])
    conditions = [_near(slot, one) for one in body.values]
    _chain(it, slot, conditions, [(one.share, one.feedback) for one in body.values])
    return _field(slot, _FIGURES, _units(body))


def _near(slot: Slot, one: Value) -> Element:
    given = variable(slot.response)
    if one.value is None:
        return q("not", None, q("isNull", None, given))
    if not math.isfinite(one.value):
        raise PreauError("A value is not a finite number.")
    return _equal(given, base("float", repr(one.value)), one.tolerance, relative=one.relative)


def _equal(given: Element, wanted: Element, tolerance: float, *, relative: bool) -> Element:
    if not tolerance and not relative:
        return q("equal", {"toleranceMode": "exact"}, given, wanted)
    exact = Decimal(repr(tolerance))
    room = plain(exact.scaleb(2) if relative else exact)
    mode = "relative" if relative else "absolute"
    return q("equal", {"toleranceMode": mode, "tolerance": f"{room} {room}"}, given, wanted)


def _units(body: Numerical | Calculated) -> dict[str, object]:
    rows = [[unit.name, unit.factor] for unit in body.units]
    return {
        f"{OWN}units": data(rows) if rows else None,
        f"{OWN}unit-penalty": repr(body.unit_penalty) if body.unit_penalty else None,
    }


def calculated(it: Writing, slot: Slot, body: Calculated) -> Element:
    """textEntryInteraction of a number whose right value is computed from what is drawn."""
    if _RESERVED & {one.name for one in body.variables}:
        raise PreauError("The name of a value is one that QTI has for something else.")
    try:
        wanted = [
            rounded(one.text, one.digits, significant=one.significant) for one in body.formulas
        ]
    except ValueError as error:
        raise PreauError(f"QTI can't say a formula: {error}.") from None
    it.templates += [_declared(one) for one in body.variables]
    rules = [_drawn(one) for one in body.variables]
    rules += [q("setCorrectResponse", {"identifier": slot.response}, one) for one in wanted[:1]]
    it.templates.append(q("templateProcessing", None, *rules))
    it.respond(slot, ("single", "float"))
    conditions = [
        _equal(variable(slot.response), number, one.tolerance, relative=one.relative)
        for one, number in zip(body.formulas, wanted, strict=True)
    ]
    _chain(it, slot, conditions, [(one.share, one.feedback) for one in body.formulas])
    rows = [[one.text, one.digits, one.significant] for one in body.formulas]
    own = {f"{OWN}formulas": data(rows), **_units(body)}
    return _field(slot, _FIGURES, own)


def _declared(one: Variable) -> Element:
    named = {"identifier": one.name, "cardinality": "single", "baseType": "float"}
    return q("templateDeclaration", named)


def _drawn(one: Variable) -> Element:
    between = q("randomFloat", {"min": repr(one.low), "max": repr(one.high)})
    rounded = q("roundTo", {"roundingMode": "decimalPlaces", "figures": one.decimals}, between)
    return q("setTemplateValue", {"identifier": one.name}, rounded)


def _chain(
    it: Writing, slot: Slot, conditions: Sequence[Element], said: Sequence[tuple[float, str]]
) -> None:
    """The first condition that is true counts."""
    condition = q("responseCondition")
    for number, (when, (share, feedback)) in enumerate(zip(conditions, said, strict=True), 1):
        name = f"{slot.prefix}answer-{number}"
        rules: list[Element] = [put(slot.outcome, base("float", slot.points(share)))]
        if it.say(name, feedback):
            rules.append(shown(name))
        condition.append(q("responseIf" if number == 1 else "responseElseIf", None, when, *rules))
    if len(condition):
        it.rules.append(condition)


def _field(slot: Slot, length: int, own: dict[str, object]) -> Element:
    named = {"responseIdentifier": slot.response, "expectedLength": min(length, 80)}
    return q("textEntryInteraction", {**named, **own})

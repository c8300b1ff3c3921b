"""Text entries: short answers, numbers and formulas."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from xml.etree.ElementTree import Element

from preau.kit.questions.formats.qti.elements import alike
from preau.kit.questions.formats.qti.formulas import formula_of, rounded
from preau.kit.questions.formats.qti.node import as_number
from preau.kit.questions.formats.qti.patterns import literal, pattern_of, sample_of
from preau.kit.questions.formats.qti.processing import Value
from preau.kit.questions.formats.qti.reading import Asked, share
from preau.kit.questions.types import Body
from preau.kit.questions.types.calculated import Calculated, Formula
from preau.kit.questions.types.numerical import Numerical, Unit
from preau.kit.questions.types.numerical import Value as Number
from preau.kit.questions.types.short_answer import Pattern, ShortAnswer

_NUMBERS = ("float", "integer")
_STRANGE = "\x7f"  # an answer that nobody gives


@dataclass(frozen=True)
class Taken:
    """One kind of answer: a pattern, or a number with its tolerance."""

    sample: str
    pattern: str = ""
    heed_case: bool = True
    number: Element | None = None  # None: any number
    tolerance: float = 0.0
    relative: bool = False

    @property
    def takes_all(self) -> bool:
        """Whether any answer is of that kind."""
        return self.number is None and self.pattern in ("", "*")


@dataclass(frozen=True)
class Case:
    """What such an answer earns, and which feedback it shows."""

    taken: Taken
    score: Decimal
    outcomes: dict[str, Value]


def entry(it: Asked) -> Body:
    """textEntryInteraction"""
    it.node.ignore("expectedLength", "placeholderText", "patternMask", "format", "stringIdentifier")
    if it.node.element.get("patternMask"):
        it.tell("The pattern that answers must have (patternMask) has no place here.")
    if it.node.attribute("base", "10") != "10":
        raise ValueError("a number that is not decimal")
    cases = _chain(it) or _tried(it)
    if not cases:
        raise ValueError(f"no right answer to “{it.response.identifier[:40]}” is named")
    scale = it.scale(max(case.score for case in cases))
    shares = [share(case.score, scale) for case in cases]
    said = _said(it, cases, shares)
    if len(said) > len(cases):  # what is said to all other answers
        cases.append(Case(Taken(_STRANGE, "*"), Decimal(0), {}))
        shares.append(0.0)
    if it.item.drawn.correct or it.item.drawn.variables:
        return _calculated(it, cases, shares, said)
    if it.response.base_type in _NUMBERS:
        return _numerical(it, cases, shares, said)
    return _short_answer(it, cases, shares, said)


def _said(it: Asked, cases: list[Case], shares: list[float]) -> list[str]:
    """What is said to each case; behind them, inside a text, what is said to all other answers."""
    probes = [case.outcomes for case in cases]
    if any(case.taken.takes_all for case in cases):
        return it.item.sayings.settle(probes, shares, len(cases), whole=it.alone)
    strange = () if it.response.base_type in _NUMBERS else (_STRANGE,)
    probes.append(it.outcomes(strange))
    count = len(cases) if it.alone else len(probes)
    said = it.item.sayings.settle(probes, [*shares, 0.0], count, whole=it.alone)
    return said if said[-1] else said[: len(cases)]


def slider(it: Asked) -> Body:
    """sliderInteraction"""
    it.node.ignore("lowerBound", "upperBound", "step", "stepLabel", "orientation", "reverse")
    it.tell("The slider is a field for a number here.")
    return entry(it)


def _short_answer(it: Asked, cases: list[Case], shares: list[float], said: list[str]) -> Body:
    heeded = {case.taken.heed_case for case in cases if not case.taken.takes_all}
    own = it.own("case-sensitive")
    heed_case = own == "true" if own else True in heeded
    if len(heeded) > 1 and not own:
        it.tell("Capitals count in all answers or in none; here they count in all.")
    patterns = tuple(
        Pattern(case.taken.pattern, worth, text)
        for case, worth, text in zip(cases, shares, said, strict=True)
    )
    return ShortAnswer(patterns, heed_case, it.own("accents") != "ignored")


def _numerical(it: Asked, cases: list[Case], shares: list[float], said: list[str]) -> Body:
    values = []
    for case, worth, text in zip(cases, shares, said, strict=True):
        taken, number = case.taken, None
        if taken.number is not None:
            number = float(as_number("".join(taken.number.itertext())))
        values.append(Number(number, taken.tolerance, worth, text, taken.relative))
    return Numerical(tuple(values), *_units(it))


def _units(it: Asked) -> tuple[tuple[Unit, ...], float]:
    rows = json.loads(it.own("units") or "[]")
    units = tuple(Unit(str(name), float(as_number(str(factor)))) for name, factor in rows)
    return units, float(as_number(it.own("unit-penalty") or "0"))


def _calculated(it: Asked, cases: list[Case], shares: list[float], said: list[str]) -> Body:
    if it.item.drawn.trouble:
        raise ValueError(it.item.drawn.trouble)
    if it.response.base_type not in _NUMBERS:
        raise ValueError("its values differ from attempt to attempt, which only numbers may")
    rows = json.loads(it.own("formulas") or "[]")
    formulas = []
    for number, (case, worth, text) in enumerate(zip(cases, shares, said, strict=True)):
        if case.taken.number is None:
            raise ValueError("a calculated question that takes any number")
        own = rows[number] if number < len(rows) else None
        formula, digits, significant = _formula(it, case.taken.number, own)
        formulas.append(
            Formula(
                formula,
                case.taken.tolerance,
                case.taken.relative,
                worth,
                text,
                digits,
                significant,
            )
        )
    variables = tuple(it.item.drawn.variables.values())
    return Calculated(tuple(formulas), variables, *_units(it))


def _formula(it: Asked, node: Element, own: object) -> tuple[str, int, bool]:
    """The formula, ours if it still says the same, and how its value is rounded."""
    if isinstance(own, list):
        text, digits, significant = str(own[0]), int(own[1]), bool(own[2])
        if alike(rounded(text, digits, significant=significant), node):
            return text, digits, significant
    digits, significant = -1, False
    if node.tag == "roundTo" and len(node) == 1:
        digits = int(as_number(node.get("figures", "0")))
        significant = node.get("roundingMode") == "significantFigures"
        node = node[0]
    return formula_of(node, it.item.drawn), digits, significant


def _chain(it: Asked) -> list[Case]:
    """The cases of the first condition that asks for one answer after the other."""
    for rule in it.item.scoring.rules:
        for condition in rule.iter("responseCondition"):
            found = _cases(it, condition)
            if found:
                return found
    return []


def _cases(it: Asked, condition: Element) -> list[Case]:
    found: list[Case] = []
    for branch in condition:
        if branch.tag == "responseElse":
            continue
        taken = list(_taken(it, branch[0])) if len(branch) else []
        score = [
            rule[0]
            for rule in branch
            if rule.tag == "setOutcomeValue" and rule.get("identifier") == it.outcome and len(rule)
        ]
        if not taken or len(score) != 1:
            return []
        value = it.item.scoring.constant(score[0])
        if not value:
            return []
        outcomes = {
            rule.get("identifier", ""): tuple(
                (node.text or "").strip() for node in rule.iter("baseValue")
            )
            for rule in branch
            if rule.tag == "setOutcomeValue"
        }
        found += [Case(one, as_number(value[0]), outcomes) for one in taken]
    return found


def _tried(it: Asked) -> list[Case]:
    """The answers that the item names, each with what it earns when it is given."""
    mapping = it.response.mapping if it.item.scoring.by_mapping else None
    taken: dict[tuple[str, bool], Taken] = {}
    for entry_ in mapping.entries if mapping else ():
        for one in _literal(it, entry_.key, heed_case=entry_.heed_case):
            taken.setdefault((one.sample, one.heed_case), one)
    if not taken:
        for value in it.response.correct:
            for one in _literal(it, value):
                taken.setdefault((one.sample, one.heed_case), one)
    for rule in it.item.scoring.rules:
        for node in rule.iter():
            for one in _taken(it, node):
                taken.setdefault((one.sample, one.heed_case), one)
    cases = [
        Case(one, it.score((one.sample,)), it.outcomes((one.sample,)))
        for one in taken.values()
        if one.sample
    ]
    if mapping and mapping.default and it.response.base_type == "string":
        strange = (_STRANGE,)
        cases.append(Case(Taken(_STRANGE, "*"), it.score(strange), it.outcomes(strange)))
    return cases


def _literal(it: Asked, text: str, *, heed_case: bool = True) -> list[Taken]:
    if it.response.base_type not in _NUMBERS:
        return [Taken(text, literal(text), heed_case)]
    node = Element("baseValue")
    node.text = str(as_number(text))
    return [Taken(text, number=node)]


def _taken(it: Asked, node: Element) -> Iterator[Taken]:
    """The answers for which a condition is true; none if it is not of that kind."""
    ours = [
        child
        for child in node
        if child.tag == "variable" and child.get("identifier") == it.response.identifier
    ]
    others = [child for child in node if child not in ours]
    if node.tag == "or" and len(node):
        inner = [list(_taken(it, child)) for child in node]
        if all(inner):
            yield from (one for found in inner for one in found)
    elif node.tag == "not" and len(node) == 1 and node[0].tag == "isNull":
        if it.response.base_type in _NUMBERS and node[0].find("variable") is not None:
            yield Taken("1")
    elif len(ours) != 1:
        return
    elif it.response.base_type in _NUMBERS and len(others) == 1:
        yield from _number(it, node, others[0])
    elif node.tag == "patternMatch":
        if (found := pattern_of(node.get("pattern", ""))) is not None:
            yield Taken(sample_of(found[0]) or "x", *found)
    elif len(others) == 1:
        yield from _texts(it, node, others[0])


def _texts(it: Asked, node: Element, other: Element) -> Iterator[Taken]:
    heed_case = node.get("caseSensitive", "true") != "false"
    around = "*" if node.get("substring") == "true" or node.tag == "substring" else ""
    if node.tag in ("match", "stringMatch", "substring", "member", "equal"):
        for text in _constants(it, other):
            yield Taken(text, f"{around}{literal(text)}{around}", heed_case)


def _constants(it: Asked, node: Element) -> tuple[str, ...]:
    if node.tag == "correct":
        response = it.item.declared.responses.get(node.get("identifier", ""))
        return response.correct if response is not None else ()
    return it.item.scoring.constant(node)


def _number(it: Asked, node: Element, other: Element) -> Iterator[Taken]:
    if node.tag not in ("equal", "equalRounded", "match"):
        return
    if it.item.drawn.correct or it.item.drawn.variables:
        if other.tag == "correct" and other.get("identifier", "") in it.item.drawn.correct:
            other = it.item.drawn.correct[other.get("identifier", "")]
        tolerance, relative = _tolerance(it, node)
        yield Taken("1", number=other, tolerance=tolerance, relative=relative)
        return
    for text in _constants(it, other):
        yield _near(it, node, as_number(text))


def _near(it: Asked, node: Element, wanted: Decimal) -> Taken:
    tolerance, relative = _tolerance(it, node)
    rooms = [as_number(room) for room in node.get("tolerance", "0").split()] or [Decimal(0)]
    middle = wanted
    if rooms[0] != rooms[-1] and tolerance:
        unit = abs(wanted) / 100 if relative else Decimal(1)
        middle = wanted + (rooms[-1] - rooms[0]) * unit / 2
        tolerance, relative = float((rooms[-1] + rooms[0]) * unit / 2), False
        it.tell(f"The tolerance below and above {wanted} differs; their middle is the answer here.")
    number = Element("baseValue")
    number.text = str(middle)
    return Taken(str(middle), number=number, tolerance=tolerance, relative=relative)


def _tolerance(it: Asked, node: Element) -> tuple[float, bool]:
    """How far off a number may be, and whether that is a share of it."""
    if node.tag == "equalRounded":
        figures = int(as_number(node.get("figures", "0")))
        if node.get("roundingMode") != "decimalPlaces":
            it.tell("That the number is compared in its first digits is a relative tolerance here.")
            return 0.5 * 10.0 ** -min(30, max(0, figures - 1)), True
        it.tell("That the number is rounded before it is compared is a tolerance here.")
        return 0.5 * 10.0 ** -min(30, max(0, figures)), False
    mode = node.get("toleranceMode", "exact") if node.tag == "equal" else "exact"
    if mode == "exact":
        return 0.0, False
    room = as_number((node.get("tolerance", "0").split() or ["0"])[0])
    if re.search("false", node.get("includeLowerBound", "") + node.get("includeUpperBound", "")):
        it.tell("The bounds of a tolerance are always inside it.")
    return (float(room.scaleb(-2)), True) if mode == "relative" else (float(room), False)

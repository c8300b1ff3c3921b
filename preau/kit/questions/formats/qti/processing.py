"""Following an item's response processing: what an answer earns and what is said to it.

Nothing is guessed from how the rules are written: they are run with the answers in question.
All numbers are decimal, so that a share comes out as it was put in.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, DecimalException, localcontext
from xml.etree.ElementTree import Element

from preau.kit.questions.formats.qti.declarations import Declarations, Response
from preau.kit.questions.formats.qti.node import as_number
from preau.kit.questions.formats.qti.patterns import pattern_of
from preau.kit.questions.types.short_answer import fits

Value = tuple[str, ...]  # of any base type, as it is written; empty: NULL
Answers = Mapping[str, Value]
TRUE, FALSE, NULL = ("true",), ("false",), ()
_LONGEST = 10_000  # letters of an answer that a pattern is held against
_STEPS = 2_000_000  # of all runs for one item together
EXACT = Context(prec=60, Emax=5000, Emin=-5000)


class Unfollowed(Exception):  # noqa: N818  (no error: another way is taken then)
    """A rule that is not followed here; the text names it."""


@dataclass
class Run:
    """The variables while the rules run."""

    answers: Answers
    outcomes: dict[str, Value]


class Processing:
    """The rules of one item. Raises ``Unfollowed`` where they go beyond what is known here."""

    def __init__(self, rules: Sequence[Element], declared: Declarations) -> None:
        self._rules = rules
        self._declared = declared
        self._left = _STEPS

    def run(self, answers: Answers) -> dict[str, Value]:
        """The outcomes of these answers."""
        run = Run(answers, {"SCORE": ("0",), **self._declared.outcomes})
        if not run.outcomes["SCORE"]:
            run.outcomes["SCORE"] = ("0",)
        with localcontext(EXACT):
            self._follow(self._rules, run)
        return run.outcomes

    def constant(self, expression: Element) -> Value:
        """What an expression is before anything is answered."""
        with localcontext(EXACT):
            return self._value(expression, Run({}, dict(self._declared.outcomes)))

    def _follow(self, rules: Sequence[Element], run: Run) -> bool:
        """Whether they go on after these."""
        for rule in rules:
            self._step()
            if rule.tag == "responseCondition":
                if not self._condition(rule, run):
                    return False
            elif rule.tag == "setOutcomeValue":
                children = list(rule)
                if len(children) != 1:
                    raise Unfollowed(rule.tag)
                run.outcomes[rule.get("identifier", "")] = self._value(children[0], run)
            elif rule.tag == "responseProcessingFragment":
                if not self._follow(list(rule), run):
                    return False
            elif rule.tag == "exitResponse":
                return False
            else:
                raise Unfollowed(rule.tag)
        return True

    def _condition(self, rule: Element, run: Run) -> bool:
        for branch in rule:
            self._step()
            children = list(branch)
            if branch.tag == "responseElse":
                return self._follow(children, run)
            if branch.tag not in ("responseIf", "responseElseIf") or not children:
                raise Unfollowed(branch.tag)
            if self._value(children[0], run) == TRUE:
                return self._follow(children[1:], run)
        return True

    def _step(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise Unfollowed("too many rules")

    def _value(self, node: Element, run: Run) -> Value:
        self._step()
        name = node.get("identifier", "")
        if node.tag == "baseValue":
            text = "".join(node.itertext()).strip()
            self._left -= len(text) >> 6
            return (text,)
        if node.tag == "variable":
            response = self._declared.responses.get(name)
            if response is None or name not in run.answers:
                return run.outcomes.get(name, NULL)
            return _undirected(response, run.answers[name])
        if node.tag in ("correct", "default", "mapResponse"):
            return self._declared_value(node.tag, name, run)
        if node.tag not in _OPERATORS and node.tag != "match":
            raise Unfollowed(node.tag)
        values = [self._value(child, run) for child in node]
        if node.tag == "match" and len(values) == 2:
            return self._match(node, *values)
        self._left -= sum(map(len, values))
        try:
            return _OPERATORS[node.tag](node, values)
        except (DecimalException, ValueError, IndexError):
            return NULL

    def _match(self, node: Element, one: Value, other: Value) -> Value:
        """Whether both have the same values; their order counts only where it is declared."""
        if not one or not other:
            return NULL
        if len(one) == len(other) and all(map(_same, one, other)):
            return TRUE
        ordered = any(
            child.tag == "ordered"
            or self._declared.cardinality(child.get("identifier", "")) == "ordered"
            for child in node
        )
        return _truth(not ordered and sorted(one) == sorted(other))

    def _declared_value(self, tag: str, name: str, run: Run) -> Value:
        response = self._declared.responses.get(name)
        if response is None:
            return self._declared.outcomes.get(name, NULL) if tag == "default" else NULL
        if tag == "mapResponse":
            self._left -= len(response.mapping.entries) if response.mapping else 0
            return (str(mapped(response, run.answers.get(name, NULL))),)
        return _undirected(response, response.correct if tag == "correct" else response.default)


def _undirected(response: Response, value: Value) -> Value:
    """A pair is the same from both sides."""
    if response.base_type != "pair":
        return value
    return tuple(normal(response, it) for it in value)


def mapped(response: Response, answer: Value) -> Decimal:
    """What the mapping gives for the answer; each value of it counts once."""
    mapping = response.mapping
    if mapping is None:
        return Decimal(0)
    exact: dict[str, Decimal] = {}
    folded: dict[str, Decimal] = {}
    for entry in mapping.entries:
        key = normal(response, entry.key)
        if entry.heed_case:
            exact.setdefault(key, entry.value)
        else:
            folded.setdefault(key.casefold(), entry.value)
    total = Decimal(0)
    for value in dict.fromkeys(normal(response, it) for it in answer):
        total += exact.get(value, folded.get(value.casefold(), mapping.default))
    return mapping.bounded(total)


def normal(response: Response, value: str) -> str:
    """A value that another may be compared with: pairs have no direction, numbers one form."""
    if response.base_type == "pair":
        return " ".join(sorted(value.split()))
    if response.base_type in ("float", "integer"):
        try:
            return str(as_number(value).normalize(EXACT))
        except ValueError:
            return value
    return " ".join(value.split()) if response.base_type == "directedPair" else value


def _number(value: Value) -> Decimal:
    return as_number(value[0])


def _truth(said: bool) -> Value:
    return TRUE if said else FALSE


def _same(one: str, other: str) -> bool:
    if one == other:
        return True
    try:
        return as_number(one) == as_number(other)
    except ValueError:
        return False


def _equal(node: Element, values: list[Value]) -> Value:
    given, wanted = _number(values[0]), _number(values[1])
    low, high = bounds(node, wanted)
    return _truth(low <= given <= high)


def bounds(node: Element, wanted: Decimal) -> tuple[Decimal, Decimal]:
    """Between which numbers an ``equal`` is true. Raises ``ValueError``."""
    rooms = [as_number(it) for it in node.get("tolerance", "0").split()] or [Decimal(0)]
    mode = node.get("toleranceMode", "exact")
    if mode == "exact":
        return wanted, wanted
    if mode == "relative":
        rooms = [abs(wanted) * room / 100 for room in rooms]
    return wanted - rooms[0], wanted + rooms[-1]


def rounded(node: Element, value: Decimal) -> Decimal:
    """As ``roundTo`` and ``equalRounded`` say. Raises ``ValueError``."""
    figures = int(as_number(node.get("figures", "0")))
    if not 0 <= figures <= 30:
        raise ValueError("too many figures")
    if node.get("roundingMode") == "decimalPlaces":
        return value.quantize(Decimal(1).scaleb(-figures), rounding=ROUND_HALF_UP)
    return Context(prec=max(1, figures), rounding=ROUND_HALF_UP).plus(value)


def _equal_rounded(node: Element, values: list[Value]) -> Value:
    one, other = (rounded(node, _number(value)) for value in values)
    return _truth(one == other)


def _string_match(node: Element, values: list[Value]) -> Value:
    one, other = (value[0] for value in values)
    if node.get("caseSensitive", "true") == "false":
        one, other = one.casefold(), other.casefold()
    inside = node.get("substring") == "true" or node.tag == "substring"
    if node.tag == "substring":
        one, other = other, one
    return _truth(other in one if inside else one == other)


def _pattern(node: Element, values: list[Value]) -> Value:
    pattern = pattern_of(node.get("pattern", ""))
    if pattern is None:
        raise Unfollowed("patternMatch")
    text, heed_case = pattern
    given = values[0][0][:_LONGEST]
    if not heed_case:
        text, given = text.casefold(), given.casefold()
    return _truth(fits(text, given))


def _boolean(node: Element, values: list[Value]) -> Value:
    if node.tag == "not":
        return _truth(values[0] != TRUE) if values[0] else NULL
    said = [value == TRUE for value in values]
    return _truth(all(said) if node.tag == "and" else any(said))


def _container(node: Element, values: list[Value]) -> Value:
    if node.tag == "containerSize":
        return (str(len(values[0])),)
    if node.tag == "index":
        return (values[0][int(as_number(node.get("n", "0"))) - 1],)
    if node.tag == "member":
        return _truth(values[0][0] in values[1])
    if node.tag == "contains":
        return _truth(set(values[1]) <= set(values[0]))
    if node.tag == "delete":
        return tuple(it for it in values[1] if it != values[0][0])
    return tuple(it for value in values for it in value)


def _compare(node: Element, values: list[Value]) -> Value:
    one, other = map(_number, values)
    return _truth(
        {"lt": one < other, "lte": one <= other, "gt": one > other, "gte": one >= other}[node.tag]
    )


def _arithmetic(node: Element, values: list[Value]) -> Value:
    numbers = [as_number(it) for value in values for it in value]
    if any(not value for value in values):
        return NULL
    return (str(_ARITHMETIC[node.tag](numbers)),)


def _product(numbers: list[Decimal]) -> Decimal:
    found = Decimal(1)
    for number in numbers:
        found *= number
    return found


def _mathematical(node: Element, values: list[Value]) -> Value:
    """Nothing of nothing; only formulas with drawn values need more, and those are not run."""
    if values and all(values):
        raise Unfollowed(node.get("name", node.tag))
    return NULL


_ARITHMETIC: dict[str, Callable[[list[Decimal]], Decimal]] = {
    "sum": lambda it: sum(it, Decimal(0)), "product": _product,
    "subtract": lambda it: it[0] - it[1], "divide": lambda it: it[0] / it[1],
    "power": lambda it: it[0] ** it[1], "max": max, "min": min,
    "integerToFloat": lambda it: it[0], "round": lambda it: it[0].to_integral_value(),
    "truncate": lambda it: it[0] // 1, "integerDivide": lambda it: it[0] // it[1],
    "integerModulus": lambda it: it[0] % it[1],
}  # fmt: skip
_OPERATORS: dict[str, Callable[[Element, list[Value]], Value]] = {
    "null": lambda _node, _values: NULL, "isNull": lambda _node, it: _truth(it[0] in ((), ("",))),
    "equal": _equal, "equalRounded": _equal_rounded,
    "stringMatch": _string_match, "substring": _string_match, "patternMatch": _pattern,
    **dict.fromkeys(("and", "or", "not"), _boolean),
    **dict.fromkeys(
        ("containerSize", "index", "member", "contains", "delete", "multiple", "ordered"),
        _container,
    ),
    **dict.fromkeys(("lt", "lte", "gt", "gte"), _compare),
    **dict.fromkeys(_ARITHMETIC, _arithmetic),
    **dict.fromkeys(("mathOperator", "mathConstant"), _mathematical),
    "roundTo": lambda node, it: (str(rounded(node, _number(it[0]))),),
}  # fmt: skip

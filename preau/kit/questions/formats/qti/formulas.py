"""Values that are drawn for each attempt, and formulas, between QTI and our own language."""

import ast
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from xml.etree.ElementTree import Element

from preau.kit.questions.formats.qti.elements import Qti, base, q, variable
from preau.kit.questions.formats.qti.node import Node, as_number
from preau.kit.questions.types.calculated import Variable

_LONGEST = 1000  # as the formula language has it
_NAMED = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
_SAME = frozenset(
    [
        "sin",
        "cos",
        "tan",
        "asin",
        "acos",
        "atan",
        "atan2",
        "sinh",
        "cosh",
        "tanh",
        "exp",
        "floor",
        "ceil",
        "abs",
    ]
)  # in ours and in QTI's
_OURS = {**{name: name for name in _SAME}, "log": "log10", "ln": "log",
         "toDegrees": "rad2deg", "toRadians": "deg2rad"}  # fmt: skip
_THEIRS = {ours: theirs for theirs, ours in _OURS.items()}
_FLOAT_DECIMALS = 3  # of a number that is drawn without being rounded


@dataclass
class Drawn:
    """What is drawn, what is computed from it, and the right answers.

    ``trouble`` says why none of it can be taken.
    """

    variables: dict[str, Variable] = field(default_factory=dict)
    derived: dict[str, str] = field(default_factory=dict)
    correct: dict[str, Element] = field(default_factory=dict)
    dropped: list[str] = field(default_factory=list)
    trouble: str = ""


def drawn_from(item: Node) -> Drawn:
    """The template declarations and the template processing of an item."""
    drawn = Drawn()
    for node in item.all("templateDeclaration"):
        node.ignore("cardinality", "baseType", "mathVariable", "paramVariable")
        if (default := node.element.findtext("defaultValue/value")) is not None:
            drawn.derived[node.attribute("identifier")] = default.strip()
        for child in node.element:
            node.take(child)
    processing = item.first("templateProcessing")
    if processing is None:
        return drawn
    for rule in processing.element:
        processing.take(rule)
        try:
            _rule(rule, drawn)
        except (ValueError, IndexError) as error:
            drawn.trouble = drawn.trouble or f"what is drawn can't be said here: {error}"
    return drawn


def _rule(rule: Element, drawn: Drawn) -> None:
    name = rule.get("identifier", "")
    if rule.tag == "setCorrectResponse" and len(rule) == 1:
        drawn.correct[name] = rule[0]
    elif rule.tag == "setTemplateValue" and len(rule) == 1:
        found = _drawn(name, rule[0], drawn)
        if found is not None:
            drawn.variables[name] = found
        else:
            drawn.derived[name] = formula_of(rule[0], drawn)
    elif rule.tag == "templateConstraint":
        drawn.dropped.append("<templateConstraint>: values are drawn without conditions.")
    else:
        raise ValueError(f"<{rule.tag}> in the template processing")


def _drawn(name: str, expression: Element, drawn: Drawn) -> Variable | None:
    """The values between two bounds that are drawn; None where they are computed."""
    decimals = None
    if expression.tag == "roundTo" and expression.get("roundingMode") == "decimalPlaces":
        decimals = int(as_number(expression.get("figures", "0")))
        if len(expression) != 1 or expression[0].tag != "randomFloat":
            return None
        expression = expression[0]
    if expression.tag not in ("randomFloat", "randomInteger"):
        return None
    low, high = (as_number(expression.get(side, "0")) for side in ("min", "max"))
    if expression.tag == "randomInteger":
        decimals = 0
        if expression.get("step", "1") != "1":
            drawn.dropped.append(f"“{name}” is any whole number, not in steps.")
    elif decimals is None:
        decimals = _FLOAT_DECIMALS
        drawn.dropped.append(f"“{name}” is rounded to {decimals} decimals.")
    return Variable(name, float(low), float(high), decimals)


def formula_of(node: Element, drawn: Drawn) -> str:
    """The expression in our language. Raises ``ValueError`` for what it cannot say."""
    text = _formula(node, drawn)
    if len(text) > _LONGEST:
        raise ValueError("a formula is too long")
    return text


def _formula(node: Element, drawn: Drawn) -> str:
    name = node.get("identifier", "")
    if node.tag == "baseValue":
        return _digits(as_number("".join(node.itertext())))
    if node.tag in ("variable", "correct"):
        return _named(node.tag, name, drawn)
    if node.tag == "mathConstant":
        return {"pi": "pi()", "e": "exp(1)"}[node.get("name", "pi")]
    parts = [formula_of(child, drawn) for child in node]
    if node.tag in _INFIX and parts:
        return _INFIX[node.tag].join(map(_apart, parts))
    found = _SAYS.get(node.tag)
    said = found(node, parts) if found is not None else None
    if said is None:
        raise ValueError(f"<{node.tag}> in a formula")
    return said


def _called(name: str, parts: list[str]) -> str:
    return f"{name}({', '.join(parts)})"


def _operated(node: Element, parts: list[str]) -> str | None:
    name = node.get("name", "")
    return _called(_OURS[name], parts) if name in _OURS else None


def _to_places(node: Element, parts: list[str]) -> str | None:
    if node.get("roundingMode") != "decimalPlaces":
        return None
    return f"round({parts[0]}, {int(as_number(node.get('figures', '0')))})"


def _left_over(_node: Element, parts: list[str]) -> str:
    one, other = map(_apart, parts)
    return f"{one} - {other} * floor({one} / {other})"


_SAYS: dict[str, Callable[[Element, list[str]], str | None]] = {
    "integerToFloat": lambda _node, parts: parts[0],
    "mathOperator": _operated,
    **dict.fromkeys(("round", "min", "max"), lambda node, parts: _called(node.tag, parts)),
    "roundTo": _to_places,
    "integerDivide": lambda _node, it: f"floor({_apart(it[0])} / {_apart(it[1])})",
    "integerModulus": _left_over,
}
_INFIX = {"sum": " + ", "subtract": " - ", "product": " * ", "divide": " / ", "power": "^"}


def _named(tag: str, name: str, drawn: Drawn) -> str:
    if tag == "correct" and name in drawn.correct:
        return formula_of(drawn.correct[name], drawn)
    if name in drawn.variables:
        return f"{{{name}}}"
    if name in drawn.derived:
        return drawn.derived[name]
    raise ValueError(f"the value “{name[:40]}” in a formula")


def _apart(text: str) -> str:
    simple = re.fullmatch(r"[0-9.]+|\{\w+\}|\w+\([^()]*\)", text)
    return text if simple else f"({text})"


def _digits(number: Decimal) -> str:
    whole = number == number.to_integral_value() and abs(number) < 10**15
    return str(int(number)) if whole else repr(float(number))


def expression(text: str) -> Qti:
    """A formula as an expression. Raises ``ValueError`` for what is none."""
    if len(text) > _LONGEST:
        raise ValueError("a formula is too long")
    plain = _NAMED.sub(r"(value_of_\1)", text).replace("^", "**").strip()
    try:
        return _expression(ast.parse(plain, mode="eval").body)
    except (SyntaxError, RecursionError, MemoryError, KeyError, IndexError):
        raise ValueError(f"“{text[:40]}” is no formula") from None


def rounded(text: str, digits: int, *, significant: bool) -> Qti:
    """A formula whose value is rounded, unless ``digits`` is below 0. Raises ``ValueError``."""
    found = expression(text)
    if digits < 0:
        return found
    mode = "significantFigures" if significant else "decimalPlaces"
    return q("roundTo", {"roundingMode": mode, "figures": max(digits, int(significant))}, found)


def _expression(node: ast.expr) -> Qti:
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return base("float", repr(node.value))
    if isinstance(node, ast.Name):
        return variable(node.id.removeprefix("value_of_"))
    if isinstance(node, ast.UnaryOp):
        inner = _expression(node.operand)
        return inner if isinstance(node.op, ast.UAdd) else q("product", None, _whole(-1), inner)
    if isinstance(node, ast.BinOp):
        one, other = _expression(node.left), _expression(node.right)
        if isinstance(node.op, ast.Mod):
            return _modulus(one, other)
        return q(_BINARY[type(node.op)], None, one, other)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return _call(node.func.id, [_expression(it) for it in node.args])
    raise ValueError("a part of a formula")


_BINARY: dict[type[ast.operator], str] = {
    ast.Add: "sum", ast.Sub: "subtract", ast.Mult: "product", ast.Div: "divide", ast.Pow: "power",
}  # fmt: skip


def _whole(number: int) -> Qti:
    return base("float", number)


def _operator(name: str, *arguments: Element) -> Qti:
    return q("mathOperator", {"name": name}, *arguments)


def _call(name: str, given: list[Qti]) -> Qti:
    if name in _THEIRS and not (name == "log" and len(given) == 2):
        return _operator(_THEIRS[name], *given)
    if name in ("min", "max"):
        return q(name, None, *given)
    return _SAID[name](*given)


def _modulus(one: Qti, other: Qti) -> Qti:
    """What is left of a division, with the sign of the first, as ``fmod`` has it."""
    times = q("truncate", None, q("divide", None, one, other))
    return q("subtract", None, one, q("product", None, other, times))


def _root(it: Qti) -> Qti:
    return q("power", None, it, base("float", 0.5))


def _area(it: Qti, sign: str) -> Qti:
    square = q(sign, None, q("power", None, it, _whole(2)), _whole(1))
    return _operator("ln", q("sum", None, it, _root(square)))


def _artanh(it: Qti) -> Qti:
    ratio = q("divide", None, q("sum", None, _whole(1), it), q("subtract", None, _whole(1), it))
    return q("product", None, base("float", 0.5), _operator("ln", ratio))


def _round(it: Qti, digits: Qti | None = None) -> Qti:
    if digits is None:
        return q("round", None, it)
    figures = int(as_number(digits.text or ""))
    return q("roundTo", {"roundingMode": "decimalPlaces", "figures": figures}, it)


_SAID: dict[str, Callable[..., Qti]] = {
    "pi": lambda: q("mathConstant", {"name": "pi"}),
    "sqrt": _root,
    "pow": lambda one, other: q("power", None, one, other),
    "log": lambda it, to: q("divide", None, _operator("ln", it), _operator("ln", to)),
    "log1p": lambda it: _operator("ln", q("sum", None, _whole(1), it)),
    "expm1": lambda it: q("subtract", None, _operator("exp", it), _whole(1)),
    "fmod": _modulus,
    "asinh": lambda it: _area(it, "sum"),
    "acosh": lambda it: _area(it, "subtract"),
    "atanh": _artanh,
    "round": _round,
}

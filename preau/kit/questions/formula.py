"""Formulas of calculated questions: arithmetic, a few functions, named values. Nothing runs.

The text is parsed as a Python expression and only the nodes listed here are computed, all in
floating point, so that no formula takes long or reaches anything.
"""

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from preau.kit.errors import PreauError

_LONGEST, _DEEPEST = 1000, 60
_FEWEST_PLACES = -400  # where every number is 0
_KEPT = 100  # trees of formulas; the largest takes half a megabyte
_VARIABLE = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
_NAMED = "value_of_"  # before a variable's name, so that none is taken for a function


def _rounded(value: float, digits: float = 0.0) -> float:
    """Halves of the number as it is written go away from zero, as PHP and so Moodle have it.

    Source: PHP manual, “round”, from PHP 8.4 on; before, it took 3.4499999999999997 for 3.45.
    """
    places = max(int(digits), _FEWEST_PLACES)
    if not math.isfinite(value):
        return value
    written = Decimal(repr(value))
    if -places <= int(written.as_tuple().exponent):
        return value
    return float(written.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


_BINARY: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul,
    ast.Div: operator.truediv, ast.Mod: math.fmod, ast.Pow: math.pow,
}  # fmt: skip
_UNARY: dict[type[ast.unaryop], Callable[[float], float]] = {
    ast.UAdd: operator.pos, ast.USub: operator.neg,
}  # fmt: skip
_FUNCTIONS: dict[str, tuple[Callable[..., float], int, int]] = {  # and their fewest, most values
    **{
        name: (getattr(math, name), 1, 1)
        for name in (
            "acos", "acosh", "asin", "asinh", "atan", "atanh", "cos", "cosh", "exp", "expm1",
            "log10", "log1p", "sin", "sinh", "sqrt", "tan", "tanh", "ceil", "floor",
        )
    },
    "abs": (abs, 1, 1), "atan2": (math.atan2, 2, 2), "deg2rad": (math.radians, 1, 1),
    "fmod": (math.fmod, 2, 2), "log": (math.log, 1, 2), "max": (max, 1, 20), "min": (min, 1, 20),
    "pi": (lambda: math.pi, 0, 0), "pow": (math.pow, 2, 2), "rad2deg": (math.degrees, 1, 1),
    "round": (_rounded, 1, 2),
}  # fmt: skip


class FormulaError(PreauError):
    """A formula that cannot be computed; the text says which part and why."""


def variables_in(formula: str) -> set[str]:
    """The names that stand in braces in a formula or a text."""
    return set(_VARIABLE.findall(formula))


def compute(formula: str, values: Mapping[str, float]) -> float:
    """The formula's value. Raises ``FormulaError``."""
    if len(formula) > _LONGEST:
        raise FormulaError(f"The formula is longer than {_LONGEST} characters.")
    if formula.count("(") > _DEEPEST or "__" in formula or _NAMED in formula:
        raise FormulaError(f"“{_short(formula)}” is too deep, or has a name that may not be used.")
    try:
        found = float(_value(_tree(formula), values))
    except FormulaError:
        raise
    except ZeroDivisionError:
        raise FormulaError(f"“{_short(formula)}” divides by zero.") from None
    except (ValueError, TypeError, OverflowError, RecursionError, MemoryError) as it:
        raise FormulaError(f"“{_short(formula)}” can't be computed: {_reason(it)}.") from None
    if not math.isfinite(found):
        raise FormulaError(f"“{_short(formula)}” has no finite value.")
    return found


def _tree(formula: str) -> ast.expr:
    found = _parsed(formula)
    if isinstance(found, str):
        raise FormulaError(f"“{_short(formula)}” can't be computed: {found}.")
    return found


@lru_cache(maxsize=_KEPT)
def _parsed(formula: str) -> ast.expr | str:
    """The formula's tree, or why it has none.

    Kept, since a formula is computed for every attempt, and many times while values are drawn.
    """
    text = _VARIABLE.sub(rf"({_NAMED}\1)", formula).replace("^", "**").strip()
    try:
        return ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError) as error:  # others say how deep the caller is: not kept
        return _reason(error)


def _value(node: ast.expr, values: Mapping[str, float]) -> float:
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return float(node.value)  # type: ignore[arg-type]
    if isinstance(node, ast.Name) and node.id.startswith(_NAMED):
        name = node.id.removeprefix(_NAMED)
        if name not in values:
            raise FormulaError(f"There is no value “{{{name}}}”.")
        return float(values[name])
    if isinstance(node, ast.BinOp) and type(node.op) in _BINARY:
        return _BINARY[type(node.op)](_value(node.left, values), _value(node.right, values))
    if isinstance(node, ast.UnaryOp) and type(node.op) in _UNARY:
        return _UNARY[type(node.op)](_value(node.operand, values))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords:
        return _call(node.func.id, [_value(it, values) for it in node.args])
    raise FormulaError(f"“{_short(ast.unparse(node))}” is not allowed in a formula.")


def _call(name: str, arguments: list[float]) -> float:
    if name not in _FUNCTIONS:
        raise FormulaError(f"There is no function “{name}”; use {', '.join(sorted(_FUNCTIONS))}.")
    function, fewest, most = _FUNCTIONS[name]
    if not fewest <= len(arguments) <= most:
        raise FormulaError(f"“{name}” takes {fewest} to {most} values, not {len(arguments)}.")
    return float(function(*arguments))


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"


def _reason(error: BaseException) -> str:
    if isinstance(error, SyntaxError):
        return error.msg or "it is no formula"
    return str(error) or "it is too large"

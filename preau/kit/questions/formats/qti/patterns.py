"""Between our patterns of short answers and the regular expressions of ``patternMatch``."""

import re

from preau.kit.questions.types.short_answer import Pattern

_LONGEST = 2_000  # letters of an expression
_SPECIAL = set("\\.*+?()[]{}|^$-")
_PAIR = re.compile(r"\[(.)(.)\]")
_ESCAPED = re.compile(r"\\([\\.*+?()\[\]{}|^$-])")


def expression_of(pattern: str, *, heed_case: bool) -> str:
    """The expression that takes what the pattern takes."""
    pieces = []
    for part in re.split(r"(\\\*|\*)", pattern):
        if part == "*":
            pieces.append(".*")
        elif part == "\\*":
            pieces.append("\\*")
        else:
            pieces += [_letter(letter, heed_case=heed_case) for letter in part]
    return "".join(pieces)


def _letter(letter: str, *, heed_case: bool) -> str:
    other = letter.swapcase()
    if not heed_case and other != letter and len(other) == 1 and other.swapcase() == letter:
        return f"[{letter}{other}]"
    return f"\\{letter}" if letter in _SPECIAL else letter


def pattern_of(expression: str) -> tuple[str, bool] | None:
    """Our pattern, and whether it heeds case; None for an expression that says more."""
    if len(expression) > _LONGEST:
        return None
    pieces, heed_case, at = [], True, 0
    while at < len(expression):
        pair, escaped = _PAIR.match(expression, at), _ESCAPED.match(expression, at)
        if expression.startswith(".*", at):
            pieces.append("*")
            at += 2
        elif pair and pair[1] != pair[2] and pair[1].swapcase() == pair[2]:
            pieces.append(pair[1])
            heed_case = False
            at += 4
        elif escaped:
            pieces.append(literal(escaped[1]))
            at += 2
        elif expression[at] in _SPECIAL - {"-"}:
            return None
        else:
            pieces.append(expression[at])
            at += 1
    return "".join(pieces), heed_case


def literal(text: str) -> str:
    """The pattern that takes just this text."""
    return text.replace("*", "\\*")


def words_of(pattern: Pattern) -> str | None:
    """The only text that the pattern takes, or None where it takes several."""
    apart = re.split(r"(?<!\\)\*", pattern.text)
    return apart[0].replace("\\*", "*") if len(apart) == 1 else None


def sample_of(pattern: str) -> str:
    """A text that the pattern takes."""
    return re.sub(r"(?<!\\)\*", "", pattern).replace("\\*", "*")

"""Formulas, between Moodle's way of writing them (PHP) and ours; nothing is computed here."""

import re

_FUNCTION = re.compile(r"(?<![A-Za-z0-9_])[A-Za-z_][A-Za-z0-9_]*(?=\s{0,20}\()")
_CHOICE = re.compile(r"\{(?:=(.+)|([A-Za-z_][A-Za-z0-9_]*))\}", re.DOTALL)
# A formula that Moodle computes inside a text: {={a}*2}.
_IN_TEXT = re.compile(r"\{=[^{}]{0,300}(?:\{[A-Za-z][^{}]{0,60}\}[^{}]{0,300}){0,20}\}")


def as_ours(formula: str) -> tuple[str, list[str]]:
    """Moodle's formula in our signs, and what it does not mean here as it does there."""
    said = []
    if "^" in formula:
        said.append("“^” is a power here; for Moodle it is “exclusive or” of whole numbers.")
    if "%" in formula:
        said.append("“%” takes any numbers here, for Moodle whole ones.")
    lower = _FUNCTION.sub(lambda found: found[0].lower(), formula)
    return lower.replace("**", "^").strip(), said


def as_theirs(formula: str) -> tuple[str, list[str]]:
    """Our formula in Moodle's signs, and what it does not mean there as it does here."""
    said = ["“%” takes whole numbers only in Moodle."] if "%" in formula else []
    return formula.replace("^", "**"), said


def of_choice(words: str) -> str | None:
    """The formula that is all of a choice's text."""
    found = _CHOICE.fullmatch(words.strip())
    return None if found is None else found[1] or f"{{{found[2]}}}"


def inside(text: str) -> list[str]:
    """The formulas that stand in a text."""
    return [found for found in _IN_TEXT.findall(text) if len(found) > 3]

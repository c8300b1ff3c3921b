"""What a JSON Schema validator finds, in words for the author of the file."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match
from jsonschema.validators import extend

from preau.learn.courses.folder.schema import DATE_PATTERN, KEY_PATTERN, RASTER_PATTERN
from preau.learn.courses.folder.yaml_lines import Path


def _pattern(
    validator: Any, pattern: str, instance: object, schema: object
) -> Iterator[ValidationError]:
    # In JSON Schema “$” is the very end; in Python it also stands before a last line break.
    if isinstance(instance, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


Validator: Any = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator, {"pattern": _pattern}
)


def explain(error: ValidationError) -> tuple[Path, str]:
    """Where the error is in the data, and a sentence without its subject's line."""
    if error.context:
        chosen = best_match([error])
        error = chosen if chosen is not None else error
    path = tuple(error.absolute_path)
    name = next((str(step) for step in reversed(path) if isinstance(step, str)), "the file")
    value: Any = error.validator_value
    if error.validator == "additionalProperties":
        return _unknown(error, path)
    if error.validator == "pattern":
        said = _BY_PATTERN.get(value) or _BY_NAME.get(name, "is not written as the format asks")
        return path, f"“{error.instance}” {said}"
    say = _SAID.get(str(error.validator))
    said = say(value, error) if say else f"is not right: {error.message[:200]}"
    subject = f"“{name}”" if path else name
    return path, f"{subject} {said}"


def _unknown(error: ValidationError, path: Path) -> tuple[Path, str]:
    schema: Any = error.schema
    known = set(schema.get("properties", {}))
    instance: Any = error.instance
    extra = min(set(instance) - known)
    return (*path, extra), f"“{extra}” is not known here; known are {', '.join(sorted(known))}"


def _lacks(value: Any, error: ValidationError) -> str:
    instance: Any = error.instance
    return f"lacks {', '.join(f'“{name}”' for name in value if name not in instance)}"


def _listed(value: Any, error: ValidationError) -> str:
    return f"is “{error.instance}”, which is not one of {', '.join(map(str, value))}"


def _one_of(value: Any, _error: ValidationError) -> str:
    return f"must be one of {', '.join(_choice(branch) for branch in value)}"


def _choice(branch: dict[str, Any]) -> str:
    if "enum" in branch:
        return ", ".join(branch["enum"])
    if branch.get("type") == "string":
        return "a text"
    return f"{{{', '.join(f'{name}: …' for name in branch.get('required', ['language']))}}}"


_TYPES = {
    "array": "a list", "integer": "a whole number", "number": "a number",
    "object": "a mapping (name: value)", "string": "a text",
}  # fmt: skip
_SAID: dict[str, Callable[[Any, ValidationError], str]] = {
    "type": lambda value, _error: f"must be {_TYPES.get(value, value)}",
    "required": _lacks,
    "enum": _listed,
    "oneOf": _one_of,
    "const": lambda value, _error: f"must be {value}",
    "minLength": lambda _value, _error: "is empty",
    "minItems": lambda _value, _error: "is empty",
    "minProperties": lambda _value, _error: "is empty",
    "maxLength": lambda value, _error: f"is longer than {value} characters",
    "maxItems": lambda value, _error: f"has more than {value} entries",
    "uniqueItems": lambda _value, _error: "names the same thing twice",
    "minimum": lambda value, _error: f"must be at least {value}",
    "maximum": lambda value, _error: f"must be at most {value}",
    "exclusiveMinimum": lambda value, _error: f"must be more than {value}",
}
_KEY_HELP = "is not a key: use lower-case ASCII letters, digits and single hyphens"
_DATE_HELP = "is not a date of this century like 2027-01-11 or 2027-01-11T08:00"
_RASTER_HELP = "is not a picture that other sites show (.png, .jpg, .webp)"
_BY_PATTERN = {KEY_PATTERN: _KEY_HELP, DATE_PATTERN: _DATE_HELP, RASTER_PATTERN: _RASTER_HELP}
_BY_NAME = {
    "url": "is not an http or https address",
    "file": "is not a video file that browsers play (.mp4, .webm)",
}

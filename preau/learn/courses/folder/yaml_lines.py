"""YAML that remembers its lines, and is only as clever as a course needs.

Scalars are read as YAML 1.2's core schema reads them, but for dates, which stay text: ``no``
is Norwegian and not False. Anchors and tags are refused: they are how a small file becomes a
large one. Deep nesting is refused for the same reason.
"""

import re
from dataclasses import dataclass
from typing import Any

import yaml

from preau.learn.theme.stencil import without_holes

_MOST_BYTES = 500_000
_MOST_DEPTH = 30
INTEGER = re.compile(r"[-+]?[0-9]+")
FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("null", "Null", "NULL", "~", ""), None),
}
# Escapes can write what no database takes: NUL, and one half of a surrogate pair.
_UNFIT = re.compile("[\0\ud800-\udfff]")
_NO_CHARACTER = re.compile(r"\\U(?!000|0010)")

Path = tuple[str | int, ...]


class YamlError(ValueError):
    """The text is not the YAML we read; ``line`` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class LinedYaml:
    """The data, and the line where each value stands."""

    data: Any
    lines: dict[Path, int]

    def line(self, path: Path) -> int:
        """The line of that value, or of what surrounds it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_yaml(content: bytes) -> LinedYaml:
    """Read one document; raises ``YamlError``."""
    if len(content) > _MOST_BYTES:
        raise YamlError(1, f"has {len(content)} bytes; at most {_MOST_BYTES} are read")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise YamlError(line, "is not UTF-8 text; save it as UTF-8") from error
    node = _compose(text)
    lines: dict[Path, int] = {}
    data = _value(node, (), lines) if node is not None else None
    return LinedYaml(data, lines)


def _compose(text: str) -> yaml.Node | None:
    try:
        _refuse_cleverness(text)
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = _line(error.problem_mark or error.context_mark)
        raise YamlError(line, f"is not valid YAML: {error.problem or error.context}") from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise YamlError(line, f"has the character U+{error.character:04X}; remove it") from error
    except yaml.YAMLError as error:
        raise YamlError(1, f"is not valid YAML: {error}") from error
    except (ValueError, OverflowError) as error:
        if isinstance(error, YamlError):
            raise
        escape = _NO_CHARACTER.search(text)
        line = text.count("\n", 0, escape.start()) + 1 if escape else 1
        raise YamlError(line, "has an escape (\\U…) that stands for no character") from error


def _line(mark: Any) -> int:
    return int(mark.line) + 1 if mark else 1


def _refuse_cleverness(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = _line(event.start_mark)
        tag = getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise YamlError(line, "uses an anchor (& or *); write the value out")
        if tag:
            raise YamlError(line, f"uses the tag {tag}; write a plain value")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _MOST_DEPTH:
            raise YamlError(line, "is nested too deeply")


def _value(node: yaml.Node, path: Path, lines: dict[Path, int]) -> Any:
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*path, index), lines) for index, item in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, lines)
    assert isinstance(node, yaml.ScalarNode)  # noqa: S101  (YAML has no fourth kind)
    return _scalar(node) if node.style is None else _fit(node)


def _fit(node: yaml.ScalarNode) -> str:
    text = str(node.value)
    found = _UNFIT.search(text)
    unfit = found[0] if found else min(set(text) - set(without_holes(text)), default=None)
    if unfit is not None:
        raise YamlError(_line(node.start_mark), f"has the character U+{ord(unfit):04X}; remove it")
    return text


def _mapping(node: yaml.MappingNode, path: Path, lines: dict[Path, int]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for name_node, value_node in node.value:
        line = name_node.start_mark.line + 1
        if not isinstance(name_node, yaml.ScalarNode):
            raise YamlError(line, "has a name that is not a word")
        name = _fit(name_node)
        if name in data:
            raise YamlError(line, f"says “{name}” twice")
        data[name] = _value(value_node, (*path, name), lines)
        lines[(*path, name)] = line
    return data


def _scalar(node: yaml.ScalarNode) -> Any:
    text = _fit(node)
    if text in _WORDS:
        return _WORDS[text]
    if INTEGER.fullmatch(text):
        return int(text) if len(text) < 20 else text
    if FLOAT.fullmatch(text):
        return float(text)
    return text

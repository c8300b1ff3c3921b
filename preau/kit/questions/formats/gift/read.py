"""Reading GIFT."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from preau.kit.errors import PreauError
from preau.kit.questions.fidelity import Fidelity, Item
from preau.kit.questions.formats.encoding import decoded
from preau.kit.questions.formats.gift.answers import Answers, body_of
from preau.kit.questions.formats.gift.escapes import hidden, shown
from preau.kit.questions.formats.gift.rich import (
    FORMATS,
    as_rich,
    files_named,
    format_of,
    without_tags,
)
from preau.kit.questions.question import Feedback, Question

KEY = "gift"
UNKNOWN = "unknown"  # the type of a question that can't be understood
_CATEGORY = "$CATEGORY:"
_XML = re.compile(r"\s*<(\?xml|!doctype|quiz|html)\b", re.IGNORECASE)
_SIGN = re.compile(rf"(?m)[{{}}]|^[ \t]*(?:::|\$CATEGORY:|\[(?:{'|'.join(FORMATS)})\])")
_STARTED = re.compile(r"(?m)^[ \t]*(::|\$CATEGORY:)")
_BRACES = re.compile(r"\{[^{}]*\}")
# What Moodle writes in a remark: only “]” is escaped. The bound keeps hostile lines cheap.
_LABEL = re.compile(r"\[(id|tag):((?:\\\]|[^\]]){0,255})\]")
_BLANK = "_____"  # stands in the text where the missing word goes
_NAME = 80  # characters of the text that become the name of a question without one


@dataclass
class Block:
    """The lines of one question, and what the remarks before and in it say."""

    category: tuple[str, ...] = ()
    line: int = 0
    lines: list[str] = field(default_factory=list)
    number: str = ""
    tags: list[str] = field(default_factory=list)

    def remark(self, text: str) -> None:
        """Take the labels of a remark: ``// [id:X] [tag:foo]``."""
        for label in _LABEL.finditer(text):
            value = label[2].replace("\\]", "]").strip()
            if label[1] == "id":
                self.number = value
            else:
                self.tags.append(value)


def looks_like(data: bytes) -> bool:
    """Whether it is a text with braces or a category of GIFT, and no XML."""
    try:
        text = decoded(data)
    except PreauError:
        return False
    if text.lstrip().startswith("<"):
        return False
    return bool(_STARTED.search(text) or _BRACES.search(text))


def read(data: bytes) -> Fidelity:
    """What becomes of each question."""
    text = decoded(data)
    first = text.count("\n", 0, len(text) - len(text.lstrip())) + 1
    if _XML.match(text):
        raise PreauError(f"line {first}: this is XML or HTML, no GIFT; name its own format.")
    if text.strip() and not _SIGN.search(text):
        raise PreauError(
            f"line {first}: this is no GIFT: no question has braces, “::a name::” or a format."
        )
    items = tuple(_item(block) for block in _blocks(text))
    if not items:
        raise PreauError(f"line {first}: there is no question in it.")
    return Fidelity(KEY, items)


def _blocks(text: str) -> Iterator[Block]:
    """Questions end at an empty line, and where a category begins."""
    block = Block()
    for number, line in enumerate([*text.split("\n"), ""], 1):
        plain = line.strip()
        if plain.startswith("//"):
            block.remark(plain)
            continue
        category = plain.startswith(_CATEGORY)
        if plain and not category:
            block.line = block.line or number
            block.lines.append(line)
        elif block.lines:
            yield block
            block = Block(block.category)
        if category:
            block.category = category_of(plain.removeprefix(_CATEGORY))


def category_of(path: str) -> tuple[str, ...]:
    """The names in ``$course$/top/A/B``; a slash in a name is written twice."""
    names = [name.replace("\0", "/").strip() for name in path.replace("//", "\0").split("/")]
    if len(names[0]) > 1 and names[0].startswith("$") and names[0].endswith("$"):
        names = names[1:]
    if names and names[0] == "top":
        names = names[1:]
    return tuple(name for name in names if name)


def _item(block: Block) -> Item:
    """The question, or why it could not be taken."""
    text = "\n".join(block.lines)
    try:
        text = hidden(text).strip()
        question, kind = _question(text, block)
    except (PreauError, ValueError) as error:
        name = " ".join(shown(text).split())[:_NAME]
        sentence = f"It can't be understood (line {block.line}): {error}"
        return Item(name, UNKNOWN, None, (sentence,), line=block.line)
    if problems := question.problems():
        return Item(question.name, kind, None, tuple(problems), line=block.line)
    return Item(
        question.name, kind, question.type, (), question, block.line, missing=files_named(text)
    )


def _question(text: str, block: Block) -> tuple[Question, str]:
    name = ""
    if text.startswith("::"):
        name, closed, text = text[2:].partition("::")
        if not closed:
            raise PreauError("the name has no “::” at its end.")
    before, opened, rest = text.partition("{")
    inner, closed, after = rest.partition("}")
    if opened and not closed:
        raise PreauError("a “{” has no “}”.")
    if "{" in inner or "{" in after or "}" in before + after:
        raise PreauError("there are braces too many; write \\{ and \\} for braces in a text.")
    format_, before = format_of(before)
    stem = f"{before}{_BLANK}{after}" if after.strip() else before
    answers = Answers(lambda it: as_rich(it, format_))
    body, kind, general = body_of(inner, answers) if opened else answers.description()
    question = Question(
        shown(name) or _name_of(stem, format_)[:_NAME].strip(), as_rich(stem, format_), body,
        feedback=Feedback(general=general), category=block.category, tags=tuple(block.tags),
        number=block.number,
    )  # fmt: skip
    return question, kind


def _name_of(stem: str, format_: str) -> str:
    plain = shown(stem)
    return without_tags(plain) if format_ == "html" else " ".join(plain.split())

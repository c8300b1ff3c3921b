"""Reading GIFT."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt

from preau.kit.errors import PreauError
from preau.kit.questions.fidelity import Fidelity, Item
from preau.kit.questions.formats.encoding import decoded
from preau.kit.questions.formats.gift.answers import Answers, body_of
from preau.kit.questions.formats.gift.escapes import hidden, shown
from preau.kit.questions.formats.plain import as_html
from preau.kit.questions.question import Feedback, Question

KEY = "gift"
FORMATS = ("html", "plain", "markdown", "moodle")
_PREFIX = re.compile(rf"\s*\[({'|'.join(FORMATS)})\]")
_ID = re.compile(r"\[id:((?:[^\]\\]|\\.)*)\]")
_TAG = re.compile(r"\[tag:((?:[^\]\\]|\\.)*)\]")
_BLANK = "_____"  # stands in the text where the missing word goes
_NAME = 80  # characters of the text that become the name of a question without one
_markdown = MarkdownIt("commonmark")


@dataclass(frozen=True)
class Block:
    """The lines of one question."""

    line: int
    text: str
    number: str
    tags: tuple[str, ...]
    category: tuple[str, ...]


def looks_like(data: bytes) -> bool:
    """Whether it is a text with braces or a category of GIFT, and no XML."""
    try:
        text = decoded(data)
    except PreauError:
        return False
    if text.lstrip().startswith("<"):
        return False
    return bool(re.search(r"(?m)^\s*(::|\$CATEGORY:)", text) or re.search(r"\{[^{}]*\}", text))


def read(data: bytes) -> Fidelity:
    """What becomes of each question."""
    items = tuple(item_of(block) for block in _blocks(decoded(data)))
    if not items:
        raise PreauError("There is no question in it.")
    return Fidelity(KEY, items)


def _blocks(text: str) -> Iterator[Block]:
    category: tuple[str, ...] = ()
    lines: list[str] = []
    start, number, tags = 0, "", []
    for line_number, line in enumerate([*text.split("\n"), ""], 1):
        plain = line.strip()
        if plain.startswith("//"):
            number = _unbracketed(_ID.search(plain)) or number
            tags += [_unbracketed(it) for it in _TAG.finditer(plain)]
        elif plain.startswith("$CATEGORY:") and not lines:
            category = category_of(plain.removeprefix("$CATEGORY:"))
        elif plain:
            start = start if lines else line_number
            lines.append(line)
        elif lines:
            yield Block(start, "\n".join(lines), number, tuple(tags), category)
            lines, number, tags = [], "", []


def _unbracketed(found: re.Match[str] | None) -> str:
    return re.sub(r"\\(.)", r"\1", found[1]).strip() if found else ""


def category_of(path: str) -> tuple[str, ...]:
    """The names in ``$course$/top/A/B``; a slash in a name is written twice."""
    names = [name.replace("\0", "/").strip() for name in path.replace("//", "\0").split("/")]
    if names and names[0].startswith("$"):
        names = names[1:]
    if names and names[0] == "top":
        names = names[1:]
    return tuple(name for name in names if name)


def item_of(block: Block) -> Item:
    """The question, or why it could not be taken."""
    try:
        question, kind = _question(block)
    except (PreauError, ValueError) as error:
        name = " ".join(block.text.split())[:_NAME]
        return Item(name, "", None, (f"It can't be understood: {error}",), line=block.line)
    if problems := question.problems():
        return Item(question.name, kind, None, tuple(problems), line=block.line)
    return Item(question.name, kind, question.type, (), question, block.line)


def _question(block: Block) -> tuple[Question, str]:
    text = hidden(block.text).strip()
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
    format_, before = _format_of(before)
    stem = f"{before.rstrip()} {_BLANK} {after.strip()}" if after.strip() else before
    answers = Answers(lambda it: as_rich(it, format_))
    body, kind, general = body_of(inner, answers) if opened else answers.description()
    question = Question(
        shown(name) or " ".join(shown(stem).split())[:_NAME], as_rich(stem, format_), body,
        feedback=Feedback(general=general), category=block.category, tags=block.tags,
        number=block.number,
    )  # fmt: skip
    return question, kind


def _format_of(text: str) -> tuple[str, str]:
    found = _PREFIX.match(text)
    return (found[1], text[found.end() :]) if found else ("moodle", text)


def as_rich(text: str, format_: str) -> str:
    """A text of the file as HTML; it may name another format than the question's."""
    found = _PREFIX.match(text)
    if found:
        format_, text = found[1], text[found.end() :]
    plain = shown(text)
    if format_ == "html" or (format_ == "moodle" and re.search(r"</?[a-zA-Z][^<>]*>", plain)):
        return plain
    if format_ == "markdown":
        return str(_markdown.render(plain)).strip()
    return as_html(plain)

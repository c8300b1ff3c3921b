"""Rich texts with their files, between Moodle's elements and HTML."""

import binascii
import html
import re
from base64 import b64decode
from itertools import pairwise
from urllib.parse import quote, unquote

from markdown_it import MarkdownIt

from preau.kit.questions.formats.moodle_xml.node import PLUGIN_FILE, Node
from preau.kit.questions.formats.plain import as_html
from preau.kit.questions.question import FILES

# In quotes a name may hold spaces; elsewhere it ends at one.
_AFTER = re.escape(PLUGIN_FILE)
_NAMED = re.compile(
    rf"(?<=\"){_AFTER}([^\"<>?#]+)|(?<='){_AFTER}([^'<>?#]+)|{_AFTER}([^\"'\s<>?#]+)"
)
_OWN = re.compile(re.escape(FILES) + r"([^\"'\s<>?#]+)")
_UNSAFE = re.compile(r"[^\w.() +-]")
_FORMATS = frozenset({"html", "markdown", "plain_text", "moodle_auto_format"})
_LONGEST_MARKDOWN = 30_000  # letters; what is nested in it on purpose takes the square of them
_markdown = MarkdownIt("commonmark")


class Texts:
    """The texts of one question; gathers its files under names of their own.

    A text that does not say its format has that of the question's own text, as for Moodle.
    """

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.missing: list[str] = []
        self.dropped: list[str] = []
        self.format = "html"
        self._of_stem: dict[str, str] = {}
        self._taken: dict[tuple[str, bytes], str] = {}
        self._counts: dict[str, int] = {}

    def begin(self, question: Node) -> str:
        """The question's own text as it is written; its format is that of the others."""
        child = question.first("questiontext")
        if child is None:
            return ""
        self.format = child.attribute("format") or "html"
        self._of_stem = self.keep(child)
        return child.content()

    def html(self, parent: Node, tag: str) -> str:
        """The text of a child as HTML."""
        child = parent.first(tag)
        return self.of(child) if child is not None else ""

    def of(self, node: Node) -> str:
        """The text of an element as HTML, its files kept."""
        given = node.attribute("format") or self.format
        return self._named(self._html(node.content(), given), self.keep(node))

    def piece(self, text: str, given: str) -> str:
        """A piece of the question's own text, of that format, as HTML."""
        return self._named(self._html(text, given), self._of_stem)

    def _html(self, text: str, given: str) -> str:
        if given not in _FORMATS:
            self.dropped.append(f"The format {given[:40]} is not known: the text is kept as HTML.")
        if given == "markdown" and len(text) > _LONGEST_MARKDOWN:
            self.dropped.append("A text is too long to be read as Markdown: it is kept as it is.")
            given = "plain_text"
        return _as_html(text, given)

    def _named(self, text: str, names: dict[str, str]) -> str:
        """A text in which the files of its element have their names here."""

        def named(match: re.Match[str]) -> str:
            written = html.unescape(match[1] or match[2] or match[3])
            name = written if written in names else unquote(written).strip("/")
            if name not in names:
                self.missing.append(name)
            return FILES + quote(names.get(name, name))

        self.missing += [
            unquote(name) for name in _OWN.findall(text) if unquote(name) not in self.files
        ]
        return _NAMED.sub(named, text)

    def keep(self, node: Node) -> dict[str, str]:
        """Take the files of an element: their names there, and in the question."""
        names: dict[str, str] = {}
        for file in node.all("file"):
            name = f"{file.attribute('path').strip('/')}/{file.attribute('name')}".strip("/")
            try:
                content = b64decode("".join(file.content().split()), validate=True)
            except (binascii.Error, ValueError):
                self.missing.append(name)
                continue
            if name not in names:
                names[name] = self._place(name, content)
            elif self.files[names[name]] != content:
                self.dropped.append(f"The file “{name}” is there twice; the first is kept.")
        return names

    def _place(self, name: str, content: bytes) -> str:
        """A safe name that no other content has; the same content keeps its own."""
        plain = re.split(r"[/\\]", name)[-1]
        plain = re.sub(r"\.{2,}", ".", _UNSAFE.sub("_", plain))[-100:].strip(". ") or "file"
        if known := self._taken.get((plain, content)):
            return known
        stem, dot, ending = plain.rpartition(".")
        chosen, number = plain, self._counts.get(plain, 1)
        while chosen in self.files:
            number += 1
            chosen = f"{stem}-{number}{dot}{ending}" if dot else f"{plain}-{number}"
        self._counts[plain] = number
        self.files[chosen] = content
        self._taken[plain, content] = chosen
        return chosen


def _as_html(text: str, given: str) -> str:
    if given == "markdown":
        rendered: str = _markdown.render(text)
        return rendered.strip()
    if given == "plain_text":
        return as_html(text)
    return _auto(text) if given == "moodle_auto_format" else text


def _auto(text: str) -> str:
    """Moodle's own format: HTML in which a line's end is one, except beside a tag."""
    text = re.sub(r"<(?![a-zA-Z/!])", "&lt;", text)
    text = re.sub(r"&(?!#?[0-9A-Za-z]{1,32};)", "&amp;", text)
    lines = [line.strip() for line in text.split("\n")]
    pieces = lines[:1]
    for before, line in pairwise(lines):
        beside = before.endswith(">") or line.startswith("<")
        pieces += ["" if beside else "<br>", line]
    return "".join(pieces)

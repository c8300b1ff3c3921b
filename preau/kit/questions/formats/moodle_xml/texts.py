"""Rich texts with their files, between Moodle's elements and HTML."""

import binascii
import re
from base64 import b64decode
from urllib.parse import quote, unquote

from markdown_it import MarkdownIt

from preau.kit.questions.formats.moodle_xml.node import PLUGIN_FILE, Node
from preau.kit.questions.formats.plain import as_html
from preau.kit.questions.question import FILES

_NAMED = re.compile(re.escape(PLUGIN_FILE) + r"([^\"'\s<>?#]+)")
_UNSAFE = re.compile(r"[^\w.() +-]")
_markdown = MarkdownIt("commonmark")


class Texts:
    """The texts of one question; gathers its files under names of their own."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.missing: list[str] = []

    def html(self, parent: Node, tag: str) -> str:
        """The text of a child as HTML."""
        child = parent.first(tag)
        return self.of(child) if child is not None else ""

    def of(self, node: Node, format_: str = "") -> str:
        """The text of an element as HTML, its files kept."""
        inner = node.element.find("text")
        text = (inner.text if inner is not None else "") or ""
        names = self._keep(node)
        kind = node.attribute("format") or format_ or "html"
        if kind == "markdown":
            text = _markdown.render(text).strip()
        elif kind in ("plain_text", "moodle_auto_format") and not _has_tags(text):
            text = as_html(text)

        def named(match: re.Match[str]) -> str:
            name = unquote(match[1])
            if name not in names:
                self.missing.append(name)
            return FILES + quote(names.get(name, name))

        return _NAMED.sub(named, text)

    def _keep(self, node: Node) -> dict[str, str]:
        """The files of an element: their names there, and in the question."""
        names = {}
        for file in node.all("file"):
            given = file.attribute("path").strip("/") + "/" + file.attribute("name")
            name = given.strip("/")
            try:
                content = b64decode("".join((file.element.text or "").split()), validate=True)
            except (binascii.Error, ValueError):
                self.missing.append(name)
                continue
            names[name] = self._place(name, content)
        return names

    def _place(self, name: str, content: bytes) -> str:
        plain = _UNSAFE.sub("_", name.rsplit("/", 1)[-1])[-100:].lstrip(".") or "file"
        stem, dot, ending = plain.rpartition(".")
        number, chosen = 1, plain
        while self.files.get(chosen, content) != content:
            number += 1
            chosen = f"{stem}-{number}{dot}{ending}" if dot else f"{plain}-{number}"
        self.files[chosen] = content
        return chosen


def _has_tags(text: str) -> bool:
    """Moodle's own format holds HTML as often as plain text."""
    return re.search(r"</?[a-zA-Z][^<>]*>", text) is not None

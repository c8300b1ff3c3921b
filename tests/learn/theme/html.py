"""Reads a page as a tree, to ask it questions; a page that is not well nested is refused."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_EMPTY = {  # elements without an end tag
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
}  # fmt: skip


@dataclass
class Element:
    """One element; ``all`` and ``one`` look at everything below it."""

    tag: str
    attributes: dict[str, str]
    children: list["Element | str"] = field(default_factory=list)

    def all(self, tag: str = "", class_: str = "", **attributes: str | None) -> list["Element"]:
        """The elements of that tag, class and attributes (None: the attribute is not there).

        An underscore in an attribute's name stands for a hyphen.
        """
        return [it for it in self._below() if it.is_(tag, class_, attributes)]

    def one(self, tag: str = "", class_: str = "", **attributes: str | None) -> "Element":
        """The only such element."""
        found = self.all(tag, class_, **attributes)
        assert len(found) == 1, f"{len(found)} of <{tag} {class_} {attributes}>"
        return found[0]

    def is_(self, tag: str, class_: str, attributes: dict[str, str | None]) -> bool:
        """Whether this is such an element."""
        return (
            (not tag or self.tag == tag)
            and (not class_ or class_ in self["class"].split())
            and all(
                self.attributes.get(name.rstrip("_").replace("_", "-")) == value
                for name, value in attributes.items()
            )
        )

    def _below(self) -> Iterator["Element"]:
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child._below()

    def __getitem__(self, attribute: str) -> str:
        return self.attributes.get(attribute, "")

    @property
    def text(self) -> str:
        """All text, blanks as one space."""
        return re.sub(r"\s+", " ", self._raw()).strip()

    def _raw(self) -> str:
        return "".join(it if isinstance(it, str) else it._raw() for it in self.children)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("", {})]
        self.kind = ""

    def handle_decl(self, decl):
        self.kind = decl

    def handle_starttag(self, tag, attrs):
        assert len(dict(attrs)) == len(attrs), f"<{tag}> has an attribute twice"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in _EMPTY:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in _EMPTY:
            self.open.pop()

    def handle_endtag(self, tag):
        assert tag == self.open[-1].tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data):
        self.open[-1].children.append(data)


def read_html(html: str) -> Element:
    """A piece of HTML as a tree."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert len(reader.open) == 1, f"<{reader.open[-1].tag}> is never closed"
    return reader.open[0]


def read_page(answer) -> Element:
    """The answer's page as a tree; it must be a whole one, in a language, with one heading."""
    html = answer.content.decode()
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert html.lstrip().lower().startswith("<!doctype html>")
    page = read_html(html)
    assert page.one("html")["lang"] in {"fr", "en"}
    assert page.one("title").text
    assert page.one("h1").text
    assert page.one("main")["id"] == "main"
    ids = [it["id"] for it in page.all() if it["id"]]
    assert len(ids) == len(set(ids)), "an id stands twice"
    return page

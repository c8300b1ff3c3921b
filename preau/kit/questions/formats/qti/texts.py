"""The texts of one item as HTML, and the files that they name."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import quote, unquote
from xml.etree.ElementTree import Element

from preau.kit.questions.formats.qti.markup import rendered, same, tidy, words_of
from preau.kit.questions.formats.qti.names import SOURCE
from preau.kit.questions.question import FILES

_UNSAFE = re.compile(r"[^\w.() +-]")
_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//|#")  # how a link to another place begins
_HTML = re.compile(r"[a-z][a-z0-9-]*")
_NO_HTML = frozenset(
    {"stylesheet", "prompt", "gap", "hottext", "include", "style", "script", "link", "meta"}
)
_SILENT = frozenset({"contentBody", "prompt", "hottext"})  # only hold what is inside them
_SVG = "svg"


class Texts:
    """Gathers the files under names of their own.

    ``path`` is the item's in its package, ``package`` what is there; ``variables`` are those
    whose values stand in the texts.
    """

    def __init__(self, path: str = "", package: Mapping[str, bytes] | None = None) -> None:
        self.files: dict[str, bytes] = {}
        self.missing: list[str] = []
        self.dropped: list[str] = []
        self.variables: set[str] = set()
        self.tokens: dict[Element, str] = {}
        self._folder = posixpath.dirname(path)
        self._package = package or {}
        self._placed: dict[str, str] = {}

    def html(self, element: Element) -> str:
        """What is inside, as HTML; as our own author wrote it if it still says the same."""
        inner = element.find("contentBody")
        element = element if inner is None else inner
        text = tidy(rendered(element, self._special, self.link))
        source = element.get(SOURCE)
        if source is not None and same(source) == text:
            return source
        return text

    def plain(self, element: Element) -> str:
        """The words inside; that markup was lost is told."""
        source = element.get(SOURCE)
        text = rendered(element, self._special, self.link)
        plain = words_of(text)
        if source is not None and " ".join(source.split()) == plain:
            return source
        if "<img" in text or "<math" in text or "<svg" in text:
            self.dropped.append(f"Of “{plain[:40]}” only the words are taken, no image or formula.")
        return plain

    def words(self, element: Element) -> str:
        """The same where only words may stand: they are compared without their markup."""
        source = element.get(SOURCE)
        text = rendered(element, self._special, self.link)
        if source is not None and words_of(source) == words_of(text):
            return source
        return text.strip()

    @contextmanager
    def seen_from(self, path: str) -> Iterator[None]:
        """Meanwhile the files are named as from that path."""
        before, self._folder = self._folder, posixpath.dirname(path)
        yield
        self._folder = before

    def link(self, name: str, value: str) -> str:
        """The place of a file in our texts; a link to a page that is not there stays as it is."""
        if not value.strip() or _ELSEWHERE.match(value.strip()):
            return value
        written = unquote(re.split(r"[?#]", value.strip(), maxsplit=1)[0])
        if name == "href" and self._path(written) not in self._package:
            self.missing.append(written)
            return value
        return FILES + quote(self.file(written))

    def _path(self, written: str) -> str:
        return posixpath.normpath(posixpath.join(self._folder, written)).lstrip("/")

    def file(self, written: str) -> str:
        """The name of a file in the question; missing ones are remembered."""
        path = self._path(written)
        if path not in self._package:
            self.missing.append(written)
            return posixpath.basename(written) or written
        if path not in self._placed:
            self._placed[path] = self._free(posixpath.basename(path))
            self.files[self._placed[path]] = self._package[path]
        return self._placed[path]

    def keep(self, path: str) -> None:
        """A file of the package that belongs to the item, whether a text names it or not."""
        if path in self._package and path not in self._placed:
            self._placed[path] = self._free(posixpath.basename(path))
            self.files[self._placed[path]] = self._package[path]

    def _free(self, name: str) -> str:
        plain = re.sub(r"\.{2,}", ".", _UNSAFE.sub("_", name))[-100:].strip(". ") or "file"
        if plain not in self.files:
            return plain
        stem, dot, ending = plain.rpartition(".")
        chosen, number = plain, len(self.files)
        while chosen in self.files:
            number += 1
            chosen = f"{stem}-{number}{dot}{ending}" if dot else f"{plain}-{number}"
        return chosen

    def _special(self, element: Element) -> str | None:
        tag = element.tag
        if element in self.tokens:
            return self.tokens[element]
        if tag == "printedVariable":
            return self._printed(element)
        if tag == "object" and element.get("type", "").startswith("image/"):
            return self._image(element)
        if tag == _SVG:  # it has names of its own
            return rendered(_wrapped(element), None, self.link)
        if tag in _SILENT:
            return rendered(element, self._special, self.link)
        if _HTML.fullmatch(tag) and tag not in _NO_HTML:
            return None
        self.dropped.append(f"<{tag.rpartition('}')[2]}> in a text has no place here.")
        return ""

    def _printed(self, element: Element) -> str:
        name = element.get("identifier", "")
        if name not in self.variables:
            self.dropped.append(f"The value “{name}” in a text is not one that is drawn.")
            return "…"
        if element.get("format"):
            self.dropped.append(f"The value “{name}” is shown in our way, not in a format.")
        return f"{{{name}}}"

    def _image(self, element: Element) -> str:
        image = Element("img", {"src": element.get("data", "")})
        image.set("alt", " ".join("".join(element.itertext()).split()) or element.get("alt", ""))
        for name in ("width", "height"):
            if name in element.attrib:
                image.set(name, element.attrib[name])
        return rendered(_wrapped(image), None, self.link)


def _wrapped(element: Element) -> Element:
    holder = Element("div")
    alone = Element(element.tag, element.attrib)
    alone.text = element.text
    alone.extend(element)
    holder.append(alone)
    return holder

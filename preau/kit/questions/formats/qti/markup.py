"""Between a text in HTML and the elements of an item that say it."""

import html
import re
from collections.abc import Callable
from xml.etree.ElementTree import Element, SubElement

from preau.kit.questions.formats.qti.names import SOURCE
from preau.kit.questions.formats.qti.tags import Tag, pieces_of

LINKS = ("src", "href", "data", "poster")  # attributes that name a file
_NAMES = "address article aside blockquote div dl fieldset figure footer h1 h2 h3 h4 h5 h6 header"
BLOCKS = frozenset(f"{_NAMES} hr main nav ol p pre section table ul".split())
_APART = frozenset({*BLOCKS, "br", "dd", "dt", "li", "td", "th", "tr"})  # between these are spaces
_EMPTY = "area base br col embed hr img input link meta param source track wbr"
_VOID = frozenset(_EMPTY.split())
_CLOSED_BY_ITSELF = frozenset({"p", "li", "tr", "td", "th", "dt", "dd", "option", "thead", "tbody"})
_DEEPEST = 50  # elements inside each other in one text; deeper ones are left out, not their text
# What is in a namespace of its own.
SPACES = {"math": "http://www.w3.org/1998/Math/MathML", "svg": "http://www.w3.org/2000/svg"}
_TAG = re.compile(r"[a-zA-Z][a-zA-Z0-9-]{0,40}")
_ATTRIBUTE = re.compile(r"[a-zA-Z_][a-zA-Z0-9_.-]{0,80}")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Special = Callable[[Element], str | None]  # what stands for an element, or None: itself
Link = Callable[[str, str], str]  # of an attribute's name and value


def clean(text: str) -> str:
    """The text without the characters that XML cannot have; its lines end as XML's do."""
    return _NO_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def rendered(element: Element, special: Special | None = None, link: Link | None = None) -> str:
    """What is inside the element, as HTML."""
    pieces = [_escaped(element.text)]
    for child in element:
        said = special(child) if special is not None else None
        pieces.append(_outer(child, special, link) if said is None else said)
        pieces.append(_escaped(child.tail))
    return "".join(pieces)


def _outer(element: Element, special: Special | None, link: Link | None) -> str:
    inner = rendered(element, special, link)
    if len(element) and not inner.strip() and element.tag in BLOCKS:
        return ""  # a block in which only an interaction stood
    attributes = "".join(
        f' {name}="{html.escape(link(name, value) if link and name in LINKS else value)}"'
        for name, value in element.attrib.items()
        if name not in (SOURCE, "xmlns")
    )
    start = f"<{element.tag}{attributes}>"
    return start if element.tag in _VOID else f"{start}{inner}</{element.tag}>"


def _escaped(text: str | None) -> str:
    return html.escape(text or "", quote=False)


def filled(parent: Element, text: str, link: Link | None = None) -> Element:
    """Put a text into the element; one that XML says in other words is kept beside it too."""
    _Filler(parent, link).run(text)
    plain = Element("div")
    _Filler(plain, None).run(text)
    if tidy(rendered(plain)) != text:
        parent.set(SOURCE, _NO_XML.sub("", text))
    return parent


def same(text: str) -> str:
    """The text as it comes back, if its source is forgotten."""
    plain = Element("div")
    _Filler(plain, None).run(text)
    return tidy(rendered(plain))


def tidy(text: str) -> str:
    """The text without the spaces that only indent it."""
    if "\n" not in text or "<pre" in text or "<textarea" in text:
        return text.strip()
    lines = [line.strip(" \t") for line in text.split("\n")]
    return "\n".join(filter(None, lines)).strip()


def words_of(text: str) -> str:
    """The words of some HTML, in one line."""
    found = []
    for piece in pieces_of(text):
        if isinstance(piece, str):
            found.append(piece)
        elif piece.name.lower() in _APART:
            found.append(" ")
    return " ".join("".join(found).split())


class _Filler:
    """Makes elements of HTML, however it is written: whatever is open is closed."""

    def __init__(self, parent: Element, link: Link | None) -> None:
        self._open = [parent]
        self._link = link

    def run(self, text: str) -> None:
        """Put the text into the element."""
        words: list[str] = []
        for piece in pieces_of(text):
            if isinstance(piece, str):
                words.append(piece)
                continue
            self._words(words)
            if piece.closing:
                self._close(piece.name)
            else:
                self._start(piece)
        self._words(words)

    def _start(self, tag: Tag) -> None:
        name, here = self._name(tag.name), self._open[-1].tag
        if len(self._open) > 1 and (
            (here == name and name in _CLOSED_BY_ITSELF) or (here == "p" and name in BLOCKS)
        ):
            self._open.pop()
        if not _TAG.fullmatch(name) or len(self._open) > _DEEPEST:
            return
        element = SubElement(self._open[-1], name)
        if name in SPACES:
            element.set("xmlns", SPACES[name])
        for attribute, value in tag.attributes:
            if _ATTRIBUTE.fullmatch(attribute) and not attribute.lower().startswith("xml"):
                said = clean(value)
                link = self._link if attribute in LINKS else None
                element.set(
                    self._name(attribute), link(attribute, said) if link is not None else said
                )
        if name not in _VOID and not tag.alone:
            self._open.append(element)

    def _name(self, name: str) -> str:
        """Capitals count only in drawings and formulas."""
        return name if any(it.tag in SPACES for it in self._open) else name.lower()

    def _close(self, name: str) -> None:
        name = self._name(name)
        for number in range(len(self._open) - 1, 0, -1):
            if self._open[number].tag == name:
                del self._open[number:]
                return

    def _words(self, pieces: list[str]) -> None:
        """Put the pieces of one text where they belong; none are left then."""
        if not pieces:
            return
        text, here = clean("".join(pieces)), self._open[-1]
        pieces.clear()
        if len(here):
            here[-1].tail = (here[-1].tail or "") + text
        else:
            here.text = (here.text or "") + text

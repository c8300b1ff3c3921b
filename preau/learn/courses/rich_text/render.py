"""A course's Markdown → clean HTML, with what is wrong in it.

Order matters for safety: Markdown → HTML → sanitised; only then are formulas and highlighted
code, which are made by us and not by the author, put in the places kept for them.
"""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html import escape, unescape
from re import Match
from re import compile as regex
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from preau.learn.courses.rich_text.code import highlighted
from preau.learn.courses.rich_text.maths import to_mathml
from preau.learn.courses.rich_text.parser import parser
from preau.learn.courses.rich_text.sanitise import sanitise
from preau.learn.theme.stencil import without_holes


@dataclass(frozen=True)
class Problem:
    """Something wrong in a text; ``line`` counts from 1."""

    line: int
    message: str


@dataclass
class Rendered:
    """HTML whose images and links are still as written, and what was found on the way."""

    html: str
    plain: str
    files: list[tuple[str, int]] = field(default_factory=list)  # (name, line)
    activities: list[tuple[str, int]] = field(default_factory=list)  # (key, line)
    problems: list[Problem] = field(default_factory=list)


class _Places:
    """Finished HTML kept aside while the author's HTML is sanitised."""

    def __init__(self) -> None:
        self.token = secrets.token_hex(8)
        self.kept: list[str] = []

    def keep(self, html: str, tag: str) -> str:
        self.kept.append(html)
        return f"<{tag}>{self.token}-{len(self.kept) - 1}-</{tag}>"

    def put_back(self, html: str) -> str:
        place = regex(rf"<(span|div)>{self.token}-(\d+)-</\1>")

        def finished(match: Match[str]) -> str:
            return self.kept[int(match[2])]

        return place.sub(finished, html)


def render(markdown: str) -> Rendered:
    """Render one text. Nothing is refused here: ``problems`` says what to mend, by line."""
    places = _Places()
    problems: list[Problem] = []
    md = parser()
    tokens = md.parse(without_holes(markdown))
    plain = _plain(tokens)
    _keep_aside(md, tokens, places, problems)
    clean = _scrollable_tables(sanitise(md.renderer.render(tokens, md.options, {})))
    # References such as &#xe0f0; are characters only now.
    html = _named_headers(without_holes(places.put_back(clean)))
    rendered = Rendered(html, without_holes(plain), problems=problems)
    _find_references(tokens, rendered)
    return rendered


def _walk(tokens: Iterable[Token], line: int = 1) -> Iterable[tuple[Token, int]]:
    for token in tokens:
        here = token.map[0] + 1 if token.map else line
        yield token, here
        if token.children:
            yield from _walk(token.children, here)
        line = here + _breaks(token)


def _breaks(token: Token) -> int:
    """How many lines a piece of a paragraph ends."""
    if token.block:
        return 0
    return 1 if token.type in {"softbreak", "hardbreak"} else token.content.count("\n")


def _keep_aside(
    md: MarkdownIt, tokens: list[Token], places: _Places, problems: list[Problem]
) -> None:
    for token, line in _walk(tokens):
        if token.type == "image":
            for child in token.children or []:  # an alternative text has no room for MathML
                child.type = "text" if child.type.startswith("math") else child.type
        elif token.type in {"math_inline", "math_inline_double", "math_block"}:
            _formula(token, line, places, problems)
        elif token.type == "fence" and token.info.strip():
            language = token.info.split()[0]
            _replace(token, places.keep(highlighted(token.content, language), "div"), "html_block")


def _formula(token: Token, line: int, places: _Places, problems: list[Problem]) -> None:
    try:
        mathml = to_mathml(token.content, block=token.type != "math_inline")
    except ValueError as error:
        problems.append(Problem(line, str(error)))
        return
    if token.type == "math_block":
        framed = f'<div class="math-block" tabindex="0">{mathml}</div>'
        _replace(token, places.keep(framed, "div"), "html_block")
    else:
        _replace(token, places.keep(mathml, "span"), "html_inline")


def _replace(token: Token, html: str, by: str) -> None:
    token.type = by
    token.content = html


def _find_references(tokens: list[Token], rendered: Rendered) -> None:
    for token, line in _walk(tokens):
        if token.type == "image":
            name = str(token.attrGet("src") or "")
            if not token.content.strip():
                said = f"the image {name} needs a text that says what it shows: ![text]({name})"
                rendered.problems.append(Problem(line, said))
            rendered.files.append((unquote(name), line))
        elif token.type == "link_open":
            _link(str(token.attrGet("href") or ""), line, rendered)
        elif token.type in {"html_block", "html_inline"}:
            _find_in_html(sanitise(token.content), line, rendered)


def _find_in_html(html: str, line: int, rendered: Rendered) -> None:
    for address in _ADDRESS.finditer(html):
        _link(unescape(address[2]), line, rendered)
    for image in _IMAGE.finditer(html):
        if ' alt="' not in image[0]:
            said = 'an image needs a text that says what it shows: alt="…"'
            rendered.problems.append(Problem(line, said))


def _link(href: str, line: int, rendered: Rendered) -> None:
    if href.startswith("activity:"):
        rendered.activities.append((href.removeprefix("activity:"), line))
    elif href and not href.startswith(_ELSEWHERE):
        rendered.files.append((unquote(href.partition("#")[0]), line))


def _plain(tokens: list[Token]) -> str:
    words = (
        token.content
        for token, _line in _walk(tokens)
        if token.type in {"text", "code_inline", "fence", "code_block"} and token.content
    )
    return " ".join(" ".join(words).split())


_TABLE = regex(r"<table[^>]*>")


def _scrollable_tables(html: str) -> str:
    """Each table in a frame of its own; the HTML is sanitised, so every table has its end."""
    framed = _TABLE.sub(r'<div class="table-scroll" tabindex="0">\g<0>', html)
    return framed.replace("</table>", "</table></div>")


_HEADER = regex(r"<th([^<>]*)><math ((?:(?!</th>|<math ).)*</math>)</th>")
_EMPTY_HEADER = regex(r"<th([^<>]*)></th>")
_ANY_TAG = regex(r"<[^<>]*>")


def _named_headers(html: str) -> str:
    """Headers that say something: checkers and readers see no text in one that is a formula.

    Its symbols stand beside it as hidden text, and the formula itself is passed over. A corner
    that is empty is no header at all.
    """

    def named(match: Match[str]) -> str:
        symbols = _ANY_TAG.sub(" ", f"<math {match[2]}").split()
        hidden = f'<span class="visually-hidden">{" ".join(symbols)}</span>'
        return f'<th{match[1]}>{hidden}<math aria-hidden="true" {match[2]}</th>'

    return _EMPTY_HEADER.sub(r"<td\1></td>", _HEADER.sub(named, html))


_ELSEWHERE = ("http://", "https://", "mailto:", "#", "/")
_TAG = regex(r"<[a-z][^<>]*>")
_IMAGE = regex(r"<img[^<>]*>")
_ADDRESS = regex(r'\s(src|href)="([^"]*)"')


def resolve(html: str, file_url: Callable[[str], str], activity_url: Callable[[str], str]) -> str:
    """Point the images and links of rendered HTML to where files and activities are served."""

    def pointed(match: Match[str]) -> str:
        attribute, value = match[1], unescape(match[2])
        if value.startswith("activity:"):
            return f' {attribute}="{escape(activity_url(value.removeprefix("activity:")))}"'
        if value.startswith(_ELSEWHERE):
            return match[0]
        name, sharp, fragment = value.partition("#")
        return f' {attribute}="{escape(file_url(unquote(name)) + sharp + fragment)}"'

    return _TAG.sub(lambda tag: _ADDRESS.sub(pointed, tag[0]), html)

"""The Markdown dialect of course texts."""

from collections.abc import Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

REMARKS = ("note", "example", "warning", "question")


@cache
def parser() -> MarkdownIt:
    """The parser, made once."""
    md = MarkdownIt("commonmark", {"html": True, "typographer": False})
    md.enable(["table", "strikethrough"])
    md.use(dollarmath_plugin, allow_space=False, double_inline=True)
    md.use(footnote_plugin)
    md.use(deflist_plugin)
    md.use(container_plugin, name="hint", render=_render_hint)
    for remark in REMARKS:
        md.use(container_plugin, name=remark, render=_render_remark)
    md.core.ruler.push("figures", _figures)
    md.core.ruler.push("headings", _lower_headings)
    return md


def _title(md: RendererProtocol, token: Token, kind: str) -> str:
    text = token.info.strip().removeprefix(kind).strip()
    return parser().renderInline(text) if text else ""


def _render_hint(
    self: RendererProtocol, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    token = tokens[index]
    if token.nesting != 1:
        return "</details>\n"
    title = _title(self, token, "hint") or "…"
    return f'<details class="remark hint"><summary>{title}</summary>\n'


def _render_remark(
    self: RendererProtocol, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    token = tokens[index]
    if token.nesting != 1:
        return "</aside>\n"
    kind = next((kind for kind in REMARKS if token.info.strip().startswith(kind)), "note")
    title = _title(self, token, kind)
    heading = f'<p class="remark-title">{title}</p>\n' if title else ""
    return f'<aside class="remark {kind}">{heading}'


def _figures(state: object) -> None:
    """An image alone in its paragraph becomes a figure; its title becomes the caption."""
    tokens: list[Token] = state.tokens  # type: ignore[attr-defined]
    for index in range(1, len(tokens) - 1):
        inline = tokens[index]
        children = inline.children or []
        if inline.type != "inline" or len(children) != 1 or children[0].type != "image":
            continue
        before, after = tokens[index - 1], tokens[index + 1]
        if before.type != "paragraph_open":
            continue
        before.tag = after.tag = "figure"
        before.hidden = after.hidden = False
        children[0].attrSet("loading", "lazy")
        title = children[0].attrs.pop("title", None)
        if title:
            caption = Token("html_inline", "", 0)
            caption.content = f"<figcaption>{parser().renderInline(str(title))}</figcaption>"
            children.append(caption)


def _lower_headings(state: object) -> None:
    """The page's own title is its only first-level heading."""
    for token in state.tokens:  # type: ignore[attr-defined]
        if token.type in {"heading_open", "heading_close"}:
            level = min(int(token.tag[1]) + (1 if token.tag == "h1" else 0), 6)
            token.tag = f"h{level}"

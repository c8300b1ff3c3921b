"""LaTeX notation → MathML, without JavaScript."""

import re
from functools import lru_cache
from html import unescape
from xml.etree.ElementTree import Element, tostring

from latex2mathml.converter import convert_to_element

# The converter reads the French decimal comma, 3{,}1, as three things; it is one number.
_COMMA = re.compile(r"<mn>([\d.]+)</mn><mrow><mo>,</mo></mrow><mn>([\d.]+)</mn>")

# What a formula may be made of. The converter also knows \href, \style and \class: those go.
ELEMENTS = frozenset(
    {
        "maction", "math", "menclose", "merror", "mfenced", "mfrac", "mi", "mlabeledtr",
        "mmultiscripts", "mn", "mo", "mover", "mpadded", "mphantom", "mprescripts", "mroot",
        "mrow", "ms", "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd",
        "mtext", "mtr", "munder", "munderover", "none",
    }
)  # fmt: skip
ATTRIBUTES = frozenset(
    {
        "accent", "accentunder", "columnalign", "columnlines", "columnspacing", "columnspan",
        "depth", "display", "displaystyle", "fence", "form", "height", "largeop",
        "linethickness", "lspace", "mathbackground", "mathcolor", "mathsize", "mathvariant",
        "maxsize", "minsize", "movablelimits", "notation", "rowalign", "rowlines", "rowspacing",
        "rowspan", "rspace", "scriptlevel", "separator", "stretchy", "symmetric", "voffset",
        "width", "xmlns",
    }
)  # fmt: skip


@lru_cache(maxsize=2000)
def to_mathml(latex: str, block: bool) -> str:
    """One formula as a ``<math>`` element that keeps its LaTeX as ``alttext``.

    The converter's tree is written by us: its own output leaves what stands in ``\\text{…}``
    unescaped. Raises ``ValueError`` when the formula can't be read.
    """
    try:
        tree = convert_to_element(latex, display="block" if block else "inline")
    except Exception as error:
        reason = str(error) or _words(type(error).__name__)
        raise ValueError(f"the formula “{latex.strip()[:60]}” can't be read ({reason})") from error
    _clean(tree)
    tree.attrib = {"alttext": latex.strip(), **tree.attrib}
    mathml = tostring(tree, encoding="unicode", short_empty_elements=False)
    return _COMMA.sub(r"<mn>\1,\2</mn>", mathml)


def _words(name: str) -> str:
    """``MissingEndError`` → "missing end": the converter's errors say it in their names."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", name.removesuffix("Error")).lower()


def _clean(element: Element) -> None:
    """Only known elements and attributes, and characters instead of references to them."""
    if element.tag not in ELEMENTS:
        element.tag = "mrow"
    element.attrib = {
        name: unescape(value) for name, value in element.attrib.items() if name in ATTRIBUTES
    }
    element.text = unescape(element.text or "")
    element.tail = unescape(element.tail or "")
    for child in element:
        _clean(child)

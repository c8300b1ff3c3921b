"""The names of QTI, of whichever version: elements and attributes are called as in 2.x."""

import re

QTI = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
PACKAGE = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
METADATA = "http://ltsc.ieee.org/xsd/LOM"
OWN = "data-preau-"  # before what QTI has no word for
SOURCE = f"{OWN}source"  # a text as its author wrote it, where XML says it in other words
PART = f"{OWN}part"  # a text that stands in the body apart from what is asked
TYPE = f"{OWN}type"

_XML = "http://www.w3.org/XML/1998/namespace"
# Whose elements are written in a text without a prefix.
_IN_TEXTS = (
    "http://www.w3.org/1999/xhtml", "http://www.w3.org/1998/Math/MathML",
    "http://www.w3.org/2000/svg",
)  # fmt: skip
_OURS = re.compile(
    r"https?://(www|purl|ltsc)\.?(imsglobal|imsproject|ieee)\.org/.*|https?://ltsc\.ieee\.org/.*"
)
_KEBAB = re.compile(r"-([a-z0-9])")


def element_name(tag: str) -> str:
    """``{…}qti-choice-interaction`` and ``{…}choiceInteraction`` are ``choiceInteraction``.

    A name of another namespace keeps it.
    """
    space, _brace, local = tag[1:].rpartition("}") if tag.startswith("{") else ("", "", tag)
    if space in _IN_TEXTS:
        return local
    if space and not _OURS.fullmatch(space):
        return tag
    if local.startswith("qti-"):
        return _camel(local[4:])
    return local


def attributes_of(tag: str, attributes: dict[str, str]) -> dict[str, str]:
    """Those of an element, called as in 2.x; where the schema is does not matter."""
    renamed = tag.rpartition("}")[2].startswith("qti-")
    found = {}
    for name, value in attributes.items():
        if name.startswith("{"):
            if name == f"{{{_XML}}}lang":
                found["lang"] = value
        elif renamed and not name.startswith(("data-", "aria-")):
            found[_camel(name)] = value
        else:
            found[name] = value
    return found


def _camel(name: str) -> str:
    return _KEBAB.sub(lambda it: it[1].upper(), name)

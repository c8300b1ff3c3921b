"""Characters that GIFT gives a meaning, and how a text has them for themselves.

While a file is read, an escaped character is one of Unicode's noncharacters: whatever looks for
``{`` or ``=`` then finds those that mean something.
"""

from preau.kit.errors import PreauError

_ESCAPED = "~=#{}:\\"
_HIDDEN = {letter: chr(0xFDD0 + place) for place, letter in enumerate(_ESCAPED)}
_SHOWN = {ord(hidden): letter for letter, hidden in _HIDDEN.items()} | {0xFDDF: "\n"}
_LINE = chr(0xFDDF)


def hidden(text: str) -> str:
    """The text with every escaped character hidden. Raises ``PreauError``."""
    if any("\ufdd0" <= letter <= "\ufdef" for letter in text):
        raise PreauError("The text has characters that are none (U+FDD0 to U+FDEF).")
    pieces, last = [], 0
    while (place := text.find("\\", last)) >= 0:
        pieces.append(text[last:place])
        after = text[place + 1 : place + 2]
        pieces.append(_LINE if after == "n" else _HIDDEN.get(after, "\\" + after))
        last = place + 2
    return "".join([*pieces, text[last:]])


def shown(text: str) -> str:
    """The characters that were hidden, as themselves; spaces around the text go."""
    return text.strip().translate(_SHOWN)


def escaped(text: str) -> str:
    """A text as it stands in a file."""
    return "".join(f"\\{it}" if it in _ESCAPED else it for it in text).replace("\n", "\\n")

"""Characters that GIFT gives a meaning, and how a text has them for themselves.

While a file is read, an escaped character is one of Unicode's noncharacters: whatever looks for
``{`` or ``=`` then finds those that mean something.
"""

from preau.kit.errors import PreauError
from preau.kit.questions.formats.encoding import encodable

_ESCAPED = "~=#{}:\\"
_HIDDEN = {letter: chr(0xFDD0 + place) for place, letter in enumerate(_ESCAPED)}
_SHOWN = {ord(hidden): letter for letter, hidden in _HIDDEN.items()} | {0xFDDF: "\n"}
_LINE = chr(0xFDDF)
_NONE = dict.fromkeys(range(0xFDD0, 0xFDF0))
_SHORT = 60  # characters of a text that an error quotes


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


def quoted(text: str) -> str:
    """The beginning of a text, as an error shows it."""
    plain = shown(text)
    return f"“{plain}”" if len(plain) <= _SHORT else f"“{plain[: _SHORT - 1]}…”"


def escaped(text: str) -> str:
    """A text as it stands in a file, without the characters that no file may have."""
    clean = encodable(text).translate(_NONE)
    return "".join(f"\\{it}" if it in _ESCAPED else it for it in clean).replace("\n", "\\n")

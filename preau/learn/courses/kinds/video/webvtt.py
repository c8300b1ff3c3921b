"""WebVTT, the format of subtitles and chapters (W3C WebVTT, sections 4 and 6)."""

import re
from dataclasses import dataclass
from html import unescape

_TIME = re.compile(r"^(?:([0-9]{2,4}):)?([0-5][0-9]):([0-5][0-9])\.([0-9]{3})$")
_TAG = re.compile(r"<[^>]*>")


class WebVTTError(ValueError):
    """What is wrong, and in which line (from 1)."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class Cue:
    """A text and the seconds between which it is shown."""

    start: float
    end: float
    text: str


def parse_webvtt(content: bytes) -> list[Cue]:
    """The cues in the file's order, as plain text.

    Raises ``WebVTTError`` for a file that is not UTF-8, does not begin with WEBVTT, or has a
    cue whose times are malformed or run backwards.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise WebVTTError(line, "is not UTF-8 text; save it as UTF-8") from error
    text = text.replace("\0", "\ufffd")  # as the standard asks
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not re.match(r"^WEBVTT(?:[ \t].*)?$", lines[0]):
        raise WebVTTError(1, "does not begin with WEBVTT")
    return [cue for block in _blocks(lines) if (cue := _cue(block))]


def _blocks(lines: list[str]) -> list[list[tuple[int, str]]]:
    blocks: list[list[tuple[int, str]]] = [[]]
    for number, line in enumerate(lines[1:], start=2):
        if line.strip():
            blocks[-1].append((number, line))
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _cue(block: list[tuple[int, str]]) -> Cue | None:
    first = block[0][1]
    if re.match(r"^(NOTE|STYLE|REGION)(\s|$)", first):
        return None
    timed = next((i for i, (_number, line) in enumerate(block[:2]) if "-->" in line), None)
    if timed is None:
        if any("-->" in line for _number, line in block):
            raise WebVTTError(block[0][0], "a cue's times must stand in its first or second line")
        return None  # header lines and stray text are ignored, as the standard asks
    number, line = block[timed]
    start, end = _times(line, number)
    text = "\n".join(unescape(_TAG.sub("", line)).strip() for _number, line in block[timed + 1 :])
    return Cue(start, end, text.strip())


def _times(line: str, number: int) -> tuple[float, float]:
    before, _arrow, after = line.partition("-->")
    found = [
        _TIME.match(part) for part in (before.strip(), after.split()[0] if after.split() else "")
    ]
    if not all(found):
        raise WebVTTError(
            number, f"the times “{line.strip()[:60]}” are not like 00:01.000 --> 00:04.500"
        )
    start, end = (
        int(m[1] or 0) * 3600 + int(m[2]) * 60 + int(m[3]) + int(m[4]) / 1000 for m in found if m
    )
    if end <= start:
        raise WebVTTError(number, "the cue ends before it begins")
    return start, end

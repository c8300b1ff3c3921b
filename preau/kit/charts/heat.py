"""A table as colours: the darker, the more."""

from collections.abc import Sequence

from preau.kit.charts.scale import spread
from preau.kit.charts.svg import Svg

_TOP = 8
_LETTER = 12  # points, as large as a phone shows it
LEVELS = 10


def heat_map(
    title: str,
    words: str,
    rows: Sequence[str],
    columns: Sequence[str],
    values: Sequence[Sequence[float]],
) -> Svg:
    """A field for each row and column; ``values`` has a list for each row."""
    height = 30 * len(rows) + _TOP + 26
    picture = Svg(title, words, height=height)
    left = max((len(name) for name in rows), default=0) * _LETTER + 20
    most = max((value for line in values for value in line), default=0) or 1
    room = (picture.width - left - 8) / max(1, len(columns))
    for number, (name, line) in enumerate(zip(rows, values, strict=True)):
        y = _TOP + 30 * number
        picture.text(left - 10, y + 19, name, "end")
        for place, value in enumerate(line):
            level = round(LEVELS * value / most)
            says = f"{name}, {columns[place]}: {value:,.0f}"
            x = left + place * room
            picture.box(x + 1, y + 1, room - 2, 28, f"heat heat-{level}", says)
    for place in spread(len(columns), 24):
        x = left + (place + 0.5) * room
        picture.text(x, height - 8, columns[place], "middle")
    return picture

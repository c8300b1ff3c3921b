"""Bars over time, one upon the other."""

from collections.abc import Mapping, Sequence

from preau.kit.charts.scale import Scale, short, spread
from preau.kit.charts.svg import Svg, series

_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 8, 28, 32
_WIDEST = 72  # that a bar gets, however few there are


def stacked_bars(
    title: str,
    words: str,
    labels: Sequence[str],
    parts: Mapping[str, Sequence[float]],
) -> Svg:
    """A bar for each label, of the parts by their names; at most so many parts as colours."""
    picture = Svg(title, words)
    bottom, right = picture.height - _BOTTOM, picture.width - _RIGHT
    totals = [sum(values) for values in zip(*parts.values(), strict=True)] if parts else []
    scale = Scale(max(totals, default=0) or 1, bottom, _TOP)
    for mark in scale.marks:
        picture.line(_LEFT, scale.place(mark), right, scale.place(mark))
        picture.text(_LEFT - 8, scale.place(mark) + 4, short(mark), "end")
    room = (right - _LEFT) / max(1, len(labels))
    width = min(room * 0.8, _WIDEST)
    for number, label in enumerate(labels):
        base = 0.0
        for colour, (name, values) in enumerate(parts.items()):
            value = values[number]
            if not value:
                continue
            low, high = scale.place(base), scale.place(base + value)
            says = f"{label}: {value:,.0f} {name}"
            x = _LEFT + (number + 0.5) * room - width / 2
            picture.box(x, high, width, low - high, series(colour), says)
            base += value
    for number in spread(len(labels), 12):
        picture.text(_LEFT + (number + 0.5) * room, bottom + 23, labels[number], "middle")
    picture.line(_LEFT, bottom, right, bottom, "chart-axis")
    if len(parts) > 1:
        picture.key(list(parts))
    return picture

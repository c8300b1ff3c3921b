"""Curves along one axis, such as the seconds of a film."""

from collections.abc import Mapping, Sequence

from preau.kit.charts.scale import Scale, short, spread
from preau.kit.charts.svg import Svg, series

_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 12, 28, 32


def curves(
    title: str, words: str, labels: Sequence[str], lines: Mapping[str, Sequence[float]]
) -> Svg:
    """A line for each name; ``labels`` name the values along the axis. The first is filled."""
    picture = Svg(title, words)
    bottom, right = picture.height - _BOTTOM, picture.width - _RIGHT
    most = max((value for values in lines.values() for value in values), default=0)
    scale = Scale(most or 1, bottom, _TOP)
    for mark in scale.marks:
        picture.line(_LEFT, scale.place(mark), right, scale.place(mark))
        picture.text(_LEFT - 8, scale.place(mark) + 4, short(mark), "end")
    step = (right - _LEFT) / max(1, len(labels) - 1)
    for number, values in enumerate(lines.values()):
        points = [(_LEFT + step * at, scale.place(value)) for at, value in enumerate(values)]
        if number == 0 and points:
            area = [(points[0][0], bottom), *points, (points[-1][0], bottom)]
            picture.shape(area, f"area {series(number)}", closed=True)
        picture.shape(points, f"curve {series(number)}", closed=False)
    for number in spread(len(labels), 10):
        anchor = "end" if number and number == len(labels) - 1 else "middle"  # else cut off
        picture.text(_LEFT + step * number, bottom + 23, labels[number], anchor)
    picture.line(_LEFT, bottom, right, bottom, "chart-axis")
    if len(lines) > 1:
        picture.key(list(lines))
    return picture

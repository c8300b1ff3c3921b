"""The frame of a chart: its size, its words for those who do not see it, and its shapes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

COLOURS = ("#0b545c", "#c8641b", "#4f7d2f", "#7a4b8c", "#2f6fb0", "#8a6d1d", "#5c6470")
_STYLE = """
svg{background:#fffefb;font-family:system-ui,"DejaVu Sans",sans-serif}
.chart-text{fill:#4b5d63;font-size:13px}.chart-grid{stroke:#ddd7ca}.chart-axis{stroke:#78868a}
"""


@dataclass
class Svg:
    """A picture of ``width`` by ``height`` points; ``title`` and ``words`` say what it shows."""

    title: str
    words: str
    width: int = 800
    height: int = 300
    parts: list[str] = field(default_factory=list)

    def text(self, x: float, y: float, words: str, anchor: str = "start") -> None:
        """Some words; ``anchor`` is start, middle or end."""
        self.parts.append(
            f'<text class="chart-text" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">'
            f"{escape(words)}</text>"
        )

    def line(self, x1: float, y1: float, x2: float, y2: float, name: str = "chart-grid") -> None:
        """A line."""
        self.parts.append(
            f'<line class="{name}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'
        )

    def box(
        self, x: float, y: float, width: float, height: float, name: str, says: str = ""
    ) -> None:
        """A rectangle, which says something when one points at it."""
        inside = f"<title>{escape(says)}</title>" if says else ""
        self.parts.append(
            f'<rect class="{name}" x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" '
            f'height="{height:.2f}">{inside}</rect>'
        )

    def shape(self, points: Sequence[tuple[float, float]], name: str, *, closed: bool) -> None:
        """A line through points, or an area within them."""
        way = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self.parts.append(f'<poly{"gon" if closed else "line"} class="{name}" points="{way}"/>')

    def key(self, names: Sequence[str]) -> None:
        """What each colour is, along the top."""
        x = 52.0
        for number, name in enumerate(names):
            self.box(x, 4, 12, 12, series(number))
            self.text(x + 18, 15, name)
            x += 40 + 12 * len(name)  # room for large letters on a phone

    def __str__(self) -> str:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="chart-picture" role="img" '
            f'viewBox="0 0 {self.width} {self.height}" aria-label="{escape(self.words)}">'
            f"<title>{escape(self.title)}</title>{''.join(self.parts)}</svg>"
        )


def series(number: int) -> str:
    """The class of a series' shapes, from 0."""
    return f"series series-{number % len(COLOURS) + 1}"


def standalone(picture: Svg) -> str:
    """The picture with its colours, as a file of its own."""
    colours = "".join(
        f".series-{number}{{fill:{colour}}}.curve.series-{number}{{stroke:{colour};fill:none}}"
        for number, colour in enumerate(COLOURS, 1)
    )
    levels = "".join(
        f".heat-{level}{{fill:{COLOURS[0]};fill-opacity:{level / 10:.1f}}}" for level in range(11)
    )
    style = f"<style>{_STYLE}{colours}.curve{{stroke-width:2}}{levels}</style>"
    size = f'width="{picture.width}" height="{picture.height}" '
    return str(picture).replace("<title>", f"{style}<title>", 1).replace("<svg ", f"<svg {size}", 1)

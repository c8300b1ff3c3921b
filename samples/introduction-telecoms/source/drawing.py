"""What the figures are drawn with: one light panel, lines, boxes, letters for a phone."""

from __future__ import annotations

import math
from html import escape
from pathlib import Path

COURSE = Path(__file__).resolve().parent.parent
INK, FAINT, PAPER = "#1d2b3a", "#c6cbce", "#faf7f0"
TEAL, AMBER, RED, BLUE, PLUM = "#0b7a75", "#b85f0b", "#be342d", "#3460a6", "#7a4b8f"
SOFT = {TEAL: "#cfe6e2", AMBER: "#f6ddbf", RED: "#f3cfcb", BLUE: "#d3def1", PLUM: "#e6d8ee"}


class Figure:
    def __init__(self, path: str, title: str, height: int = 320, width: int = 640) -> None:
        self.path, self.size = COURSE / path, (width, height)
        self.parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
            f' font-family="system-ui, \'DejaVu Sans\', sans-serif" font-size="20" fill="{INK}">',
            f"  <title>{escape(title)}</title>",
            f'  <rect x="1" y="1" width="{width - 2}" height="{height - 2}" rx="16" fill="{PAPER}" stroke="#e0d9c8"/>',
        ]

    def line(self, points, colour=INK, width=2.0, dash="", opacity=1.0) -> None:
        way = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        more = f' stroke-dasharray="{dash}"' if dash else ""
        more += f' stroke-opacity="{opacity}"' if opacity < 1 else ""
        self.parts.append(
            f'  <path d="{way}" fill="none" stroke="{colour}" stroke-width="{width:g}"'
            f' stroke-linejoin="round" stroke-linecap="round"{more}/>'
        )

    def arrow(self, x0, y0, x1, y1, colour=INK, width=2.0, dash="", both=False) -> None:
        angle = math.atan2(y1 - y0, x1 - x0)
        self.line([(x0, y0), (x1, y1)], colour, width, dash)
        for x, y, turn in [(x1, y1, angle)] + ([(x0, y0, angle + math.pi)] if both else []):
            wings = [
                (x - 11 * math.cos(turn + side), y - 11 * math.sin(turn + side))
                for side in (0.42, -0.42)
            ]
            self.line([wings[0], (x, y), wings[1]], colour, width)

    def dot(self, x, y, radius=5.0, colour=AMBER, outline="") -> None:
        more = f' stroke="{outline}" stroke-width="2"' if outline else ""
        self.parts.append(
            f'  <circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{colour}"{more}/>'
        )

    def box(self, x, y, width, height, colour=TEAL, outline="", radius=6.0) -> None:
        more = f' stroke="{outline}" stroke-width="2"' if outline else ""
        self.parts.append(
            f'  <rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
            f' rx="{radius:g}" fill="{colour}"{more}/>'
        )

    def area(self, points, colour, outline="none") -> None:
        way = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self.parts.append(
            f'  <polygon points="{way}" fill="{colour}" stroke="{outline}" stroke-width="2"/>'
        )

    def text(
        self, x, y, words, colour=INK, size=20, anchor="middle", bold=False, italic=False
    ) -> None:
        more = f' font-size="{size}"' if size != 20 else ""
        more += ' font-weight="700"' if bold else ""
        more += ' font-style="italic"' if italic else ""
        more += f' fill="{colour}"' if colour != INK else ""
        more += f' text-anchor="{anchor}"' if anchor != "start" else ""
        self.parts.append(f'  <text x="{x:.1f}" y="{y:.1f}"{more}>{escape(words)}</text>')

    def write(self) -> None:
        self.path.parent.mkdir(exist_ok=True)
        self.path.write_text("\n".join([*self.parts, "</svg>"]) + "\n", encoding="utf-8")


def wave(x0, x1, y, swing, periods, phase=0.0, steps=200):
    return [
        (
            x0 + (x1 - x0) * n / steps,
            y - swing * math.sin(2 * math.pi * periods * n / steps + phase),
        )
        for n in range(steps + 1)
    ]

"""The figures of the quizzes, without words: both languages share them.

They are written below ``source/quizzes/`` and stand in base64 in the quizzes' XML files, into
which ``make_quiz_figures.py`` puts them.
"""

import math

from drawing import AMBER, BLUE, FAINT, INK, PAPER, PLUM, RED, SOFT, TEAL, Figure


class QuizFigure(Figure):
    """A figure that says its size: places on it are in pixels."""

    def __init__(self, name: str, title: str, width: int = 640, height: int = 320) -> None:
        super().__init__(f"source/quizzes/{name}.svg", title, height, width)
        self.parts[0] = self.parts[0].replace(
            "<svg ", f'<svg width="{width}" height="{height}" ', 1
        )

    def numbered(self, x, y, number, colour) -> None:
        self.dot(x, y, 15, "#ffffff", colour)
        self.text(x, y + 7, str(number), colour, 20, bold=True)


def waveform() -> None:
    f = QuizFigure("waveform", "x(t)", height=340)
    rest, swing = 180, 90
    f.arrow(40, rest, 620, rest)
    f.arrow(60, 320, 60, 30)
    f.text(612, 206, "t", size=22, italic=True)
    f.text(90, 42, "x(t)", size=22, italic=True)
    half = f"{100 * 4 / 3 / math.pi:.1f} {{0}} {100 - 100 * 4 / 3 / math.pi:.1f} {{0}} 100 0"
    swings = " ".join(half.format((-1) ** (it + 1) * swing * 4 // 3) for it in range(5))
    f.parts.append(
        f'  <path d="M60 {rest} c{swings}" fill="none" stroke="{TEAL}" stroke-width="4"/>'
    )
    for x, top, bottom in ((110, 58, 90), (310, 58, 90), (160, 180, 306), (260, 180, 306)):
        f.line([(x, top), (x, bottom)], INK, 1.5, "4 4")
    for y, start in ((90, 510), (270, 410)):
        f.line([(start, y), (594, y)], INK, 1.5, "4 4")
    f.arrow(112, 62, 308, 62, AMBER, 3, both=True)
    f.numbered(210, 62, 1, AMBER)
    f.arrow(510, 178, 510, 92, PLUM, 3, both=True)
    f.numbered(510, 135, 2, PLUM)
    f.arrow(162, 302, 258, 302, BLUE, 3, both=True)
    f.numbered(210, 302, 3, BLUE)
    f.arrow(586, 268, 586, 92, RED, 3, both=True)
    f.numbered(586, 225, 4, RED)
    f.write()


def bars(name: str, found: list[tuple[int, int, str]], half: int = 0) -> None:
    """A spectrum; ``found`` has the frequency, the height and the colour of each bar."""
    f = QuizFigure(name, "kHz", width=480, height=240)
    f.arrow(40, 190, 460, 190)
    f.text(444, 176, "kHz", size=18)
    for frequency in range(7):
        x = 60 + 60 * frequency
        f.line([(x, 190), (x, 196)])
        f.text(x, 218, str(frequency), size=18)
    for frequency, height, colour in found:
        f.box(60 + 60 * frequency - 9, 190 - height, 18, height, colour, radius=3)
    if half:
        f.line([(60 + 60 * half, 30), (60 + 60 * half, 190)], INK, 2, "6 5")
        bend = [(240 + 60 * math.cos(it / 10), 100 - 45 * math.sin(it / 10)) for it in range(4, 28)]
        f.line([(360, 140), *((60 + x, y) for x, y in bend)], RED, 3)
        f.arrow(250, 76, 244, 92, RED, 3)
    f.write()


def parity() -> None:
    f = QuizFigure("parity", "0 1", width=360, height=290)
    rows = ["10111", "01110", "10010", "01001"]
    for row, digits in enumerate(rows):
        for column, digit in enumerate(digits):
            check = row == 3 or column == 4
            x, y = 30 + 60 * column, 25 + 60 * row
            f.box(x, y, 54, 54, SOFT[BLUE] if check else "#ffffff", BLUE if check else INK)
            f.text(x + 27, y + 36, digit, BLUE if check else INK, 26, bold=check)
    f.write()


def handover() -> None:
    f = QuizFigure("handover", "dB", height=340)
    for step in range(9):
        y = 50 + 30 * step
        f.line([(60, y), (600, y)], FAINT, 1.5)
    f.arrow(60, 310, 60, 30)
    f.arrow(60, 310, 610, 310)
    f.arrow(36, 52, 36, 78, INK, 2, both=True)
    f.text(36, 104, "3 dB", size=17)
    f.line([(60, 80), (580, 260)], AMBER, 4)
    f.line([(60, 260), (580, 80)], BLUE, 4)
    f.text(84, 74, "A", AMBER, 24, bold=True)
    f.text(556, 74, "B", BLUE, 24, bold=True)
    f.text(596, 334, "t", size=22, italic=True)
    f.write()


def constellation(count: int) -> None:
    f = QuizFigure(f"constellation-{count}", str(count), width=160, height=160)
    f.line([(80, 12), (80, 148)], FAINT)
    f.line([(12, 80), (148, 80)], FAINT)
    side = math.isqrt(count)
    step = 112 / side
    for row in range(side):
        for column in range(side):
            x, y = (80 + (it - (side - 1) / 2) * step for it in (column, row))
            f.parts.append(
                f'  <circle cx="{x:g}" cy="{y:g}" r="{min(7, step / 3):.3g}" fill="{TEAL}"/>'
            )
    f.write()


def resolver() -> None:
    f = QuizFigure("resolver", "DNS", height=380)
    f.box(30, 150, 90, 80, SOFT[AMBER], AMBER)
    f.text(75, 204, "☺", AMBER, 40)
    f.box(230, 40, 110, 300, SOFT[TEAL], TEAL)
    for n in range(3):
        y = 80 + 110 * n
        f.box(480, y - 36, 130, 72, SOFT[BLUE], BLUE)
        f.arrow(346, y - 12, 474, y - 12, BLUE, 3)
        f.arrow(474, y + 16, 346, y + 16, INK, 2, "6 4")
    f.arrow(126, 176, 224, 176, AMBER, 3)
    f.arrow(224, 206, 126, 206, AMBER, 3)
    for x, y, number, colour in (
        (175, 152, 1, AMBER),
        (410, 282, 2, BLUE),
        (376, 316, 3, INK),
        (410, 62, 4, BLUE),
        (376, 96, 5, INK),
        (410, 172, 6, BLUE),
        (376, 206, 7, INK),
        (175, 232, 8, AMBER),
    ):
        f.numbered(x, y, number, colour)
    f.write()


def routes() -> None:
    f = QuizFigure("routes", "A → D", height=330)
    nodes = {
        "A": (70, 165),
        "R1": (220, 75),
        "R2": (220, 255),
        "R3": (420, 75),
        "R4": (420, 255),
        "D": (570, 165),
    }
    links = [
        ("A", "R1", 1),
        ("A", "R2", 4),
        ("R1", "R3", 5),
        ("R1", "R2", 1),
        ("R2", "R4", 2),
        ("R3", "R4", 1),
        ("R3", "D", 2),
        ("R4", "D", 6),
    ]
    for a, b, cost in links:
        (x0, y0), (x1, y1) = nodes[a], nodes[b]
        f.line([(x0, y0), (x1, y1)], FAINT, 4)
        f.dot((x0 + x1) / 2, (y0 + y1) / 2, 17, PAPER, FAINT)
        f.text((x0 + x1) / 2, (y0 + y1) / 2 + 7, str(cost), bold=True)
    for name, (x, y) in nodes.items():
        end = name in "AD"
        f.dot(x, y, 30, SOFT[AMBER] if end else "#ffffff", AMBER if end else INK)
        f.text(x, y + 8, name, AMBER if end else INK, 22, bold=True)
    f.write()


def draw() -> None:
    waveform()
    bars("spectrum", [(1, 120, TEAL), (3, 70, TEAL), (5, 40, TEAL)])
    bars("folded", [(1, 120, TEAL), (3, 70, TEAL), (3, 40, RED), (5, 40, SOFT[RED])], half=4)
    parity()
    handover()
    for count in (4, 16, 64):
        constellation(count)
    resolver()
    routes()

"""The figures of the section “signals”."""

import math

from drawing import AMBER, BLUE, FAINT, INK, PLUM, RED, SOFT, TEAL, Figure, wave


def sine() -> None:
    f = Figure("signals/figures/sine.svg", "x(t), A, T")
    f.arrow(60, 170, 610, 170)
    f.arrow(60, 290, 60, 34)
    f.line(wave(60, 560, 170, 90, 2.5), TEAL, 4)
    f.text(600, 200, "t", italic=True, size=24)
    f.text(100, 50, "x(t)", italic=True, size=24)
    f.line([(110, 80), (110, 56)], INK, 1.5, "4 4")
    f.line([(310, 80), (310, 56)], INK, 1.5, "4 4")
    f.arrow(112, 56, 308, 56, AMBER, 2.5, both=True)
    f.text(230, 44, "T", AMBER, 26, italic=True, bold=True)
    f.arrow(510, 168, 510, 82, PLUM, 2.5, both=True)
    f.text(530, 160, "A", PLUM, 26, italic=True, bold=True)
    f.write()


def spectrum() -> None:
    f = Figure("signals/figures/spectrum.svg", "t → f", 330)
    f.arrow(30, 160, 330, 160)
    f.text(340, 188, "t", italic=True, size=24)
    points = [
        (
            34 + n,
            160
            - 62 * math.sin(2 * math.pi * 2 * n / 280)
            - 26 * math.sin(2 * math.pi * 6 * n / 280),
        )
        for n in range(281)
    ]
    f.line(wave(34, 314, 160, 62, 2), TEAL, 2, "3 5")
    f.line(wave(34, 314, 160, 26, 6), AMBER, 2, "3 5")
    f.line(points, INK, 3.5)
    f.arrow(340, 100, 376, 100, INK, 3)
    f.arrow(400, 270, 618, 270)
    f.arrow(400, 290, 400, 50)
    f.text(612, 300, "f", italic=True, size=24)
    f.line([(460, 270), (460, 270 - 62 * 2.6)], TEAL, 10)
    f.line([(560, 270), (560, 270 - 26 * 2.6)], AMBER, 10)
    f.text(460, 300, "200 Hz", TEAL, 18)
    f.text(555, 190, "600 Hz", AMBER, 18)
    f.write()


def sampling() -> None:
    f = Figure("signals/figures/aliasing.svg", "fₛ = 8 kHz, f = 1 kHz, f = 7 kHz", 400)
    for row, (kilohertz, colour) in enumerate([(1, TEAL), (7, BLUE)]):
        y = 115 + 190 * row
        f.arrow(40, y, 500, y, INK, 1.5)
        f.line(
            wave(40, 480, y, 66, 2 * kilohertz, steps=500),
            colour,
            2.5,
            opacity=0.9 if row == 0 else 0.45,
        )
        if row:
            f.line(wave(40, 480, y, 66, 2, math.pi), RED, 3, "8 6")
        for n in range(17):
            x = 40 + 440 * n / 16
            level = y - 66 * math.sin(2 * math.pi * kilohertz * n / 8)
            f.line([(x, y), (x, level)], AMBER, 1.5)
            f.dot(x, level, 5)
        f.text(568, y - 8, f"{kilohertz} kHz", colour, 24, bold=True)
        f.text(
            568,
            y + 24,
            "8 > 2 × 1 ✓" if row == 0 else "8 < 2 × 7 ✗",
            colour if row == 0 else RED,
            18,
        )
    f.text(568, 365, "8 − 7 = 1 kHz", RED, 18)
    f.write()


def decibels() -> None:
    f = Figure("signals/figures/levels.svg", "20 dBm − 30 dB + 25 dB − 30 dB = −15 dBm", 340)
    top, scale = 60, 4.6  # 20 dBm at y = 60

    def y(dbm):
        return top + (20 - dbm) * scale

    for mark in (20, 10, 0, -10, -20):
        f.line([(86, y(mark)), (620, y(mark))], FAINT, 1)
        f.text(78, y(mark) + 6, f"{mark}".replace("-", "−"), size=17, anchor="end")
    f.text(52, 34, "dBm", size=17)
    steps = [(90, 20), (140, 20), (300, -10), (340, 15), (560, -15), (615, -15)]
    f.line([(x, y(level)) for x, level in steps], TEAL, 4)
    for x, level in steps[1:-1]:
        f.dot(x, y(level), 6, TEAL)
    f.text(232, y(6), "−30 dB", RED, 20, "start", bold=True)
    f.text(352, y(17.5), "+25 dB", TEAL, 20, "start", bold=True)
    f.text(470, y(2), "−30 dB", RED, 20, "start", bold=True)
    f.text(112, y(20) - 12, "100 mW", size=17)
    f.text(586, y(-15) - 14, "32 µW", size=17)
    f.line([(100, 305), (290, 305)], INK, 3)
    f.area([(300, 285), (300, 325), (338, 305)], SOFT[TEAL], TEAL)
    f.line([(340, 305), (600, 305)], INK, 3)
    f.dot(100, 305, 9, AMBER)
    f.dot(600, 305, 9, AMBER)
    f.write()


def noise() -> None:
    f = Figure("signals/figures/noise.svg", "1 0 1 1 0 1 + N", 400)
    bits = [1, 0, 1, 1, 0, 1]
    seed = 7
    for row, strength in enumerate([9, 27]):
        y, points = 100 + 180 * row, []
        for n in range(541):
            seed = (seed * 1103515245 + 12345) % 2**31
            drawn = sum(((seed >> shift) % 1000) / 1000 - 0.5 for shift in (3, 8, 13, 18)) * 1.4
            level = -40 if bits[min(5, n // 90)] else 40
            points.append((50 + n, y + level + strength * drawn))
        ideal = [
            (50 + 90 * n + 90 * side, y + (-40 if bit else 40))
            for n, bit in enumerate(bits)
            for side in (0, 1)
        ]
        f.line(points[::2], (TEAL, RED)[row], 1.6)
        f.line(ideal, INK, 2.5, "7 5")
        f.line([(40, y), (602, y)], FAINT, 1.5)
        f.text(612, y + 7, "?", (TEAL, RED)[row], 24, bold=True) if row else f.text(
            616, y + 7, "✓", TEAL, 24
        )
    for n, bit in enumerate(bits):
        f.text(95 + 90 * n, 34, str(bit), size=22, bold=True)
    f.write()


FIGURES = (sine, spectrum, sampling, decibels, noise)

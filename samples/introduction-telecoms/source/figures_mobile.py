"""The figures of the section “mobile”."""

import math

from drawing import AMBER, BLUE, FAINT, INK, PAPER, PLUM, RED, TEAL, Figure, wave


def radio() -> None:
    f = Figure("mobile/figures/radio-spectrum.svg", "λ = c / f", 300)

    def x(megahertz):
        return 50 + 540 * math.log10(megahertz / 30) / math.log10(100000 / 30)

    f.arrow(40, 150, 618, 150, INK, 2.5)
    for megahertz, name, length in [
        (30, "30 MHz", "10 m"),
        (300, "300 MHz", "1 m"),
        (3000, "3 GHz", "10 cm"),
        (30000, "30 GHz", "1 cm"),
    ]:
        f.line([(x(megahertz), 142), (x(megahertz), 158)], INK, 2.5)
        f.text(max(56, x(megahertz)), 184, name, size=18)
        f.text(max(56, x(megahertz)), 210, f"λ = {length}", TEAL, 18)
    bands = [
        (88, 108, "FM", AMBER, 60),
        (694, 790, "4G/5G", BLUE, 60),
        (2400, 2484, "Wi-Fi", PLUM, 60),
        (3400, 3800, "5G", BLUE, 94),
        (24250, 27500, "5G", BLUE, 60),
    ]
    for low, high, name, colour, y in bands:
        f.box(x(low), y + 8, max(9, x(high) - x(low)), 142 - y - 8, colour, "", 3)
        f.text((x(low) + x(high)) / 2 + (14 if y == 94 else 0), y, name, colour, 18, bold=True)
    f.line(wave(50, 230, 256, 20, 1), TEAL, 3)
    f.line(wave(250, 410, 256, 20, 4), TEAL, 3)
    f.line(wave(430, 590, 256, 20, 14, steps=400), TEAL, 3)
    f.write()


def path_loss() -> None:
    f = Figure("mobile/figures/path-loss.svg", "A(d) dB, 800 MHz, 3500 MHz, 26 GHz", 390)

    def x(kilometres):
        return 90 + 510 * math.log10(kilometres / 0.01) / 3

    def y(loss):
        return 330 - (loss - 40) * 2.75

    for loss in (40, 60, 80, 100, 120, 140):
        f.line([(90, y(loss)), (600, y(loss))], FAINT, 1)
        f.text(80, y(loss) + 6, str(loss), size=18, anchor="end")
    for kilometres, name in [(0.01, "10 m"), (0.1, "100 m"), (1, "1 km"), (10, "10 km")]:
        f.line([(x(kilometres), y(40)), (x(kilometres), y(142))], FAINT, 1)
        f.text(x(kilometres), 360, name, size=18)
    f.text(46, 40, "dB", size=18)
    for megahertz, name, colour in [
        (800, "800 MHz", TEAL),
        (3500, "3500 MHz", BLUE),
        (26000, "26 GHz", RED),
    ]:
        loss = [32.45 + 20 * math.log10(d) + 20 * math.log10(megahertz) for d in (0.01, 10)]
        f.line([(x(0.01), y(loss[0])), (x(10), y(loss[1]))], colour, 4)
        at = {800: 0.05, 3500: 0.4, 26000: 3.0}[megahertz]
        middle = 32.45 + 20 * math.log10(at) + 20 * math.log10(megahertz)
        f.box(x(at) - 62, y(middle) - 15, 124, 30, PAPER, colour, 6)
        f.text(x(at), y(middle) + 7, name, colour, 18, bold=True)
    f.write()


def cells() -> None:
    f = Figure("mobile/figures/cells.svg", "1 … 7", 420)
    colours = [TEAL, AMBER, BLUE, PLUM, RED, "#5b7a1d", "#5c6470"]
    fills = ["#cfe6e2", "#f6ddbf", "#d3def1", "#e6d8ee", "#f3cfcb", "#e0e9c9", "#dfe2e5"]
    radius = 44
    for q in range(-5, 6):
        for r in range(-4, 5):
            cx = 320 + radius * 1.5 * q
            cy = 210 + radius * math.sqrt(3) * (r + q / 2)
            if not (50 < cx < 592 and 45 < cy < 378):
                continue
            group = (q - 2 * r) % 7  # a cell and its six neighbours: seven different groups
            corners = [
                (
                    cx + (radius - 2) * math.cos(math.pi / 3 * n),
                    cy + (radius - 2) * math.sin(math.pi / 3 * n),
                )
                for n in range(6)
            ]
            f.area(corners, fills[group], colours[group])
            f.text(cx, cy + 9, str(group + 1), colours[group], 26, bold=True)
    ax, ay = 320, 210
    # the nearest cell of the same group: (q, r) = (2, 1) -> 2 - 2 = 0
    bx, by = 320 + radius * 1.5 * 2, 210 + radius * math.sqrt(3) * (1 + 1)
    f.arrow(ax + 8, ay + 13, bx - 8, by - 16, INK, 3.5, both=True)
    f.text((ax + bx) / 2 + 26, (ay + by) / 2 - 2, "D", INK, 26, italic=True, bold=True)
    f.write()


def handover() -> None:
    f = Figure("mobile/figures/handover.svg", "A → B", 360)
    f.arrow(60, 300, 615, 300)
    f.arrow(60, 310, 60, 40)
    f.text(96, 42, "dBm", size=18)

    def level(x, mast):
        return 92 + 60 * math.log10(1 + ((x - mast) / 32) ** 2) * 1.15

    for mast, colour, name in [(110, TEAL, "A"), (560, BLUE, "B")]:
        f.line([(x, level(x, mast)) for x in range(66, 606, 3)], colour, 4)
        f.line([(mast, 300), (mast, 268)], colour, 4)
        f.dot(mast, 266, 7, colour)
        f.text(mast + 20, 290, name, colour, 24, bold=True)
    equal = 335
    switch = next(x for x in range(equal, 560) if level(x, 110) - level(x, 560) > 22)
    f.line([(equal, 300), (equal, 100)], FAINT, 2, "5 5")
    f.line([(switch, 316), (switch, 90)], AMBER, 3)
    f.arrow(switch, level(switch, 110) - 2, switch, level(switch, 560) + 2, RED, 3, both=True)
    f.text(
        switch + 16,
        (level(switch, 110) + level(switch, 560)) / 2 + 10,
        "3 dB",
        RED,
        20,
        "start",
        bold=True,
    )
    f.text(switch, 342, "A → B", AMBER, 22, bold=True)
    f.arrow(switch - 130, 330, switch - 50, 330, INK, 2.5)
    f.write()


FIGURES = (radio, path_loss, cells, handover)

"""The figures of the section “networks”."""

from drawing import AMBER, BLUE, INK, PLUM, RED, SOFT, TEAL, Figure


def circuits() -> None:
    f = Figure("networks/figures/sharing.svg", "A, B, C", 300)
    colours = {"A": TEAL, "B": AMBER, "C": BLUE}
    used = ["A", "", "C", "A", "", "", "A", "B", "", "", "B", "C"]
    y = 84
    for n in range(12):
        owner = "ABC"[n % 3]
        x = 36 + 48 * n
        full = used[n] == owner
        f.box(
            x,
            y - 30,
            44,
            52,
            SOFT[colours[owner]] if not full else colours[owner],
            colours[owner],
            4,
        )
        f.text(x + 22, y + 4, owner, "#ffffff" if full else colours[owner], 22, bold=True)
    f.arrow(30, 128, 615, 128, INK, 1.5)
    f.text(608, 154, "t", italic=True, size=22)
    stream = [
        ("A", 1),
        ("C", 1),
        ("A", 2),
        ("B", 1),
        ("A", 1),
        ("C", 2),
        ("B", 1),
        ("A", 1),
        ("B", 2),
    ]
    x = 36
    for owner, length in stream:
        f.box(x, 190, 44 * length + 4 * (length - 1), 52, colours[owner], "", 4)
        f.box(x, 190, 12, 52, INK, "", 3)
        f.text(x + 6 + 24 * length, 224, owner, "#ffffff", 22, bold=True)
        x += 48 * length
    f.arrow(30, 268, 615, 268, INK, 1.5)
    f.text(608, 292, "t", italic=True, size=22)
    f.write()


def ladder() -> None:
    f = Figure("networks/figures/ladder.svg", "L/R, d/v", 430)
    columns = (90, 320, 550)
    for x, name in zip(columns, ("A", "R", "B")):
        f.line([(x, 50), (x, 410)], INK, 2.5)
        f.text(x, 36, name, size=24, bold=True)
    send, fly, scale, start = 1.2, 1.0, 74, 70
    for hop in (0, 1):
        x0, x1 = columns[hop], columns[hop + 1]
        y0 = start + hop * (send + fly) * scale
        f.area(
            [
                (x0, y0),
                (x1, y0 + fly * scale),
                (x1, y0 + (fly + send) * scale),
                (x0, y0 + send * scale),
            ],
            SOFT[(TEAL, BLUE)[hop]],
            (TEAL, BLUE)[hop],
        )
    end = start + 2 * (send + fly) * scale
    f.arrow(66, start, 66, start + send * scale, AMBER, 2.5, both=True)
    f.text(40, start + send * scale / 2 + 7, "L/R", AMBER, 19, bold=True)
    f.arrow(66, start + send * scale, 66, start + (send + fly) * scale, PLUM, 2.5, both=True)
    f.text(40, start + (send + fly / 2) * scale + 7, "d/v", PLUM, 19, bold=True)
    f.line(
        [(66, start + (send + fly) * scale), (320, start + (send + fly) * scale)], INK, 1.5, "4 5"
    )
    f.arrow(580, start, 580, end, INK, 2.5, both=True)
    f.text(606, (start + end) / 2 + 7, "t", size=24, italic=True, bold=True)
    f.line([(90, start), (580, start)], INK, 1.5, "4 5")
    f.write()


def layers() -> None:
    f = Figure("networks/figures/layers.svg", "HTTP ⊂ TCP ⊂ IP ⊂ Ethernet", 330)
    rows = [
        ("HTTP", TEAL, 335),
        ("TCP", AMBER, 255),
        ("IP", BLUE, 170),
        ("Ethernet", PLUM, 30),
    ]
    for n, (name, colour, x) in enumerate(rows):
        y = 24 + 74 * n
        f.box(x, y, 585 - x - (0 if n < 3 else -30), 54, SOFT[colour], colour, 6)
        f.text(x + 14, y + 35, name, colour, 22, "start", bold=True)
        if n == 3:
            f.text(600, y + 34, "✓", colour, 22)
            f.line([(582, y), (582, y + 54)], colour, 2)
        for _, shade, start in rows[n - 1 : n]:
            f.box(start, y + 8, (582 if n == 3 else 579) - start - 2, 38, SOFT[shade], shade, 4)
        if n:
            f.text(475, y + 34, " · ".join(reversed([row[0] for row in rows[:n]])), size=18)
    f.write()


def parity() -> None:
    f = Figure("networks/figures/parity.svg", "⊕", 320)
    bits = [[1, 0, 1, 1], [0, 1, 1, 0], [1, 1, 0, 1]]
    size, x0, y0 = 56, 190, 26
    wrong = (1, 2)
    for r in range(4):
        for c in range(5):
            if r < 3 and c < 4:
                value, colour = bits[r][c], TEAL
            elif r < 3:
                value, colour = sum(bits[r]) % 2, AMBER
            elif c < 4:
                value, colour = sum(row[c] for row in bits) % 2, AMBER
            else:
                value, colour = sum(map(sum, bits)) % 2, AMBER
            if (r, c) == wrong:
                value, colour = 1 - value, RED
            f.box(
                x0 + c * size + (8 if c == 4 else 0),
                y0 + r * size + (8 if r == 3 else 0),
                size - 6,
                size - 6,
                SOFT[colour],
                colour,
                6,
            )
            f.text(
                x0 + c * size + 25 + (8 if c == 4 else 0),
                y0 + r * size + 34 + (8 if r == 3 else 0),
                str(value),
                colour,
                26,
                bold=True,
            )
    f.arrow(96, y0 + size + 25, x0 - 14, y0 + size + 25, RED, 3)
    f.arrow(x0 + 2 * size + 25, 308, x0 + 2 * size + 25, y0 + 4 * size + 10, RED, 3)
    f.text(80, y0 + size + 33, "!", RED, 28, bold=True)
    f.text(x0 + 2 * size + 48, 304, "!", RED, 28, bold=True)
    f.write()


FIGURES = (circuits, ladder, layers, parity)

"""The figures of the section “internet”."""

from drawing import AMBER, BLUE, FAINT, INK, PAPER, PLUM, RED, SOFT, TEAL, Figure


def routing() -> None:
    f = Figure("internet/figures/routing.svg", "A → D", 330)
    nodes = {
        "A": (70, 165),
        "R1": (220, 75),
        "R2": (220, 255),
        "R3": (420, 75),
        "R4": (420, 255),
        "D": (570, 165),
    }
    links = [
        ("A", "R1", 2),
        ("A", "R2", 1),
        ("R1", "R3", 2),
        ("R2", "R4", 7),
        ("R2", "R1", 2),
        ("R3", "R4", 1),
        ("R3", "D", 5),
        ("R4", "D", 1),
    ]
    best = {("A", "R1"), ("R1", "R3"), ("R3", "R4"), ("R4", "D")}
    for a, b, cost in links:
        (x0, y0), (x1, y1) = nodes[a], nodes[b]
        chosen = (a, b) in best
        f.line([(x0, y0), (x1, y1)], TEAL if chosen else FAINT, 7 if chosen else 4)
        mx, my = (x0 + x1) / 2, (y0 + y1) / 2
        f.dot(mx, my, 17, PAPER, TEAL if chosen else FAINT)
        f.text(mx, my + 7, str(cost), size=20, bold=True)
    for name, (x, y) in nodes.items():
        end = name in "AD"
        f.dot(x, y, 30, SOFT[AMBER] if end else "#ffffff", AMBER if end else INK)
        f.text(x, y + 8, name, AMBER if end else INK, 22, bold=True)
    f.write()


def dns() -> None:
    f = Figure("internet/figures/dns.svg", "www.example.org → 192.0.2.10", 390)
    f.box(20, 140, 100, 76, SOFT[AMBER], AMBER)
    f.text(70, 192, "☺", AMBER, 40)
    f.box(220, 26, 110, 304, SOFT[TEAL], TEAL)
    f.text(275, 186, "DNS", TEAL, 26, bold=True)
    f.arrow(126, 164, 214, 164, AMBER, 3)
    f.text(170, 152, "1", AMBER, 22, bold=True)
    f.arrow(214, 196, 126, 196, AMBER, 3)
    f.text(170, 224, "8", AMBER, 22, bold=True)
    for n, name in enumerate([".", ".org", "example.org"]):
        y = 59 + 119 * n
        f.box(466, y - 33, 154, 66, SOFT[BLUE], BLUE)
        f.text(543, y + 8, name, BLUE, (30, 22, 20)[n], bold=True)
        f.arrow(336, y - 12, 460, y - 12, BLUE, 3)
        f.text(398, y - 20, str(2 * n + 2), BLUE, 22, bold=True)
        f.arrow(460, y + 14, 336, y + 14, INK, 2, "6 4")
        f.text(398, y + 38, str(2 * n + 3), INK, 22, bold=True)
    f.text(320, 370, "www.example.org → 192.0.2.10", size=22)
    f.write()


def tcp() -> None:
    f = Figure("internet/figures/tcp.svg", "SYN, SYN-ACK, ACK", 560)
    left, right = 150, 490
    for x, name in ((left, "A"), (right, "B")):
        f.line([(x, 50), (x, 545)], INK, 2.5)
        f.text(x, 36, name, size=24, bold=True)
    steps = [
        (66, 1, "SYN", TEAL),
        (116, -1, "SYN-ACK", TEAL),
        (166, 1, "ACK", TEAL),
        (222, 1, "1–1000", BLUE),
        (262, 1, "1001–2000", RED),
        (302, 1, "2001–3000", BLUE),
    ]
    for y, way, label, colour in steps:
        x0, x1 = (left, right) if way > 0 else (right, left)
        if colour == RED:
            f.line([(left, y), (330, y + 21)], RED, 2.5)
            f.text(348, y + 31, "✕", RED, 26, bold=True)
        else:
            f.arrow(x0, y, x1, y + 40, colour, 2.5)
        place = 0.62 if label == "2001–3000" else 0.25 if colour in (BLUE, RED) else 0.5
        f.box(x0 + (x1 - x0) * place - 52, y + 40 * place - 13, 104, 26, PAPER, "", 4)
        f.text(x0 + (x1 - x0) * place, y + 40 * place + 7, label, colour, 18, bold=True)
    for y, label in ((266, "ACK 1001"), (346, "ACK 1001")):
        f.arrow(right, y, left, y + 50, INK, 2, "6 4")
        f.text(right + 8, y + 6, label, size=18, anchor="start")
    f.arrow(left, 430, right, 470, AMBER, 3)
    f.box(258, 436, 124, 28, PAPER, "", 4)
    f.text(320, 457, "1001–2000", AMBER, 18, bold=True)
    f.arrow(120, 264, 120, 428, AMBER, 2.5, both=True)
    f.text(78, 366, "RTO", AMBER, 20, bold=True)
    f.arrow(right, 478, left, 518, INK, 2, "6 4")
    f.text(right + 8, 484, "ACK 3001", size=18, anchor="start")
    f.write()


def journey() -> None:
    f = Figure("internet/figures/journey.svg", "DNS, TCP, TLS, HTTP", 330)
    steps = [
        ("DNS", 0, 20, PLUM),
        ("TCP", 20, 60, BLUE),
        ("TLS", 60, 100, TEAL),
        ("HTTP", 100, 190, AMBER),
        ("CSS", 190, 250, "#5b7a1d"),
        ("JPEG", 190, 350, "#5b7a1d"),
    ]

    def x(moment):
        return 100 + moment * 1.4

    for moment in (0, 100, 200, 300):
        f.line([(x(moment), 20), (x(moment), 286)], FAINT, 1)
        f.text(x(moment), 312, f"{moment} ms" if moment else "0", size=18)
    for n, (name, start, end, colour) in enumerate(steps):
        y = 26 + 43 * n
        f.text(88, y + 24, name, colour, 20, "end", bold=True)
        f.box(x(start), y, (end - start) * 1.4, 32, colour, "", 5)
    f.line([(x(350), 20), (x(350), 290)], RED, 2.5, "6 4")
    f.text(x(350) - 4, 312, "350", RED, 18, bold=True)
    f.write()


def tls() -> None:
    f = Figure("internet/figures/key-exchange.svg", "gᵃ, gᵇ, gᵃᵇ", 330)
    for x, name, colour, secret, sent, key in [
        (120, "A", TEAL, "a = 6", "5⁶ mod 23 = 8", "19⁶ mod 23 = 2"),
        (520, "B", BLUE, "b = 15", "5¹⁵ mod 23 = 19", "8¹⁵ mod 23 = 2"),
    ]:
        f.box(x - 102, 24, 204, 280, SOFT[colour], colour, 10)
        f.text(x, 62, name, colour, 28, bold=True)
        f.text(x, 108, secret, RED, 22, bold=True)
        f.text(x, 152, sent, size=20)
        f.text(x, 256, key, size=20)
        f.box(x - 92, 228, 184, 44, "none", RED, 8)
    f.arrow(228, 138, 412, 138, TEAL, 3)
    f.text(320, 126, "8", TEAL, 24, bold=True)
    f.arrow(412, 186, 228, 186, BLUE, 3)
    f.text(320, 212, "19", BLUE, 24, bold=True)
    f.text(320, 66, "5, 23", size=22)
    f.text(320, 264, "2 = 2", RED, 24, bold=True)
    f.write()


FIGURES = (routing, dns, tcp, journey, tls)

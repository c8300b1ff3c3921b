"""Draw and encode the two videos of the course.

    pip install pillow numpy
    python make_videos.py              both videos, written into the sections' folders
    python make_videos.py sampling     only this one
    python make_videos.py --still 20 sampling still.png    the picture at 20 s

Needs the ffmpeg program and the DejaVu fonts. The slides carry only symbols and
numbers: the explanation is in the subtitles, which exist in both languages.
"""

from __future__ import annotations

import math
import subprocess
import sys
import tempfile
import wave
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

COURSE = Path(__file__).resolve().parent.parent
WIDTH, HEIGHT, FPS, SCALE = 854, 480, 25, 2
DURATION = 64
RATE = 44100

PAPER, INK, FAINT = (250, 247, 240), (29, 43, 58), (198, 203, 206)
TEAL, AMBER, RED, BLUE = (11, 122, 117), (217, 119, 33), (190, 52, 45), (52, 96, 166)

FONTS = "/usr/share/fonts/truetype/dejavu/"


def font(size: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return ImageFont.truetype(FONTS + name, size * SCALE)


SMALL, NORMAL, LARGE, HUGE = font(19), font(24), font(32, True), font(46, True)


def ease(time: float, start: float, length: float = 1.0) -> float:
    """0 before start, 1 after start + length, smooth in between."""
    share = min(1.0, max(0.0, (time - start) / length))
    return share * share * (3 - 2 * share)


def between(time: float, start: float, end: float, fade: float = 0.6) -> float:
    """Opacity of something which lives from start to end."""
    return ease(time, start, fade) * (1 - ease(time, end - fade, fade))


class Slide:
    """One frame, drawn at twice its size in course coordinates (854 × 480)."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), PAPER)
        self.draw = ImageDraw.Draw(self.image, "RGBA")

    def line(self, points, colour, width=3.0, alpha=1.0) -> None:
        if alpha > 0.01 and len(points) > 1:
            self.draw.line(
                [(x * SCALE, y * SCALE) for x, y in points],
                (*colour, int(255 * alpha)),
                round(width * SCALE),
                joint="curve",
            )

    def dot(self, x, y, radius, colour, alpha=1.0) -> None:
        if alpha > 0.01:
            box = [(x - radius) * SCALE, (y - radius) * SCALE]
            box += [(x + radius) * SCALE, (y + radius) * SCALE]
            self.draw.ellipse(box, (*colour, int(255 * alpha)))

    def box(self, x, y, width, height, colour, alpha=1.0, radius=8.0, outline=None) -> None:
        if alpha > 0.01 and width > 0.5:
            self.draw.rounded_rectangle(
                [x * SCALE, y * SCALE, (x + width) * SCALE, (y + height) * SCALE],
                min(radius, width / 2, height / 2) * SCALE,
                None if colour is None else (*colour, int(255 * alpha)),
                None if outline is None else (*outline, int(255 * alpha)),
                2 * SCALE,
            )

    def text(self, x, y, words, colour=INK, face=NORMAL, alpha=1.0, anchor="mm") -> None:
        if alpha > 0.01:
            place = (x * SCALE, y * SCALE)
            self.draw.text(place, words, (*colour, int(255 * alpha)), face, anchor)

    def finished(self) -> Image.Image:
        return self.image.resize((WIDTH, HEIGHT), Image.Resampling.BOX)


# --- Sampling --------------------------------------------------------------

LEFT, RIGHT, MIDDLE, SWING = 70.0, 794.0, 245.0, 95.0
SPAN = 4.0  # milliseconds shown across the picture


def place(milliseconds: float) -> float:
    return LEFT + (RIGHT - LEFT) * milliseconds / SPAN


def level(milliseconds: float, kilohertz: float) -> float:
    return MIDDLE - SWING * math.sin(2 * math.pi * kilohertz * milliseconds)


def curve(kilohertz: float, until: float = SPAN, sign: int = 1):
    steps = max(2, int(720 * until / SPAN))
    times = [until * n / steps for n in range(steps + 1)]
    return [(place(t), level(t, sign * kilohertz)) for t in times]


def axes(slide: Slide, alpha: float) -> None:
    slide.line([(LEFT - 14, MIDDLE), (RIGHT + 22, MIDDLE)], INK, 1.6, alpha)
    slide.line(
        [(RIGHT + 13, MIDDLE - 6), (RIGHT + 23, MIDDLE), (RIGHT + 13, MIDDLE + 6)], INK, 1.6, alpha
    )
    slide.line([(LEFT, MIDDLE - 120), (LEFT, MIDDLE + 120)], INK, 1.6, alpha)
    for tick in range(1, 5):
        slide.line([(place(tick), MIDDLE - 5), (place(tick), MIDDLE + 5)], INK, 1.6, alpha)
        slide.text(place(tick), MIDDLE + 140, f"{tick} ms", INK, SMALL, 0.8 * alpha)


def samples(slide: Slide, kilohertz: float, shown: float, alpha: float = 1.0) -> None:
    """The samples taken at 8 kHz, the first `shown` of them (a fraction grows in)."""
    for n in range(33):
        grown = min(1.0, max(0.0, shown - n))
        if grown:
            x, y = place(n / 8), level(n / 8, kilohertz)
            slide.line([(x, MIDDLE), (x, MIDDLE + (y - MIDDLE) * grown)], AMBER, 2, 0.75 * alpha)
            slide.dot(x, MIDDLE + (y - MIDDLE) * grown, 5.5 * grown, AMBER, alpha)


def sampling_title(slide: Slide, time: float) -> None:
    """0–6 s: the title."""
    seen = 1 - ease(time, 5.2, 0.8)
    if seen:
        ghost = [(x, 330 - 60 * math.sin((x - 40 * time) / 42)) for x in range(0, 855, 3)]
        slide.line(ghost, TEAL, 5, 0.25 * seen)
        for x in range(20, 855, 44):
            slide.dot(x, 330 - 60 * math.sin((x - 40 * time) / 42), 6, AMBER, seen)
        slide.text(427, 150, "f  ·  1/T  ·  fₛ > 2 f", INK, HUGE, seen * ease(time, 0.1, 1.0))


def pure_tone(slide: Slide, time: float) -> None:
    """6–18 s: a pure tone."""
    if 5.6 < time < 50:
        axes(slide, between(time, 5.8, 50))
    if 6 < time < 32:
        drawn = SPAN * ease(time, 6.5, 6)
        fading = 1 - 0.85 * ease(time, 25, 1.0) + 0.85 * ease(time, 28, 1.2)
        slide.line(curve(1, max(drawn, 0.02)), TEAL, 4, fading * (1 - ease(time, 31.2, 0.8)))
        if time < 13:
            slide.dot(place(drawn), level(drawn, 1), 8, TEAL, 1 - ease(time, 12.3, 0.7))
        slide.text(200, 62, "f = 1 kHz", TEAL, LARGE, between(time, 7.5, 32))
        bar = between(time, 13, 18.2)
        slide.line([(place(1.25), 118), (place(2.25), 118)], INK, 2.5, bar)
        for end in (1.25, 2.25):
            slide.line([(place(end), 110), (place(end), 126)], INK, 2.5, bar)
        slide.text(place(1.75), 96, "T = 1 ms", INK, NORMAL, bar)


def enough_samples(slide: Slide, time: float) -> None:
    """18–32 s: eight samples a period."""
    if 18 < time < 32:
        gone = 1 - ease(time, 31.2, 0.8)
        samples(slide, 1, 33 * (time - 18.5) / 5.5, gone)
        slide.text(600, 62, "fₛ = 8 kHz", AMBER, LARGE, between(time, 18.4, 32))
        slide.text(427, 430, "8 > 2 × 1   ✓", TEAL, LARGE, between(time, 28.6, 32))


def too_few_samples(slide: Slide, time: float) -> None:
    """32–50 s: too few samples."""
    if 31.8 < time < 50:
        gone = 1 - ease(time, 49.2, 0.8)
        shown = SPAN * ease(time, 32.4, 3)
        faded = 1 - 0.82 * ease(time, 42, 1.2)
        slide.line(curve(7, max(shown, 0.02)), BLUE, 3, faded * gone)
        slide.text(200, 62, "f = 7 kHz", BLUE, LARGE, between(time, 32.6, 50))
        slide.text(600, 62, "fₛ = 8 kHz", AMBER, LARGE, between(time, 32.6, 50))
        slide.line(curve(1, SPAN, -1), RED, 4, ease(time, 42.4, 1.4) * gone)
        samples(slide, 7, 33 * (time - 36) / 5.5, gone)
        slide.text(427, 430, "8 − 7 = 1 kHz  !", RED, LARGE, between(time, 43.6, 50))


def sampling_rule(slide: Slide, time: float) -> None:
    """50–64 s: the rule and two uses of it."""
    if time > 49.6:
        slide.text(427, 92, "fₛ > 2 f", INK, HUGE, ease(time, 50, 0.8))
        slide.text(550, 108, "max", INK, NORMAL, ease(time, 50, 0.8))
        for row, (start, kind, rate, top) in enumerate(
            [(52.5, "phone", 8.0, 4.0), (55.5, "disc", 44.1, 22.05)]
        ):
            y, seen = 205 + 115 * row, ease(time, start, 0.8)
            if kind == "phone":
                slide.box(86, y - 8, 30, 52, None, seen, 6, INK)
                slide.line([(95, y + 36), (107, y + 36)], INK, 2.5, seen)
            else:
                slide.dot(101, y + 20, 27, INK, seen)
                slide.dot(101, y + 20, 24, PAPER, seen)
                slide.dot(101, y + 20, 7, INK, seen)
            full, half = 10.5 * rate, 10.5 * top
            grow = ease(time, start + 0.3, 1.4)
            slide.box(160, y - 8, full * grow, 22, AMBER, seen, 6)
            slide.box(160, y + 24, half * grow, 22, TEAL, seen, 6)
            rated = f"fₛ = {rate:g} kHz"
            slide.text(176 + full * grow, y + 3, rated, AMBER, SMALL, seen, "lm")
            slide.text(176 + half * grow, y + 35, f"{top:g} kHz", TEAL, SMALL, seen, "lm")


def sampling(time: float) -> Image.Image:
    slide = Slide()
    for phase in (sampling_title, pure_tone, enough_samples, too_few_samples, sampling_rule):
        phase(slide, time)
    return slide.finished()


def sampling_sound() -> np.ndarray:
    """The tones of the pictures: 1 kHz, 7 kHz, then what the samples of the latter give."""
    sound = np.zeros(DURATION * RATE)
    add_tone(sound, 8.0, 3.0, 1000, 0.08)
    add_tone(sound, 24.5, 2.5, 1000, 0.08)
    add_tone(sound, 33.0, 2.5, 7000, 0.035)
    add_tone(sound, 43.0, 3.0, 1000, 0.08)
    return sound


def add_tone(sound: np.ndarray, start: float, length: float, hertz: float, volume: float) -> None:
    times = np.arange(int(length * RATE)) / RATE
    edge = min(0.25, length / 3)
    shape = np.clip(np.minimum(times / edge, (length - times) / edge), 0, 1)
    first = int(start * RATE)
    sound[first : first + len(times)] += volume * shape * np.sin(2 * np.pi * hertz * times)


# --- A packet's journey ----------------------------------------------------

LINE = 250.0
STATIONS = (90.0, 427.0, 764.0)  # A, the router, B
SENDING, FLYING = 1.2, 1.0  # seconds of film for one millisecond
HOLDS = 4  # packets the queue can hold

# When packets reach the router in the second part, and from which entry.
ARRIVALS = [(24.0 + 0.85 * n, entry) for n, entry in enumerate([0, 1, 0, 0, 1, 1, 0, 1, 0])]
ARRIVALS += [
    (38.0 + 0.5 * n, entry) for n, entry in enumerate([1, 0, 1, 1, 0, 0, 1, 0, 1, 1, 0, 1, 0])
]


def queue_history():
    """For every arrival: (arrival, entry, start of sending or None when dropped)."""
    history, free, starts = [], 0.0, []
    for moment, entry in ARRIVALS:
        waiting = sum(1 for start in starts if start > moment)
        if waiting >= HOLDS:
            history.append((moment, entry, None))
            continue
        start = max(moment, free)
        free = start + SENDING
        starts.append(start)
        history.append((moment, entry, start))
    return history


HISTORY = queue_history()


def computer(slide: Slide, x: float, y: float, name: str, alpha: float = 1.0) -> None:
    slide.box(x - 32, y - 26, 64, 44, PAPER, alpha, 6, INK)
    slide.line([(x - 18, y + 26), (x + 18, y + 26)], INK, 3, alpha)
    slide.text(x, y - 4, name, INK, NORMAL, alpha)


def router(slide: Slide, x: float, y: float, alpha: float = 1.0) -> None:
    slide.dot(x, y, 34, INK, alpha)
    slide.dot(x, y, 31, PAPER, alpha)
    for turn in range(4):
        angle = math.pi / 4 + turn * math.pi / 2
        across, down = math.cos(angle), math.sin(angle)
        slide.line(
            [(x + 7 * across, y + 7 * down), (x + 21 * across, y + 21 * down)], INK, 3, alpha
        )
        slide.dot(x + 22 * across, y + 22 * down, 4, INK, alpha)


def bits_on_link(slide: Slide, x0: float, x1: float, time: float, start: float, colour) -> None:
    """A packet as a bar: its head leaves at start, its tail SENDING later."""
    head = min(1.0, max(0.0, (time - start) / FLYING))
    tail = min(1.0, max(0.0, (time - start - SENDING) / FLYING))
    if head > tail:
        slide.box(x0 + (x1 - x0) * tail, LINE - 9, (x1 - x0) * (head - tail), 18, colour, 1, 5)


def packet_title(slide: Slide, time: float, links: float) -> None:
    """0–6 s: the title, then the stations and their links."""
    first, middle, last = STATIONS
    title = 1 - ease(time, 5.2, 0.8)
    if title:
        slide.text(427, 130, "A  →  B", INK, HUGE, title * ease(time, 0.1, 1.0))
        for n in range(5):
            x = 60 + ((time * 120 + n * 170) % 760)
            slide.box(x, 380, 46, 24, (TEAL, AMBER, BLUE)[n % 3], 0.8 * title, 5)
    if time < 22.5 and links:
        slide.line([(first + 36, LINE), (middle - 36, LINE)], FAINT, 6)
        computer(slide, first, LINE, "A")
    if time < 53:
        slide.line([(middle + 36, LINE), (last - 36, LINE)], FAINT, 6, links)
        computer(slide, last, LINE, "B", links)
        router(slide, middle, LINE, links)


def one_packet(slide: Slide, time: float) -> None:
    """6–22 s: one packet, twice; the second time slowly enough to read."""
    first, middle, last = STATIONS
    if 6 < time < 22.5:
        slow = 2.6
        clock = (time - 7) / slow
        bits_on_link(slide, first + 36, middle - 36, clock, 0, TEAL)
        bits_on_link(slide, middle + 36, last - 36, clock, SENDING + FLYING, TEAL)
        if SENDING < clock < 2 * SENDING + FLYING:  # what the router holds
            came = min(1.0, max(0.0, (clock - FLYING) / SENDING))
            left = min(1.0, max(0.0, (clock - SENDING - FLYING) / SENDING))
            slide.box(middle - 30, LINE - 62, 60 * (came - left), 16, TEAL, 1, 5)
        slide.text(250, 70, "L = 12 000 bit", INK, NORMAL, between(time, 6.4, 22.4))
        slide.text(250, 106, "R = 10 Mbit/s", INK, NORMAL, between(time, 6.8, 22.4))
        slide.text(610, 70, "d = 200 km", INK, NORMAL, between(time, 7.2, 22.4))
        slide.text(610, 106, "v = 200 000 km/s", INK, NORMAL, between(time, 7.6, 22.4))
        scale, y = 160.0, 372  # a ruler: pixels for one millisecond
        x = 75.0
        for n, (length, colour, name) in enumerate(
            [(SENDING, AMBER, "L/R"), (FLYING, BLUE, "d/v")] * 2
        ):
            done = min(length, max(0.0, clock - sum([SENDING, FLYING, SENDING][:n])))
            slide.box(x, y, done * scale, 24, colour, 1, 4)
            if done >= length * 0.98:
                slide.text(x + length * scale / 2, y + 46, f"{name} = {length} ms", colour, SMALL)
            x += length * scale
        slide.text(427, 460, "1.2 + 1 + 1.2 + 1 = 4.4 ms", INK, NORMAL, between(time, 19.2, 22.5))


def two_senders(slide: Slide, time: float, links: float) -> None:
    """22–52 s: two senders, one link, a queue."""
    if not 22 < time < 53:
        return
    first, middle, _last = STATIONS
    seen = ease(time, 22.2, 0.8) * links
    for entry, (y, colour, name) in enumerate([(150, TEAL, "A"), (350, BLUE, "C")]):
        slide.line([(first + 36, y), (middle - 28, LINE + (y - LINE) * 0.2)], FAINT, 6, seen)
        computer(slide, first, y, name, seen)
    for place_ in range(HOLDS):
        slide.box(middle - 78 + 40 * place_, 102, 34, 26, None, 0.55 * seen, 5, INK)
    slide.line([(middle, 136), (middle, LINE - 40)], FAINT, 3, seen)
    packets_under_way(slide, time, seen)
    packets_waiting(slide, time, seen)


def packets_under_way(slide: Slide, time: float, seen: float) -> None:
    """To the router, through it, or dropped before it."""
    first, middle, last = STATIONS
    for moment, entry, start in HISTORY:
        colour = (TEAL, BLUE)[entry]
        y0 = (150, 350)[entry]
        if moment - 1.2 < time < moment:  # on its way to the router
            share = (time - moment + 1.2) / 1.2
            x = first + 36 + (middle - 64 - first - 36) * share
            y = y0 + (LINE + (y0 - LINE) * 0.2 - y0) * share
            slide.box(x - 4, y - 11, 34, 22, colour, seen, 5)
        if start is None:  # dropped
            since = time - moment
            if 0 <= since < 1.6:
                fall = 290 + 130 * (since / 1.6) ** 2
                slide.box(middle - 17, fall, 34, 22, RED, 1 - since / 1.6, 5)
                slide.text(middle + 46, fall + 10, "✕", RED, LARGE, 1 - since / 1.6)
        elif start <= time:
            bits_on_link(slide, middle + 36, last - 36, time, start, colour)


def packets_waiting(slide: Slide, time: float, seen: float) -> None:
    """The queue, how long it makes one wait, and what was dropped."""
    _first, middle, _last = STATIONS
    waiting = [item for item in HISTORY if item[2] is not None and item[0] <= time < item[2]]
    for rank, (moment, entry, start) in enumerate(waiting):
        x = middle - 78 + 40 * (HOLDS - 1 - rank)
        slide.box(x, 102, 34, 26, (TEAL, BLUE)[entry], seen, 5)
    count = len(waiting)
    colour = RED if count == HOLDS else INK
    slide.text(middle + 108, 115, f"n = {count}", colour, NORMAL, seen, "lm")
    wait = f"W ≈ {count} × 1.2 = {count * 1.2:.1f} ms"
    slide.text(636, 176, wait, colour, NORMAL, seen)
    dropped = sum(1 for moment, _, start in HISTORY if start is None and moment <= time)
    if dropped:
        slide.text(636, 340, f"✕ {dropped}", RED, LARGE, seen)


def delay_sum(slide: Slide, time: float) -> None:
    """52–64 s: the sum."""
    if time > 52.6:
        slide.text(427, 120, "t = Σ ( L/R + d/v + W )", INK, HUGE, ease(time, 52.8, 0.8))
        parts = [("L/R", AMBER, 170), ("d/v", BLUE, 140), ("W", RED, 90)]
        breath = 1 + 0.9 * math.sin((time - 55) * 0.9) if time > 55 else 1
        x = 130.0
        for rank, (name, colour, length) in enumerate(parts):
            seen = ease(time, 54 + rank, 0.8)
            wide = length * (breath if name == "W" else 1)
            slide.box(x, 250, wide, 46, colour, seen, 6)
            slide.text(x + wide / 2, 330, name, colour, LARGE, seen)
            x += wide + 6


def packet(time: float) -> Image.Image:
    slide = Slide()
    links = 1 - ease(time, 52.2, 0.8)
    packet_title(slide, time, links)
    one_packet(slide, time)
    two_senders(slide, time, links)
    delay_sum(slide, time)
    return slide.finished()


def packet_sound() -> np.ndarray:
    """A soft tick for every packet sent, a low note for every packet dropped."""
    sound = np.zeros(DURATION * RATE)
    for moment, entry, start in HISTORY:
        if start is None:
            add_tone(sound, moment, 0.45, 130, 0.09)
        else:
            add_tone(sound, start, 0.12, (660, 523)[entry], 0.05)
    return sound


# --- Encoding --------------------------------------------------------------

VIDEOS = {
    "sampling": (sampling, sampling_sound, COURSE / "signals", 27.5, (480, 240)),
    "packet": (packet, packet_sound, COURSE / "networks", 41.9, (480,)),
}


def write_sound(sound: np.ndarray, path: Path) -> None:
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes((np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())


def encode(name: str) -> None:
    draw, hear, folder, poster_at, heights = VIDEOS[name]
    draw(poster_at).save(folder / f"{name}.webp", quality=82, method=6)
    with tempfile.TemporaryDirectory() as scratch:
        tone = Path(scratch, "tone.wav")
        write_sound(hear(), tone)
        best = folder / f"{name}.mp4"
        common = ["-c:v", "libx264", "-preset", "veryslow", "-tune", "animation"]
        common += ["-pix_fmt", "yuv420p", "-movflags", "+faststart", "-map_metadata", "-1"]
        common += ["-fflags", "+bitexact", "-flags", "+bitexact", "-g", "125"]
        raw = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(FPS)]
        pipe = subprocess.Popen(
            ["ffmpeg", "-y", "-v", "error", *raw, "-i", "-", "-i", str(tone), *common]
            + ["-crf", "25", "-c:a", "aac", "-b:a", "48k", "-t", str(DURATION), str(best)],
            stdin=subprocess.PIPE,
        )
        for frame in range(DURATION * FPS):
            pipe.stdin.write(draw(frame / FPS).tobytes())
        pipe.stdin.close()
        if pipe.wait():
            raise SystemExit(f"ffmpeg could not encode {best}")
        for height in heights[1:]:
            small = folder / f"{name}-{height}.mp4"
            size = f"scale={round(WIDTH * height / HEIGHT / 2) * 2}:{height}:flags=lanczos"
            subprocess.run(
                ["ffmpeg", "-y", "-v", "error", "-i", str(best), "-vf", size, *common]
                + ["-crf", "27", "-c:a", "aac", "-b:a", "32k", str(small)],
                check=True,
            )


def main(words: list[str]) -> None:
    if words[:1] == ["--still"]:
        VIDEOS[words[2]][0](float(words[1])).save(words[3])
        return
    for name in words or VIDEOS:
        encode(name)


if __name__ == "__main__":
    main(sys.argv[1:])

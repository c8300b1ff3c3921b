"""A course folder of 80 activities, and some small courses beside it for the catalogue."""

from pathlib import Path

from benchmarks.scenarios import RUN

SECTIONS = 8
PAGES = 6  # in each section, beside a label, a video, a link and a file
ACTIVITIES = SECTIONS * (PAGES + 4)
OTHERS = 11  # small courses

_PARAGRAPH = (
    "A signal is a quantity that changes with time and carries something one wants to know: "
    "the pressure of the air in front of a microphone, the voltage on a wire, the light in a "
    "fibre. What a channel can carry is bounded by its **bandwidth** and by its *noise*, as "
    "$C = B \\log_2(1 + S/N)$ says; nothing that one builds gets past that bound.\n\n"
)
_TABLE = "| band | from | to |\n|---|---|---|\n" + "".join(
    f"| B{row} | {row * 100} MHz | {row * 100 + 80} MHz |\n" for row in range(1, 9)
)
_CODE = "```python\ndef rate(bandwidth, ratio):\n    return bandwidth * log2(1 + ratio)\n```\n\n"
_TEXT = f"## What it is\n\n{_PARAGRAPH * 4}{_CODE}## In numbers\n\n{_TABLE}\n{_PARAGRAPH * 3}"


def write_courses(folder: Path) -> list[Path]:
    """Write all course folders below ``folder``; the measured one first."""
    paths = [folder / "bench"]
    _write_course(paths[0], "bench", RUN, SECTIONS)
    for number in range(1, OTHERS + 1):
        paths.append(folder / f"other-{number}")
        _write_course(paths[-1], f"other-{number}", f"other-{number}-now", 1)
    return paths


def _both(english: str, french: str) -> str:
    return f'{{en: "{english}", fr: "{french}"}}'


def _write_course(folder: Path, key: str, run: str, sections: int) -> None:
    folder.mkdir(parents=True)
    names = ", ".join(f"s{number}" for number in range(1, sections + 1))
    title = _both(f"Signals and networks {key}", f"Signaux et réseaux {key}")
    summary = _both("From the wave to the packet, in weeks.", "De l’onde au paquet.")
    (folder / "course.yaml").write_text(
        f"format: preau-course/1\nkey: {key}\nlanguages: [en, fr]\ntitle: {title}\n"
        f"summary: {summary}\nsubject: telecommunications\nteachers:\n"
        f"  - {{name: Claire Fontaine}}\nweeks: 8\ncover: cover.svg\nsections: [{names}]\n",
        encoding="utf-8",
    )
    (folder / "runs.yaml").write_text(f"runs:\n  - {{key: {run}, pace: self}}\n")
    (folder / "cover.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 9"><path d="M0 0h9v9"/></svg>\n'
    )
    for language in ("en", "fr"):
        (folder / f"about.{language}.md").write_text(_PARAGRAPH)
    for number in range(1, sections + 1):
        _write_section(folder / f"s{number}", number)


def _write_section(folder: Path, number: int) -> None:
    """A section; the last one of the large course opens when the one before is complete."""
    folder.mkdir()
    name = f"s{number}"
    release = f"release: {{after: s{number - 1}}}\n" if number == SECTIONS else ""
    lines = [
        f"title: {_both(f'Week {number}', f'Semaine {number}')}",
        f"summary: {_both('What there is to know.', 'Ce qu’il faut savoir.')}",
        f"{release}activities:",
        f"  - {{key: {name}-welcome, kind: label, title: {_both('Welcome', 'Bienvenue')}}}",
    ]
    texts = [f"{name}-welcome"]
    for page in range(1, PAGES + 1):
        key = f"{name}-page-{page}"
        title = _both(f"Lesson {number}.{page}", f"Leçon {number}.{page}")
        lines.append(f"  - {{key: {key}, kind: page, minutes: 10, title: {title}}}")
        texts.append(key)
    lines += _other_activities(name)
    (folder / "section.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for key in texts:
        for language in ("en", "fr"):
            text = "Start here.\n" if key.endswith("welcome") else _TEXT
            (folder / f"{key}.{language}.md").write_text(text)
    (folder / "film.mp4").write_bytes(b"\0\0\0\x18ftypmp42" + bytes(5000))
    (folder / "table.csv").write_text("band,from,to\n1,100,180\n")
    for language in ("en", "fr"):
        (folder / f"film.{language}.vtt").write_text(_subtitles())


def _other_activities(name: str) -> list[str]:
    film, standard = _both("A film", "Un film"), _both("The standard", "La norme")
    table = _both("A table", "Un tableau")
    url = "https://www.rfc-editor.org/rfc/rfc791"
    return [
        f"  - key: {name}-video",
        "    kind: video",
        f"    title: {film}",
        "    sources: [{file: film.mp4, height: 480}]",
        "    subtitles: {en: film.en.vtt, fr: film.fr.vtt}",
        "    duration: 300",
        f'  - {{key: {name}-link, kind: link, title: {standard}, url: "{url}"}}',
        f"  - {{key: {name}-file, kind: file, title: {table}, file: table.csv}}",
    ]


def _subtitles() -> str:
    cues = [
        f"{_clock(second)} --> {_clock(second + 5)}\n"
        "What a channel can carry is bounded by its bandwidth and its noise.\n"
        for second in range(0, 300, 5)
    ]
    return "WEBVTT\n\n" + "\n".join(cues)


def _clock(second: int) -> str:
    return f"{second // 60:02}:{second % 60:02}.000"

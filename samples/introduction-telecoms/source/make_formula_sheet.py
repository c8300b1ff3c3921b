"""Print the formula sheet of the course: one A4 page in each language.

    python make_formula_sheet.py

Needs Chromium, which sets the formulas (MathML) and writes the PDF.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "mobile"

# Each line: formula in MathML, French words, English words.
SIGNALS = [
    (
        "<mi>f</mi><mo>=</mo><mfrac><mn>1</mn><mi>T</mi></mfrac>",
        "fréquence (Hz) et période (s)",
        "frequency (Hz) and period (s)",
    ),
    (
        "<msub><mi>f</mi><mi>s</mi></msub><mo>&gt;</mo><mn>2</mn><msub><mi>f</mi><mtext>max</mtext></msub>",
        "échantillonner sans repliement",
        "sampling without aliasing",
    ),
    (
        "<mi>D</mi><mo>=</mo><msub><mi>f</mi><mi>s</mi></msub><mo>×</mo><mi>b</mi>",
        "débit (bit/s), b bits par échantillon",
        "bit rate (bit/s), b bits per sample",
    ),
    (
        "<mi>G</mi><mo>=</mo><mn>10</mn><msub><mi>log</mi><mn>10</mn></msub><mfrac><msub><mi>P</mi><mn>2</mn></msub><msub><mi>P</mi><mn>1</mn></msub></mfrac>",
        "rapport de puissances (dB)",
        "power ratio (dB)",
    ),
    (
        "<mi>C</mi><mo>=</mo><mi>B</mi><msub><mi>log</mi><mn>2</mn></msub><mo>(</mo><mn>1</mn><mo>+</mo><mfrac><mi>S</mi><mi>N</mi></mfrac><mo>)</mo>",
        "capacité de Shannon (bit/s)",
        "Shannon capacity (bit/s)",
    ),
]
NETWORKS = [
    (
        "<mi>t</mi><mo>=</mo><mo>∑</mo><mo>(</mo><mfrac><mi>L</mi><mi>R</mi></mfrac><mo>+</mo><mfrac><mi>d</mi><mi>v</mi></mfrac><mo>+</mo><mi>W</mi><mo>)</mo>",
        "délai\u00a0: émission, trajet, attente",
        "delay: sending, travelling, waiting",
    ),
    (
        "<mi>D</mi><mo>≤</mo><mfrac><mi>w</mi><mtext>RTT</mtext></mfrac>",
        "débit d’une fenêtre w (bits)",
        "throughput of a window w (bits)",
    ),
    (
        "<msub><mi>P</mi><mtext>err</mtext></msub><mo>=</mo><mn>1</mn><mo>−</mo><msup><mrow><mo>(</mo><mn>1</mn><mo>−</mo><mi>p</mi><mo>)</mo></mrow><mi>n</mi></msup>",
        "au moins une erreur sur n bits",
        "at least one error in n bits",
    ),
]
RADIO = [
    (
        "<mi>λ</mi><mo>=</mo><mfrac><mi>c</mi><mi>f</mi></mfrac>",
        "longueur d’onde (m), c ≈ 3 × 10⁸ m/s",
        "wavelength (m), c ≈ 3 × 10⁸ m/s",
    ),
    (
        "<mi>A</mi><mo>=</mo><mn>20</mn><msub><mi>log</mi><mn>10</mn></msub><mfrac><mrow><mn>4</mn><mi>π</mi><mi>d</mi></mrow><mi>λ</mi></mfrac>",
        "affaiblissement en espace libre (dB)",
        "free-space path loss (dB)",
    ),
    (
        "<mi>A</mi><mo>=</mo><mtext>{fspl}</mtext><mo>+</mo><mn>20</mn><msub><mi>log</mi><mn>10</mn></msub><mi>d</mi><mo>+</mo><mn>20</mn><msub><mi>log</mi><mn>10</mn></msub><mi>f</mi>",
        "le même, d en km et f en MHz",
        "the same, d in km and f in MHz",
    ),
    (
        "<msub><mi>P</mi><mi>r</mi></msub><mo>=</mo><msub><mi>P</mi><mi>t</mi></msub><mo>+</mo><msub><mi>G</mi><mi>t</mi></msub><mo>+</mo><msub><mi>G</mi><mi>r</mi></msub><mo>−</mo><mi>A</mi>",
        "bilan de liaison (dBm, dBi, dB)",
        "link budget (dBm, dBi, dB)",
    ),
    (
        "<mi>N</mi><mo>=</mo><mo>−</mo><mn>174</mn><mo>+</mo><mn>10</mn><msub><mi>log</mi><mn>10</mn></msub><mi>B</mi>",
        "bruit thermique (dBm), B en Hz",
        "thermal noise (dBm), B in Hz",
    ),
]
WORDS = {
    "fr": {
        "title": "Comprendre les télécommunications",
        "sheet": "Le formulaire",
        "parts": ["Signaux", "Réseaux", "Radio"],
        "marks": "Repères",
        "decibels": "En décibels",
        "ratio": "rapport",
        "notes": [
            "+3 dB\u00a0: puissance double. +10 dB : dix fois plus.",
            "0 dBm = 1 mW. 30 dBm = 1 W. −60 dBm = 1 nW.",
            "1 octet = 8 bits. 1 Mbit/s = 10⁶ bit/s.",
            "Lumière dans une fibre : 200 000 km/s, soit 5 µs par km.",
        ],
        "fspl": "32,4",
        "foot": "CC BY 4.0",
    },
    "en": {
        "title": "Understanding telecommunications",
        "sheet": "Formula sheet",
        "parts": ["Signals", "Networks", "Radio"],
        "marks": "Landmarks",
        "decibels": "In decibels",
        "ratio": "ratio",
        "notes": [
            "+3 dB: twice the power. +10 dB: ten times.",
            "0 dBm = 1 mW. 30 dBm = 1 W. −60 dBm = 1 nW.",
            "1 byte = 8 bits. 1 Mbit/s = 10⁶ bit/s.",
            "Light in a fibre: 200,000 km/s, which is 5 µs per km.",
        ],
        "fspl": "32.4",
        "foot": "CC BY 4.0",
    },
}
STYLE = """
@page { size: A4; margin: 14mm 16mm }
body { font: 11.5pt "DejaVu Sans", sans-serif; color: #1d2b3a; margin: 0 }
h1 { font-size: 21pt; margin: 0; color: #0b7a75 } h1 + p { margin: 1mm 0 4mm; color: #555 }
h2 { font-size: 13pt; margin: 5mm 0 1mm; border-bottom: 1.5pt solid #d97721; padding-bottom: 1mm }
table { border-collapse: collapse; width: 100% }
td { padding: 1.35mm 2mm; border-bottom: .4pt solid #ccc } td:first-child { width: 48% }
math { font-size: 13pt } li { margin: 1mm 0 } ul { margin: 2mm 0; padding-left: 5mm }
.db td, .db th { text-align: center; width: auto; padding: 1mm } footer { margin-top: 4mm; color: #777; font-size: 9pt }
"""


def page(language: str) -> str:
    words = WORDS[language]
    column = 1 if language == "fr" else 2
    parts = []
    for name, lines in zip(words["parts"], (SIGNALS, NETWORKS, RADIO)):
        rows = "".join(
            f"<tr><td><math displaystyle=true>{line[0].replace('{fspl}', words['fspl'])}</math><td>{line[column]}"
            for line in lines
        )
        parts.append(f"<h2>{name}</h2><table>{rows}</table>")
    ratios = [
        ("−10", "1/10"),
        ("−3", "1/2"),
        ("0", "1"),
        ("3", "2"),
        ("6", "4"),
        ("10", "10"),
        ("13", "20"),
        ("20", "100"),
        ("30", "1000"),
    ]
    table = "<tr><th>dB" + "".join(f"<td>{decibel}" for decibel, _ in ratios)
    table += f"<tr><th>{words['ratio']}" + "".join(f"<td>{ratio}" for _, ratio in ratios)
    notes = "".join(f"<li>{note}" for note in words["notes"])
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>{words["sheet"]}</title>'
        f"<style>{STYLE}</style><h1>{words['sheet']}</h1><p>{words['title']}</p>{''.join(parts)}"
        f'<h2>{words["decibels"]}</h2><table class="db">{table}</table>'
        f"<h2>{words['marks']}</h2><ul>{notes}</ul><footer>{words['foot']}</footer>"
    )


for language in WORDS:
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch, "sheet.html")
        source.write_text(page(language), encoding="utf-8")
        subprocess.run(
            [
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-pdf-header-footer",
                f"--user-data-dir={scratch}/profile",
                f"--print-to-pdf={FOLDER}/formula-sheet.{language}.pdf",
                source.as_uri(),
            ],
            check=True,
            capture_output=True,
        )

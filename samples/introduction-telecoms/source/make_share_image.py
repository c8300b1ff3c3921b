"""Makes share.png, which other sites show with a link to the course, from cover.svg.

    python make_share_image.py

Needs Debian's chromium and Pillow. Social networks show no SVG, and want 1200 × 630 pixels. The
sky becomes a plain vertical gradient, so that few colours and bytes are enough.
"""

import re
import subprocess
import tempfile
from pathlib import Path

from PIL import Image

COURSE = Path(__file__).parents[1]
WIDTH, HEIGHT = 1200, 630
COLOURS = 128

svg = (COURSE / "cover.svg").read_text(encoding="utf-8")
svg = svg.replace('id="sky" x1="0" y1="0" x2="1" y2="1"', 'id="sky" x1="0" y1="0" x2="0" y2="1"')
svg = re.sub(r'<rect [^>]*fill="url\(#sun\)"/>', "", svg)
size = f'<svg width="{WIDTH}" height="{HEIGHT}" preserveAspectRatio="xMidYMid slice" '
page = "<!doctype html><style>body{margin:0}svg{display:block}</style>" + svg.replace("<svg ", size, 1)
with tempfile.TemporaryDirectory() as folder:
    html, shot = Path(folder) / "page.html", Path(folder) / "shot.png"
    html.write_text(page, encoding="utf-8")
    command = [
        "chromium", "--headless", "--no-sandbox", "--hide-scrollbars",
        f"--window-size={WIDTH},{HEIGHT}", f"--user-data-dir={folder}/browser",
        f"--screenshot={shot}", html.as_uri(),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    image = Image.open(shot).convert("RGB")
    image.quantize(COLOURS, kmeans=2).save(COURSE / "share.png", optimize=True)

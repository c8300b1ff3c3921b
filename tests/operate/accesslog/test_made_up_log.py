"""The made-up log of samples/: the same for the same seed, every line of the format it says."""

import subprocess
import sys
from pathlib import Path

import pytest

from preau.operate.accesslog.reading.line_format import format_of

PROGRAM = Path(__file__).parents[3] / "samples" / "web-log" / "make_log.py"


def made(*words):
    command = [sys.executable, str(PROGRAM), "--lines", "3000", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ((), "combined"),
        (("--took",), '%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i" %D'),
    ],
)
def test_every_line_is_of_the_format(words, text):
    lines = made(*words)
    assert len(lines) == 3000
    assert [it for it in lines if format_of(text).match(it) is None] == []


def test_the_same_seed_makes_the_same_log():
    assert made("--seed", "5") == made("--seed", "5") != made("--seed", "6")

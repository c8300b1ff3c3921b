"""Aiken: single choices as plain text.

    What is the unit of frequency?
    A. The second
    B) The hertz
    ANSWER: B

Source: Moodle's documentation of the format. A question is a line, its choices begin with a
capital letter in order and ``.`` or ``)``, ``ANSWER:`` names one of them.
"""

from preau.kit.questions.formats.aiken.read import KEY, looks_like, read
from preau.kit.questions.formats.aiken.write import write

__all__ = ["KEY", "looks_like", "read", "write"]

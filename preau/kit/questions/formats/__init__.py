"""The files that questions travel in, a folder each.

Adding one means copying its neighbour and naming it in ``FORMATS``. What is asked for by
``auto`` is the first format that the file looks like.
"""

from collections.abc import Sequence
from typing import Protocol

from preau.kit.questions.fidelity import Fidelity
from preau.kit.questions.question import Question


class Format(Protocol):
    """What each of the modules has."""

    KEY: str

    @staticmethod
    def looks_like(data: bytes) -> bool:
        """Whether a file is probably of this format; quick, and never raises."""

    @staticmethod
    def read(data: bytes) -> Fidelity:
        """What the file holds. Raises ``PreauError``, with the line, if it cannot be read."""

    @staticmethod
    def write(questions: Sequence[Question]) -> tuple[bytes, Fidelity]:
        """The file, and what of each question it could not carry."""


FORMATS: dict[str, Format] = {}

"""The files that questions travel in, a folder each.

Adding one means copying its neighbour and naming it in ``FORMATS``. What is asked for by
``auto`` is the first format that the file looks like.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from preau.kit.questions.fidelity import Fidelity
from preau.kit.questions.formats import aiken, gift, moodle_xml, qti
from preau.kit.questions.question import Question


@dataclass(frozen=True)
class Format:
    """What each of the folders offers.

    ``looks_like`` says quickly whether a file is probably of this format, and never raises;
    ``read`` gives what the file holds, or raises ``PreauError`` with the line if it cannot be
    read; ``write`` gives the file, and what of each question it could not carry.
    """

    looks_like: Callable[[bytes], bool]
    read: Callable[[bytes], Fidelity]
    write: Callable[[Sequence[Question]], tuple[bytes, Fidelity]]


FORMATS: dict[str, Format] = {
    it.KEY: Format(it.looks_like, it.read, it.write) for it in (moodle_xml, aiken, gift, qti)
}

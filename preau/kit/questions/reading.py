"""Reading and writing question files of any format."""

from collections.abc import Sequence
from pathlib import Path

from preau.kit.errors import PreauError
from preau.kit.questions.fidelity import Fidelity
from preau.kit.questions.formats import FORMATS
from preau.kit.questions.question import Question

AUTO = "auto"
MOST_BYTES = 200 << 20  # of a file; images are in it, in base64


def read_questions(path: Path, wanted: str = AUTO) -> Fidelity:
    """The questions of a file, and what became of each.

    ``wanted`` is a key of ``FORMATS``, or ``auto`` for the first that the file looks like.
    Raises ``PreauError`` for a file that cannot be read at all.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise PreauError(f"{path} is larger than {MOST_BYTES >> 20} MB; split it.")
        data = path.read_bytes()
    except OSError as error:
        raise PreauError(f"{path} can't be read: {error.strerror}.") from error
    return questions_in(data, str(path), wanted)


def questions_in(data: bytes, name: str, wanted: str = AUTO) -> Fidelity:
    """As ``read_questions``, for a file's content; ``name`` is what errors call it."""
    names = list(FORMATS) if wanted == AUTO else [wanted]
    if wanted == AUTO:
        names = [it for it in names if FORMATS[it].looks_like(data)]
        if not names:
            known = ", ".join(FORMATS)
            raise PreauError(f"{name} is none of {known}; name its format with --format.")
    try:
        return FORMATS[names[0]].read(data)
    except PreauError as error:
        raise PreauError(f"{name}: {error}") from error


def write_questions(questions: Sequence[Question], wanted: str) -> tuple[bytes, Fidelity]:
    """The file, and what of each question the format could not carry."""
    return FORMATS[wanted].write(questions)

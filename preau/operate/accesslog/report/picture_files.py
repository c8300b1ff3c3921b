"""The pictures as files of their own, for a text or a talk."""

from pathlib import Path

from preau.kit.charts import standalone
from preau.kit.errors import PreauError
from preau.kit.typeset import png_of
from preau.operate.accesslog.analysis.result import Result
from preau.operate.accesslog.report.pictures import pictures_of
from preau.operate.accesslog.report.words import words_in


def write_pictures(result: Result, folder: Path, language: str) -> list[Path]:
    """Write each picture of the report into a folder, which is made: as SVG, and as PNG.

    Raises ``PreauError`` where that cannot be.
    """
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, picture in pictures_of(result, language, words_in(language)).items():
            drawn, pixels = folder / f"{name}.svg", folder / f"{name}.png"
            drawn.write_text(standalone(picture), encoding="utf-8")
            pixels.write_bytes(png_of(picture))
            written += [drawn, pixels]
    except OSError as error:
        raise PreauError(f"{folder}: no pictures can be written there: {error.strerror}.") from None
    return written

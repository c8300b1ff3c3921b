"""Pages for printing, and pictures in pixels, by typst: no browser, system library or network."""

from collections.abc import Mapping
from typing import Any, cast

from preau.kit.charts import Svg, standalone
from preau.kit.errors import PreauError

_PICTURE = '#set page(width: {width}pt, height: auto, margin: 0pt)\n#image("picture.svg")\n'
_PIXELS = 144  # per inch: two for each point, as screens have them


class TypesetError(PreauError):
    """What can't be set: letters that no font here has, most often."""


def pdf_of(source: str, files: Mapping[str, bytes]) -> bytes:
    """Set a document in typst's language, with the files that it names, as an accessible PDF.

    The answer holds PDF/UA-1, so every picture needs an ``alt``: typst refuses one without.
    """
    return _compiled(source, files, format="pdf", pdf_standards=["ua-1"])


def png_of(picture: Svg) -> bytes:
    """A chart in pixels, two for each point of its width and height."""
    source = _PICTURE.format(width=picture.width)
    files = {"picture.svg": standalone(picture).encode()}
    return _compiled(source, files, format="png", ppi=_PIXELS)


def _compiled(source: str, files: Mapping[str, bytes], **options: object) -> bytes:
    import typst  # when it is needed: 80 MB that no page wants

    compiled: Any = typst.compile  # its types do not know that a document may be several files
    try:
        return cast("bytes", compiled({"main": source.encode(), **files}, **options))
    except typst.TypstError as error:
        raise TypesetError(f"It can't be set on paper: {error}") from error

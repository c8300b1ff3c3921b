"""The report on paper: an A4 PDF that screen readers can read."""

import json
from collections.abc import Mapping
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from preau.kit.charts import standalone
from preau.kit.typeset import pdf_of
from preau.learn.insights.figures.figure import Figure
from preau.learn.insights.report.contents import Report

_WITH_TABLE = {"funnel", "activities", "runs"}  # the others' say no more than their pictures


def paper_of(report: Report) -> bytes:
    """The PDF. What the document says goes to typst as JSON, so no text can be read as markup."""
    source = (Path(__file__).parent / "report.typ").read_text(encoding="utf-8")
    contents = {
        "language": get_language(),
        "title": report.title,
        "month": report.month,
        "note": report.note,
        "heading": _("Statistics"),
        "facts": [{"name": it.name, "value": it.value, "change": it.change} for it in report.facts],
        "figures": [_figure(it) for it in report.figures],
    }
    files = {"report.json": json.dumps(contents).encode()}
    for it in report.figures:
        if it.picture is not None:
            files[f"{it.key}.svg"] = standalone(it.picture).encode()
    return pdf_of(source, files)


def _figure(figure: Figure) -> Mapping[str, object]:
    return {
        "title": figure.title,
        "words": figure.picture.words if figure.picture is not None else "",
        "picture": f"{figure.key}.svg" if figure.picture is not None else "",
        "definition": figure.definition,
        "head": list(figure.head) if figure.key in _WITH_TABLE else [],
        "names": [all(map(_is_name, column)) for column in zip(*figure.rows, strict=True)],
        "rows": [[str(cell) for cell in row] for row in figure.rows],
    }


def _is_name(cell: object) -> bool:
    return isinstance(cell, str) and not cell.endswith("%")

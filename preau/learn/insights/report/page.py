"""The report as one page: nothing that it needs lies beside it."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.translation import get_language

from preau.learn.insights.report.contents import Report

_STYLES = ("theme/variables.css", "insights/insights.css", "insights/report.css")


def page_of(report: Report) -> str:
    """The page, as HTML."""
    found = [Path(str(finders.find(name))) for name in _STYLES]
    style = "\n".join(path.read_text(encoding="utf-8") for path in found)
    context = {"report": report, "style": style, "language": get_language()}
    return render_to_string("insights/report.html", context)

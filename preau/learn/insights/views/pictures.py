"""What all pages with pictures share."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse

from preau.kit.charts import standalone
from preau.kit.typeset import png_of
from preau.learn.events.record import record
from preau.learn.insights.figures.figure import Figure
from preau.learn.insights.figures.spans import UNITS, Span
from preau.learn.insights.models import Gathered, Period
from preau.learn.theme.csv_file import csv_lines

_FORMS = ("csv", "svg", "png")
Figures = dict[str, Callable[[], Figure]]  # by key, made when they are asked for


def today() -> date:
    """By the site's clock."""
    return datetime.now(ZoneInfo(settings.TIME_ZONE)).date()


def frame(figures: Figures, span: Span) -> dict[str, Any]:
    """What the template of a page with these pictures needs."""
    last = Gathered.objects.filter(period=Period.DAY).order_by("-start").first()
    drawn = [make() for make in figures.values()]
    return {
        "figures": drawn,
        "unit": span.period,
        "query": f"by={span.period}",
        "units": list(UNITS),
        "gathered": last,
    }


def file_of(request: HttpRequest, found: Figure | None, form: str, name: str) -> Any:
    """A picture, or its table, as a file to keep."""
    if found is None or form not in _FORMS:
        raise Http404
    record(request, "downloaded", result={"path": f"{name}-{found.key}.{form}"})
    if form == "csv" or found.picture is None:
        rows = [found.head, *found.rows]
        lines = csv_lines([str(cell) for cell in row] for row in rows)
        response: Any = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    elif form == "png":
        response = HttpResponse(png_of(found.picture), content_type="image/png")
    else:
        response = HttpResponse(standalone(found.picture), content_type="image/svg+xml")
        response.headers["Content-Security-Policy"] = (
            "default-src 'none'; style-src 'unsafe-inline'"
        )
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{found.key}.{form}"'
    return response


def made(figures: Figures, key: str) -> Figure | None:
    """The picture of that key."""
    return figures[key]() if key in figures else None

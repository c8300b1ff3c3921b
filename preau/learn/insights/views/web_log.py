"""The web log's report, which the operator's command line makes, for who runs the site."""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from preau.learn.events.record import record

# What stands in a web log was written by strangers: the page runs nothing, sends nothing and is,
# to a browser, of no site at all, whatever is in the file.
_POLICY = "; ".join(
    (
        "default-src 'none'", "style-src 'unsafe-inline'", "form-action 'none'", "base-uri 'none'",
        "frame-ancestors 'none'", "sandbox",
    )
)  # fmt: skip


@require_safe
def web_log(request: HttpRequest) -> HttpResponse | FileResponse:
    """The page as it was made; else how to make it."""
    record(request, "viewed")
    name = settings.STATISTICS_WEB_LOG_REPORT
    if not name:
        return render(request, "insights/web_log.html", {"wrong": ""})
    path = settings.SITE_FOLDER / name
    try:
        if not path.is_file():  # a pipe or a device would never end
            return _missing(request, path, _("there is no such file"))
        file = path.open("rb")
    except OSError as error:
        return _missing(request, path, error.strerror or str(error))
    response = FileResponse(file, content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _missing(request: HttpRequest, path: Path, why: str) -> HttpResponse:
    wrong = _("%(path)s: %(why)s.") % {"path": path, "why": why}
    return render(request, "insights/web_log.html", {"wrong": wrong})

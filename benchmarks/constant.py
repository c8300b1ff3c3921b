"""The floors: pages of N constant bytes, served by the same server with as many workers.

``/N`` is answered by a WSGI application of a few lines: what the server, the network and the
client cost by themselves. ``/view/N`` is answered by a bare Django view, without middleware,
session or database: what Django costs on top of it.
"""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

_LINE = b"<p>The same page for everybody, whoever asks and whenever.</p>\n"


@cache
def _page(size: int) -> bytes:
    return (_LINE * (size // len(_LINE) + 1))[:size]


def view(_request: HttpRequest, size: int) -> HttpResponse:
    """The constant page as a Django view."""
    return HttpResponse(_page(size))


urlpatterns = [path("view/<int:size>", view)]


@cache
def _django() -> WSGIHandler:
    settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], MIDDLEWARE=[])
    return get_wsgi_application()


def application(
    environ: dict[str, Any], start_response: Callable[[str, list[tuple[str, str]]], object]
) -> Iterable[bytes]:
    """Answer one request."""
    asked = environ["PATH_INFO"]
    if asked.startswith("/view/"):
        return _django()(environ, start_response)
    page = _page(max(1, int(asked.strip("/") or 1)))
    start_response(
        "200 OK",
        [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(page)))],
    )
    return [page]

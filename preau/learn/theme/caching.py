"""What caches may do with an answer whose view has not said it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

Answer = Callable[[HttpRequest], HttpResponse]
_DEPENDS_ON = ("Accept-Language", "Cookie")


def cautious_caching(answer: Answer) -> Answer:
    """Middleware: no shared cache keeps a person's page, or mixes two visitors' languages.

    Whoever brings a session or is given a cookie counts as a person: that needs no database,
    which may be what is away. A 304 says nothing new about what the browser has.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        if response.has_header("Cache-Control") or response.status_code == 304:
            return response
        patch_vary_headers(response, _DEPENDS_ON)
        if settings.SESSION_COOKIE_NAME in request.COOKIES or response.cookies:
            response.headers["Cache-Control"] = "private, no-cache"
        return response

    return middleware

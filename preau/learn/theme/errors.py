"""Pages for when something is wrong: what happened, and what to do."""

import errno
import logging
import sqlite3
import sys
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import (
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string
from django.utils import translation

from preau.learn.theme.languages import reader_language

logger = logging.getLogger(__name__)

Answer = Callable[[HttpRequest], HttpResponse]

_TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG}
_REDIS_AWAY = {  # by name, for Redis is an extra
    ("redis.exceptions", "ConnectionError"),
    ("redis.exceptions", "TimeoutError"),
    ("redis.exceptions", "ReadOnlyError"),
}
_READ_ONLY = "25006"  # PostgreSQL's code for a server that takes no writes, such as a standby


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 when what was sent is too large."""
    return _page(request, 413 if isinstance(exception, _TOO_BIG) else 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return _page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """503 for trouble that passes, wherever it was met; else 500.

    Django calls this while it handles the exception. The page of a 500 asks nothing of the
    site, for the site may be what is broken.
    """
    exception = sys.exception()
    if exception is not None and _passes(exception):
        return _unavailable(request, exception)
    return HttpResponseServerError(render_to_string("500.html"))


def bounded_requests(answer: Answer) -> Answer:
    """Middleware: refuse a request that announces more than ``limits.upload_megabytes`` (413)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if announced.isdecimal() and int(announced) > settings.REQUEST_BYTES:
            return _page(request, 413)
        return answer(request)

    return middleware


class Trouble:
    """Middleware: in a view, a database that is locked, full or away, or a full disk, is a 503.

    Transactions were undone; nothing is half saved. What middleware meets, such as the session
    that can't be read, never comes by here: Django asks ``server_error`` right where it happens.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.answer(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer trouble that passes; leave the rest, which is a bug, to Django."""
        return _unavailable(request, exception) if _passes(exception) else None


def _passes(exception: BaseException) -> bool:
    """Whether it is the machine's trouble, not the code's, so that a later try may do."""
    if isinstance(exception, OSError):
        return exception.errno in _NO_ROOM
    if (type(exception).__module__, type(exception).__name__) in _REDIS_AWAY:
        return True
    if isinstance(exception, InternalError):
        return getattr(exception.__cause__, "sqlstate", "") == _READ_ONLY
    if getattr(exception.__cause__, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR:
        return False  # SQLite's word for wrong SQL, such as a column that is not there
    return isinstance(exception, OperationalError | InterfaceError)


def _unavailable(request: HttpRequest, exception: BaseException) -> HttpResponse:
    logger.error("Could not save or read: %s", exception, exc_info=exception)
    response = _page(request, 503, {"kept": _kept(request)})
    response.headers["Retry-After"] = "5"
    return response


def _page(
    request: HttpRequest, status: int, context: dict[str, object] | None = None
) -> HttpResponse:
    """The page of that status in the reader's language; asks no database, reads no form."""
    code = reader_language(request)
    with translation.override(code):
        text = render_to_string(f"{status}.html", context)
    return HttpResponse(text, status=status, headers={"Content-Language": code})


def _kept(request: HttpRequest) -> list[str]:
    """The longer texts of the form that could not be saved, to be copied or sent again."""
    if request.method != "POST":
        return []
    try:
        sent = list(request.POST.items())
    except (SuspiciousOperation, MultiPartParserError, OSError):
        return []  # the form itself can't be read
    secret = ("csrf", "password")
    return [
        value
        for name, value in sent
        if isinstance(value, str) and len(value) > 20 and not name.startswith(secret)
    ]

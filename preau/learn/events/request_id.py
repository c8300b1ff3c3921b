"""A short id for every request: in the answer, in the record of events, in the logs."""

import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]


def request_id(answer: Answer) -> Answer:
    """Middleware: name the request, and tell the name in ``X-Request-Id``."""

    def middleware(request: HttpRequest) -> HttpResponse:
        name = secrets.token_hex(6)
        request.META["preau.request_id"] = name
        response = answer(request)
        response.headers["X-Request-Id"] = name
        return response

    return middleware

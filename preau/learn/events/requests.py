"""What frames every request: its id, and the events that it leaves, written at its end."""

import secrets
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from preau.learn.events.record import NAME, NOTED, write
from preau.learn.events.schema import Event

Answer = Callable[[HttpRequest], HttpResponse]


def recorded(answer: Answer) -> Answer:
    """Middleware: name the request, tell the name in ``X-Request-Id``, write its events.

    They are in the kernel's hands before the answer is on its way, with how long it took to make.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter_ns()
        name = secrets.token_hex(6)
        noted: list[Event] = []
        request.META[NAME], request.META[NOTED] = name, noted
        try:
            response = answer(request)
        finally:
            if noted:
                write(noted, (time.perf_counter_ns() - began) / 1e6)
        response.headers["X-Request-Id"] = name
        return response

    return middleware

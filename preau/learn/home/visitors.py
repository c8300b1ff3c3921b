"""Pages for visitors are the same for all of them: rendered once, kept for a few seconds.

Only for those who bring no session. A change is visible to visitors within
``VISITOR_SECONDS``; whoever is signed in sees it at once. Each view is recorded, also of a page
that comes from memory.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from preau.learn.events.record import record
from preau.learn.theme.languages import visitor_language

Answer = Callable[[HttpRequest], HttpResponse]
_MOST_PAGES = 500
_MOST_PATH = 300


class _Kept(NamedTuple):
    until: float  # by the monotonic clock
    content: bytes
    headers: dict[str, str]
    view_name: str


class VisitorPages:
    """Middleware: answers visitors from memory where a view said that it may.

    A view says so by setting ``response.same_for_visitors = True``.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self._kept: OrderedDict[tuple[str, str, str], _Kept] = OrderedDict()
        self._lock = Lock()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer from memory, or pass the request on and keep what may be kept."""
        cookies = request.META.get("HTTP_COOKIE", "")
        path = request.get_full_path()
        if (
            request.method != "GET"
            or len(path) > _MOST_PATH
            or settings.SESSION_COOKIE_NAME in cookies
            or "messages=" in cookies
            or not settings.VISITOR_SECONDS
        ):
            return self.answer(request)
        key = (path, visitor_language(request), request.get_host())
        kept = self._kept.get(key)
        if kept is not None and kept.until > time.monotonic():
            record(request, "viewed", page=kept.view_name)
            return HttpResponse(kept.content, headers=kept.headers)
        response = self.answer(request)
        if getattr(response, "same_for_visitors", False) and not response.cookies:
            match = request.resolver_match
            self._keep(key, response, match.view_name if match else "")
        return response

    def _keep(self, key: tuple[str, str, str], response: HttpResponse, view_name: str) -> None:
        until = time.monotonic() + settings.VISITOR_SECONDS
        with self._lock:
            self._kept[key] = _Kept(until, response.content, dict(response.headers), view_name)
            self._kept.move_to_end(key)
            while len(self._kept) > _MOST_PAGES:
                self._kept.popitem(last=False)


def same_for_visitors(response: HttpResponse) -> HttpResponse:
    """Mark an answer to a visitor as good for every other visitor."""
    response.same_for_visitors = True  # type: ignore[attr-defined]
    return response

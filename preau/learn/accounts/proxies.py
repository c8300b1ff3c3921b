"""The visitor's real address, when a proxy that we trust stands in front."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from preau.kit.client_address import client_address

Answer = Callable[[HttpRequest], HttpResponse]


def behind_proxies(answer: Answer) -> Answer:
    """Middleware: put the real address and scheme where Django looks for them."""
    trusted = frozenset(settings.TRUSTED_PROXIES)

    def middleware(request: HttpRequest) -> HttpResponse:
        peer = request.META.get("REMOTE_ADDR", "")
        if peer in trusted:
            forwarded = request.headers.get("x-forwarded-for", "")
            request.META["REMOTE_ADDR"] = client_address(peer, forwarded, trusted)
        else:
            request.META.pop("HTTP_X_FORWARDED_PROTO", None)
        return answer(request)

    return middleware

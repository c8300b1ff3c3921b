"""The visitor's real address, when a proxy that we trust stands in front."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]


def client_address(peer: str, forwarded_for: str, trusted: frozenset[str]) -> str:
    """The last address of ``X-Forwarded-For`` that is not one of our proxies.

    The header counts only when ``peer``, who opened the connection, is trusted: anybody can
    send it.
    """
    if peer not in trusted:
        return peer
    hops = [hop.strip() for hop in forwarded_for.split(",") if hop.strip()]
    return next((hop for hop in reversed(hops) if hop not in trusted), peer)


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

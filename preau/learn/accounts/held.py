"""A form that arrived too late keeps what was written.

When the session ended, or the page's token is an old one, what the person typed is shown
again, to be changed where it is too long, with a way to sign in and a button to send it once
more. Nothing is stored.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

_NEVER_KEPT = {"csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword"}


def _fields(request: HttpRequest) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in _NEVER_KEPT
        for value in values
    ]


def _comes_from_this_site(request: HttpRequest) -> bool:
    """A proxy may rewrite Host, so the site's own address counts as well."""
    origin = request.headers.get("origin") or request.headers.get("referer") or ""
    ours = {request.get_host(), urlsplit(settings.SITE_ADDRESS).netloc}
    return urlsplit(origin).netloc in ours


def _is_text(value: str) -> bool:
    return len(value) > 20 or "\n" in value


def _page(request: HttpRequest, reason: str, status: int) -> HttpResponse:
    if request.content_type == "application/json":
        # A script keeps what it sends. A page would set a new token, and another tab in which
        # the person is about to sign in has the one before.
        return JsonResponse({"held": reason}, status=status)
    own = _comes_from_this_site(request)
    fields = _fields(request) if own else []
    context = {
        "reason": reason,
        "own": own,
        "fields": [(name, value) for name, value in fields if not _is_text(value)],
        "texts": [(name, value) for name, value in fields if _is_text(value)],
        "action": request.get_full_path(),
        "files_lost": bool(request.FILES),
    }
    return render(request, "accounts/held.html", context, status=status)


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Answer a form sent by somebody whose session has ended (401)."""
    return _page(request, "session", 401)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is missing, old or forged (403)."""
    return _page(request, "token", 403)


def too_long(request: HttpRequest, reason: str) -> HttpResponse:
    """Answer a form that could not be taken as it is (400), with what was written."""
    return _page(request, reason, 400)

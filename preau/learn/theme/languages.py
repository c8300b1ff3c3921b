"""Which language a page is shown in."""

from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

Answer = Callable[[HttpRequest], HttpResponse]
_LONGEST = 200  # characters of Accept-Language that are read


@lru_cache(maxsize=1000)
def _accepted(header: str) -> str:
    known = {code for code, _ in settings.LANGUAGES}
    for wanted, _quality in parse_accept_lang_header(header):
        for code in (wanted, wanted.split("-")[0]):
            if code in known:
                return code
    return settings.LANGUAGE_CODE


def visitor_language(request: HttpRequest) -> str:
    """The language of someone who is not signed in: their choice, else what the browser asks."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen in dict(settings.LANGUAGES):
        return chosen
    wanted = request.META.get("HTTP_ACCEPT_LANGUAGE", "")
    if len(wanted) > _LONGEST:
        wanted = wanted[:_LONGEST].rpartition(",")[0]
    return _accepted(wanted)


def reader_language(request: HttpRequest) -> str:
    """The language this request is answered in; before that is known, the visitor's."""
    return getattr(request, "LANGUAGE_CODE", "") or visitor_language(request)


def language(answer: Answer) -> Answer:
    """Middleware: the choice made on this device, else the person's own, else the browser's."""

    def middleware(request: HttpRequest) -> HttpResponse:
        code = visitor_language(request)
        user = getattr(request, "user", None)
        known = dict(settings.LANGUAGES)
        if (
            request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) not in known
            and user is not None
            and user.is_authenticated
            and user.language in known
        ):
            code = user.language
        request.LANGUAGE_CODE = code
        with translation.override(code):
            response = answer(request)
        response.headers.setdefault("Content-Language", code)
        return response

    return middleware

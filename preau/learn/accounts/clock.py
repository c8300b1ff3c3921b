"""Times are shown in the person's own zone."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

Answer = Callable[[HttpRequest], HttpResponse]


def own_time_zone(answer: Answer) -> Answer:
    """Middleware: the zone of whoever is signed in, for this request."""

    def middleware(request: HttpRequest) -> HttpResponse:
        zone = request.user.zone if request.user.is_authenticated else None
        with timezone.override(zone or timezone.get_default_timezone()):
            return answer(request)

    return middleware

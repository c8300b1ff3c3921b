"""How the site goes, for those who run it."""

from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from preau.learn.accounts.permissions import TABLE, Role
from preau.learn.events.record import record
from preau.learn.insights.figures.of_site import arrivals, runs
from preau.learn.insights.figures.spans import Span, span_of
from preau.learn.insights.figures.use import accesses, activities, countries, hours, people
from preau.learn.insights.views.pictures import Figures, file_of, frame, made

if TYPE_CHECKING:
    from preau.learn.accounts.models import Person


def _of_site(span: Span) -> Figures:
    return {
        "accesses": lambda: accesses(0, span),
        "actions": lambda: activities(0, span),
        "people": lambda: people(0, span),
        "arrivals": lambda: arrivals(span),
        "runs": runs,
        "hours": lambda: hours(0, span),
        **({"countries": lambda: countries(0, span)} if settings.STATISTICS_COUNTRIES else {}),
    }


@require_safe
def site(request: HttpRequest) -> HttpResponse:
    """How the site goes, for those who run it."""
    span = span_of(0, request.GET.get("by", ""))
    record(request, "viewed")
    reads_log = Role(cast("Person", request.user).site_role) in TABLE["insights:log"]
    context = {**frame(_of_site(span), span), "reads_log": reads_log}
    return render(request, "insights/site.html", context)


@require_safe
def site_figure(request: HttpRequest, figure: str, form: str) -> Any:
    """A picture, or its table, as a file."""
    span = span_of(0, request.GET.get("by", ""))
    return file_of(request, made(_of_site(span), figure), form, "site")

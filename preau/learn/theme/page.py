"""Rendering a whole page as a stencil, outside any request."""

from collections.abc import Mapping
from functools import cache

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import conditional_escape, escape
from django.utils.translation import get_language

from preau.learn.theme.context import language_choices
from preau.learn.theme.form_token import form_token
from preau.learn.theme.stencil import Filling, Stencil, hole


def page_stencil(template: str, path: str, context: Mapping[str, object]) -> Stencil:
    """The page with holes for the person's name, the token and the messages."""
    everything = {
        "site_name": settings.SITE_NAME,
        "demo": settings.DEMO,
        "language_choices": language_choices(path),
        "person_name": hole("person_name"),
        "person_key": hole("person_key"),
        "csrf_token": hole("csrf_token"),
        "messages_hole": hole("messages"),
        "LANGUAGE_CODE": get_language(),
        **context,
    }
    return Stencil(render_to_string(template, everything))


def part_stencil(template: str, context: Mapping[str, object]) -> Stencil:
    """A part of a page, with the holes its template has."""
    return Stencil(render_to_string(template, {"csrf_token": hole("csrf_token"), **context}))


def filled_page(request: HttpRequest, page: Stencil, values: Mapping[str, Filling]) -> HttpResponse:
    """The page as answer, its holes filled with ``values`` (already escaped) and the person's."""
    messages = get_messages(request)
    own: dict[str, Filling] = {
        "person_name": escape(request.user.get_short_name()),  # type: ignore[union-attr]
        "person_key": request.user.uuid.hex,  # type: ignore[union-attr]
        "csrf_token": form_token(request) if "csrf_token" in page.names else "",
        "messages": _messages(request) if len(messages) else "",
    }
    response = HttpResponse(page.fill({**own, **values}))
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _messages(request: HttpRequest) -> str:
    return render_to_string("theme/_messages.html", {"messages": get_messages(request)})


@cache
def icon(name: str) -> str:
    """One icon of the sprite as HTML, for holes."""
    url = conditional_escape(f"{static('theme/icons.svg')}#{name}")
    return f'<svg class="icon" aria-hidden="true"><use href="{url}"></use></svg>'

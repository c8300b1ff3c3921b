"""What every page's template knows."""

from functools import cache
from typing import TypedDict
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from preau.learn.theme.methods import way_back


class LanguageChoice(TypedDict):
    """One entry of the language switch."""

    code: str
    name: str
    url: str
    current: bool


@cache
def _language_url(code: str) -> str:
    return reverse("theme:language", kwargs={"code": code})


def language_choices(path: str) -> list[LanguageChoice]:
    """The site's languages, each with the address that switches to it and returns to ``path``."""
    current = get_language()
    query = urlencode({"next": path})
    return [
        {
            "code": code,
            "name": name,
            "url": f"{_language_url(code)}?{query}",
            "current": code == current,
        }
        for code, name in settings.LANGUAGES
    ]


def page(request: HttpRequest) -> dict[str, object]:
    """Context of every page: the site's name, the languages, and who is signed in."""
    user = getattr(request, "user", None)
    person = user if user is not None and user.is_authenticated else None
    return {
        "site_name": settings.SITE_NAME,
        "demo": settings.DEMO,
        "sign_up_open": settings.SIGN_UP_OPEN,
        "language_choices": language_choices(way_back(request)),
        "person_name": person.get_short_name() if person else "",
        "person_key": person.uuid.hex if person else "",
    }

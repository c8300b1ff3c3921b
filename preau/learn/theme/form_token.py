"""The token that forms carry against forged requests, cheaply."""

import os

from django.http import HttpRequest
from django.middleware import csrf

_LETTERS = csrf.CSRF_ALLOWED_CHARS
_PLACE = {letter: place for place, letter in enumerate(_LETTERS)}
_FAIR = 256 - 256 % len(_LETTERS)  # bytes below give every letter the same chance


def form_token(request: HttpRequest) -> str:
    """What Django's ``get_token`` gives: the secret under a mask that is new each time.

    Django asks the system for random bits once a letter, a twelfth of the time of a page; here
    it is asked once.
    """
    secret = request.META.get("CSRF_COOKIE")
    if secret is None or len(secret) != csrf.CSRF_SECRET_LENGTH:
        return csrf.get_token(request)
    request.META["CSRF_COOKIE_NEEDS_UPDATE"] = True  # as Django's: the cookie lives on
    mask = _random_places(len(secret))
    count = len(_LETTERS)
    masked = [_LETTERS[(_PLACE[letter] + place) % count]
              for letter, place in zip(secret, mask, strict=True)]  # fmt: skip
    return "".join([_LETTERS[place] for place in mask] + masked)


def _random_places(count: int) -> list[int]:
    found: list[int] = []
    while len(found) < count:
        found += [byte % len(_LETTERS) for byte in os.urandom(2 * count) if byte < _FAIR]
    return found[:count]

"""What people do at the site's doors, and how to see who is inside."""

import html
import re

from django.http import HttpResponse
from django.test import Client

from tests.people import PASSWORD


def sign_up(
    browser: Client, email: str, name: str = "Ada Lovelace", password: str = PASSWORD
) -> HttpResponse:
    """Send the sign-up form."""
    return browser.post("/account/signup/", {"email": email, "name": name, "password1": password})


def sign_in(browser: Client, email: str, password: str = PASSWORD, **headers: str) -> HttpResponse:
    """Send the sign-in form."""
    return browser.post(
        "/account/login/", {"login": email, "password": password}, headers=headers or None
    )


def is_inside(browser: Client) -> bool:
    """Whether somebody is signed in in that browser."""
    return browser.get("/dashboard/").status_code == 200


def seen(answer: HttpResponse) -> str:
    """The text of a page as a reader sees it: no tags, no lines."""
    main = answer.content.decode().split("<main", 1)[-1]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", main)).split())

"""Addresses that only take what a form sends, and what somebody sees who opens one."""

import inspect
from collections.abc import Callable
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve

Answer = Callable[[HttpRequest], HttpResponse]


def way_back(request: HttpRequest) -> str:
    """Where a link that comes back to this page leads: its address, if it can be opened.

    Where the address only takes forms, the nearest above it: that of the page with the form.
    """
    match = request.resolver_match
    if match is None or _opens(match.func):
        return request.get_full_path()
    path = request.path_info
    while path != "/":
        path = path.rstrip("/").rpartition("/")[0] + "/"
        if _can_be_opened(path):
            break
    return path


def _can_be_opened(path: str) -> bool:
    try:
        return _opens(resolve(path).func)
    except Resolver404:
        return False


@cache
def _opens(view: Callable[..., Any]) -> bool:
    """Whether a GET comes through, which only ``require_POST`` and its like prevent."""
    if not inspect.isfunction(view):
        return True
    return "GET" in inspect.getclosurevars(view).nonlocals.get("request_method_list", ["GET"])


def wrong_method(answer: Answer) -> Answer:
    """Middleware: Django's blank 405 becomes a page that leads to where one can go on."""

    def middleware(request: HttpRequest) -> HttpResponse:
        refused = answer(request)
        if refused.status_code != 405 or refused.content:
            return refused
        context = {"reading": request.method in {"GET", "HEAD"}, "back": way_back(request)}
        page = render(request, "405.html", context, status=405)
        page.headers["Allow"] = refused.headers["Allow"]
        return page

    return middleware

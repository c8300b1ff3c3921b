"""The site as a WSGI application, as granian serves it."""

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "preau.learn.settings")


class Site:
    """Django's handler, answering whole pages as one list.

    Granian sends a list in one write and pulls anything else piece by piece from Python;
    Django answers with its response object, so a page that is already whole is unpacked here.
    """

    def __init__(self, handler: WSGIHandler) -> None:
        self.handler = handler

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer one request."""
        response = self.handler(environ, start_response)
        if getattr(response, "streaming", True):
            return response
        body = [b"".join(response)]
        response.close()
        return body


application = Site(get_wsgi_application())

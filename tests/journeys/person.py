"""Somebody at a browser without scripts over real connections."""

import http.client
import re
from contextlib import closing
from urllib.parse import urlencode, urlsplit

from tests.journeys.pages import demo_password
from tests.journeys.site import LiveSite


class Person:
    """Signed in as one of the demonstration people; ``visiting`` as nobody yet."""

    def __init__(self, site: LiveSite, email: str) -> None:
        self._arrive(site)
        password = demo_password(str(site.folder), tuple(sorted(site.environ.items())))
        status, _page = self.sign_in(email, password)
        assert status == 302

    @classmethod
    def visiting(cls, site: LiveSite) -> "Person":
        """Somebody who is not signed in, on a connection of their own."""
        visitor = cls.__new__(cls)
        visitor._arrive(site)
        return visitor

    def _arrive(self, site: LiveSite) -> None:
        self.origin = site.address
        self.cookies: dict[str, str] = {}

    def sign_in(self, email: str, password: str) -> tuple[int, str]:
        """Send the sign-in form; the answer's status and page."""
        self.get("/account/login/")
        return self.post("/account/login/", {"login": email, "password": password})

    def get(self, path):
        return self._ask("GET", path)

    def post(self, path, fields):
        return self._ask("POST", path, {**fields, "csrfmiddlewaretoken": self.token})

    def _ask(self, method, path, fields=None):
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Origin": self.origin,
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept-Language": "en",
        }
        body = urlencode(fields) if fields else None
        host = urlsplit(self.origin).netloc
        with closing(http.client.HTTPConnection(host, timeout=60)) as connection:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            page = answer.read().decode()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        self.token = found[1] if found else getattr(self, "token", "")
        self.retry_after = answer.getheader("Retry-After")
        return answer.status, page

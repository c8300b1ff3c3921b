"""The pages that are measured, and the requests that ask for them."""

from dataclasses import dataclass
from urllib.parse import urlencode

RUN = "bench-now"
PAGE_KEY = "s1-page-1"  # completed by every learner
VIDEO_KEY = "s1-video"
PASSWORD = "correct horse battery"
CSRF = "benchmarkbenchmarkbenchmark12345"  # 32 letters and digits, as Django makes them
CONNECTIONS = 8
P99_MS = 50.0
WORKER_MB = 120.0
DATABASES_WITHIN = 1.3
FLOORS = {"bare": "/", "view": "/view/"}  # where ``benchmarks.constant`` answers so


@dataclass(frozen=True)
class Page:
    """One page: who asks for it, and what it should reach.

    ``who`` is visitor, learner, or entrant (who signs in). ``share`` is the least share of the
    rate of a bare Django view's constant page, in per cent.
    """

    key: str
    title: str
    path: str
    who: str = "learner"
    rate: float = 0.0  # pages a second to reach; 0: none was set
    share: float = 0.0
    connections: int = CONNECTIONS

    @property
    def status(self) -> int:
        """What a good answer says."""
        return 302 if self.who == "entrant" else 200


PAGES: tuple[Page, ...] = (
    Page("landing", "Landing, visitor", "/", "visitor", rate=3000),
    Page("catalogue", "Catalogue, signed in", "/courses/"),
    Page("sign-in", "Sign-in (POST)", "/account/login/", "entrant", connections=2),
    Page("dashboard", "Dashboard", "/dashboard/", rate=900),
    Page("course", "Course page", f"/learn/{RUN}/", rate=900, share=20),
    Page("activity", "Activity page + event", f"/learn/{RUN}/{PAGE_KEY}/", rate=1000),
    Page("video", "Video page", f"/learn/{RUN}/{VIDEO_KEY}/"),
)
BY_KEY = {page.key: page for page in PAGES}

_BROWSER = (
    "Host: 127.0.0.1\r\n"
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n"
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"
    "Accept-Language: en-GB,en;q=0.8,fr;q=0.5\r\n"
    "Accept-Encoding: gzip, deflate, br, zstd\r\n"
    "Connection: keep-alive\r\n"
)


def requests_for(page: Page, sessions: list[str], addresses: list[str]) -> list[str]:
    """The requests as they travel; one for each learner, or one for all visitors."""
    if page.who == "visitor":
        return [f"GET {page.path} HTTP/1.1\r\n{_BROWSER}\r\n"]
    if page.who == "learner":
        return [
            f"GET {page.path} HTTP/1.1\r\n{_BROWSER}"
            f"Cookie: preau_csrf={CSRF}; preau_session={session}\r\n\r\n"
            for session in sessions
        ]
    return [_sign_in(page.path, address) for address in addresses]


def _sign_in(path: str, address: str) -> str:
    form = {"login": address, "password": PASSWORD, "csrfmiddlewaretoken": CSRF}
    body = urlencode(form)
    return (
        f"POST {path} HTTP/1.1\r\n{_BROWSER}Cookie: preau_csrf={CSRF}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}"
    )


def constant_requests(page: Page, requests: list[str], floor: str, size: int) -> list[str]:
    """The same requests, sent to the server of constant pages (``benchmarks.constant``)."""
    return [text.replace(f" {page.path} ", f" {FLOORS[floor]}{size} ", 1) for text in requests]

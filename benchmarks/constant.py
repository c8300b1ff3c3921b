"""The floor: a WSGI application whose page ``/N`` is N constant bytes.

Served by the same server with as many workers and threads, it shows what the server, the
network and the client cost by themselves.
"""

from collections.abc import Callable, Iterable
from typing import Any

_LINE = b"<p>The same page for everybody, whoever asks and whenever.</p>\n"
_pages: dict[str, bytes] = {}


def application(
    environ: dict[str, Any], start_response: Callable[[str, list[tuple[str, str]]], object]
) -> Iterable[bytes]:
    """Answer one request."""
    path = environ["PATH_INFO"]
    page = _pages.get(path)
    if page is None:
        size = max(1, int(path.strip("/") or 1))
        page = _pages[path] = (_LINE * (size // len(_LINE) + 1))[:size]
    start_response(
        "200 OK",
        [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(page)))],
    )
    return [page]

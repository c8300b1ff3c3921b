"""A learning record store, as xAPI has it: statements are posted to it over HTTP.

Source: ADL, “Experience API, part three: data processing, validation, and security”, 1.0.3, 2.1.2
(POST Statements), 3.2 (error codes), 3.3 (version header).
"""

import base64
import json
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_TIMEOUT = 20  # seconds
_REFUSED = {400, 409, 413}  # what is wrong is in the statements: it is no use to send them again


class RefusedError(Exception):
    """The store does not take these statements; ``status`` 409: it has others of the same id."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(f"{status}: {said}")
        self.status, self.said = status, said


class AwayError(Exception):
    """The store takes nothing now; ``wait`` is for how many seconds it asks, if it does."""

    def __init__(self, said: str, wait: int | None = None) -> None:
        super().__init__(said)
        self.wait = wait


@dataclass(frozen=True)
class RecordStore:
    """Where it is, and with what one may write to it."""

    endpoint: str
    key: str
    secret: str

    def send(self, statements: Sequence[dict[str, Any]]) -> None:
        """Have the store keep them all; it keeps one that it has already as it is.

        Raises ``RefusedError`` or ``AwayError``; then it kept none.
        """
        password = base64.b64encode(f"{self.key}:{self.secret}".encode()).decode()
        request = urllib.request.Request(
            f"{self.endpoint.rstrip('/')}/statements",
            data=json.dumps(statements, ensure_ascii=False).encode(),
            headers={
                "Authorization": f"Basic {password}",
                "Content-Type": "application/json",
                "X-Experience-API-Version": "1.0.3",
                "User-Agent": "Preau",
            },
        )
        try:
            with _opener.open(request, timeout=_TIMEOUT) as answer:
                answer.read()
        except urllib.error.HTTPError as error:
            said = error.read(500).decode("utf-8", "replace").strip()
            if error.code in _REFUSED:
                raise RefusedError(error.code, said) from None
            raise AwayError(_words(self.endpoint, error.code), _wait(error)) from None
        except (OSError, ValueError) as error:
            reason = getattr(error, "reason", error)
            raise AwayError(f"{self.endpoint} can't be reached ({reason})") from None


class _Stay(urllib.request.HTTPRedirectHandler):
    """A store that moved has to be told of: the key goes nowhere else."""

    def redirect_request(self, *_args: object, **_more: object) -> None:
        return None


_opener = urllib.request.build_opener(_Stay)


def _words(endpoint: str, status: int) -> str:
    if status in {401, 403}:
        return f"{endpoint} answers {status}: check xapi.key and xapi.secret"
    if status in {301, 302, 303, 307, 308, 404, 405}:
        return f"{endpoint} answers {status}: check xapi.endpoint"
    return f"{endpoint} answers {status}"


def _wait(error: urllib.error.HTTPError) -> int | None:
    asked = error.headers.get("Retry-After", "")
    return min(int(asked[:6]), 86_400) if asked.isdecimal() else None

"""Serving a course's files: types that are safe, and parts of a file (HTTP ranges).

A range is answered with at most ``MOST_BYTES``: browsers ask for the rest as they play, and
no worker is ever kept busy by one slow phone (RFC 9110, 14.2 lets a server send less).
"""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

MOST_BYTES = 1 << 20
_CHUNK = 1 << 18
_RANGE = re.compile(r"^bytes=([0-9]{0,18})-([0-9]{0,18})$")

_TYPES = {
    ".avif": "image/avif", ".csv": "text/csv; charset=utf-8", ".gif": "image/gif",
    ".jpeg": "image/jpeg", ".jpg": "image/jpeg", ".m4a": "audio/mp4", ".m4v": "video/mp4",
    ".mp3": "audio/mpeg", ".mp4": "video/mp4", ".oga": "audio/ogg", ".ogg": "audio/ogg",
    ".ogv": "video/ogg", ".pdf": "application/pdf", ".png": "image/png", ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8", ".vtt": "text/vtt; charset=utf-8", ".webm": "video/webm",
    ".webp": "image/webp", ".zip": "application/zip",
}  # fmt: skip
_SHOWN = ("image/", "audio/", "video/", "text/vtt", "application/pdf")
# An image may style itself; nothing else of a file may run or load, whatever is in it.
_FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"


def media_type(path: str) -> str:
    """The type a file is served with: known harmless ones by extension, else plain bytes."""
    return _TYPES.get(PurePosixPath(path).suffix.lower(), "application/octet-stream")


def parse_range(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte asked for; None when the header is to be ignored.

    Raises ``ValueError`` when no byte of the file lies in the range.
    """
    match = _RANGE.match(header.replace(" ", ""))
    if match is None or match[0] == "bytes=-" or "," in header:
        return None
    if not match[1]:
        length = int(match[2])
        if not length or not size:
            raise ValueError(header)
        return max(size - length, 0), size - 1
    start = int(match[1])
    end = min(int(match[2]), size - 1) if match[2] else size - 1
    if match[2] and int(match[2]) < start:
        return None
    if start >= size:
        raise ValueError(header)
    return start, end


def file_response(
    request: HttpRequest, path: Path, name: str, type_: str, etag: str
) -> HttpResponseBase:
    """The file, or the part of it that is asked for, for the browser to keep for a year."""
    stream = path.open("rb")
    size = path.stat().st_size
    asked = request.headers.get("range", "") if request.method == "GET" else ""
    if request.headers.get("if-range", etag) != etag:
        asked = ""
    try:
        part = parse_range(asked, size) if asked else None
    except ValueError:
        stream.close()
        response: HttpResponseBase = HttpResponse(status=416)
        response.headers["Content-Range"] = f"bytes */{size}"
        return response
    response = _part(stream, part, size) if part else _whole(stream, size)
    _describe(response, name, type_, etag)
    return response


def _part(stream: BinaryIO, part: tuple[int, int], size: int) -> HttpResponse:
    start, end = part
    end = min(end, start + MOST_BYTES - 1)
    with stream:
        stream.seek(start)
        body = stream.read(end - start + 1)
    response = HttpResponse(body, status=206)
    response.headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    response.headers["Content-Length"] = str(len(body))
    return response


def _whole(stream: BinaryIO, size: int) -> HttpResponseBase:
    if size <= MOST_BYTES:
        with stream:
            response: HttpResponseBase = HttpResponse(stream.read())
    else:
        response = StreamingHttpResponse(_Chunks(stream))
    response.headers["Content-Length"] = str(size)
    return response


class _Chunks:
    """The stream in pieces; Django closes it with the response, read or not."""

    def __init__(self, stream: BinaryIO) -> None:
        self.close = stream.close
        self._read = stream.read

    def __iter__(self) -> Iterator[bytes]:
        while chunk := self._read(_CHUNK):
            yield chunk


def _describe(response: HttpResponseBase, name: str, type_: str, etag: str) -> None:
    headers = response.headers
    headers["Content-Type"] = type_
    headers["Accept-Ranges"] = "bytes"
    headers["ETag"] = etag
    headers["Cache-Control"] = "private, max-age=31536000, immutable"
    headers["Content-Security-Policy"] = _FILE_POLICY
    headers["X-Content-Type-Options"] = "nosniff"
    printable = "".join(char for char in name if char.isprintable())
    disposition = content_disposition_header(not type_.startswith(_SHOWN), printable)
    if disposition:
        headers["Content-Disposition"] = disposition

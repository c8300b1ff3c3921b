"""Serving a course's files: who gets them, as what, and in which parts."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from preau.learn.courses.media import MOST_BYTES, media_type, parse_range
from preau.learn.courses.models import Asset, Run
from preau.learn.courses.storage import content_path
from tests.people import RUN, SMALL_COURSE, ada, imported, noah, signed_in, small_folder, write

pytestmark = pytest.mark.django_db
OPEN = str(SMALL_COURSE["networks/section.yaml"]).replace("release: {after: waves}", "")
FILM = b"\0\0\0\x18ftypmp42" + bytes(range(256)) * 12_000  # three times what one answer holds


@pytest.fixture
def folder(tmp_path):
    return small_folder(
        tmp_path / "small", **{"waves/film.mp4": FILM, "networks/section.yaml": OPEN}
    )


@pytest.fixture
def run(folder):
    imported(folder)
    return Run.objects.select_related("course").get(key=RUN)


@pytest.fixture
def browser(run):
    """Ada's."""
    return signed_in(ada(run))


def address(path: str, name: str | None = None) -> str:
    asset = Asset.objects.get(path=path)
    place = [asset.course.uuid, asset.digest, name or path.rsplit("/", 1)[-1]]
    return reverse("courses:media", args=place)


def body(response) -> bytes:
    """What was sent; Django's client closes the response at its end, as a server does."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def status(response) -> int:
    body(response)
    return response.status_code


def same(one: bytes, other: bytes) -> bool:
    """Equal; a difference of a million bytes is not worth being shown."""
    return one == other


@pytest.fixture
def film(run):
    return address("waves/film.mp4")


def test_a_file_comes_whole(browser, film):
    response = browser.get(film)
    assert response.status_code == 200
    assert same(body(response), FILM)
    assert response.headers["Content-Length"] == str(len(FILM))
    assert response.headers["Content-Type"] == "video/mp4"
    assert response.headers["Accept-Ranges"] == "bytes"
    assert response.headers["Cache-Control"] == "private, max-age=31536000, immutable"


SIZE = len(FILM)


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=0-99", 0, 99),
        ("bytes=100-199", 100, 199),
        ("bytes=-100", SIZE - 100, SIZE - 1),
        (f"bytes={SIZE - 5}-{SIZE + 100}", SIZE - 5, SIZE - 1),
        ("bytes=0-", 0, MOST_BYTES - 1),
        ("bytes=1000-", 1000, 1000 + MOST_BYTES - 1),
        (f"bytes=0-{SIZE}", 0, MOST_BYTES - 1),
        (f"bytes=-{SIZE * 2}", 0, MOST_BYTES - 1),
        ("bytes = 5 - 9", 5, 9),
    ],
)
def test_a_part_is_what_was_asked_for_up_to_one_mebibyte(browser, film, asked, first, last):
    response = browser.get(film, headers={"range": asked})
    assert response.status_code == 206
    assert response.headers["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
    assert response.headers["Content-Length"] == str(last - first + 1)
    assert same(response.content, FILM[first : last + 1])


def test_the_parts_make_the_whole(browser, film):
    parts, start = [], 0
    while start < SIZE:
        parts.append(browser.get(film, headers={"range": f"bytes={start}-"}).content)
        start += len(parts[-1])
    assert same(b"".join(parts), FILM)


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", f"bytes={SIZE + 5}-{SIZE + 9}", "bytes=-0"])
def test_a_part_beyond_the_end_is_refused(browser, film, asked):
    response = browser.get(film, headers={"range": asked})
    assert (response.status_code, response.content) == (416, b"")
    assert response.headers["Content-Range"] == f"bytes */{SIZE}"


@pytest.mark.parametrize(
    "asked",
    ["bytes=0-1,5-6", "bytes=9-5", "bytes=-", "bytes=a-b", "lines=0-1", "bytes 0-1", "bytes=--1", f"bytes=0-{'9' * 50}"],
)  # fmt: skip
def test_a_range_that_is_none_is_ignored(browser, film, asked):
    assert status(browser.get(film, headers={"range": asked})) == 200


def test_a_part_of_another_version_is_never_given(browser, film):
    etag = browser.get(film, headers={"range": "bytes=0-0"}).headers["ETag"]
    for known, answer in ((etag, 206), ('"other"', 200), ("Tue, 24 Nov 2026 14:00:00 GMT", 200)):
        response = browser.get(film, headers={"range": "bytes=0-9", "if-range": known})
        assert status(response) == answer


def test_head_tells_of_the_whole_file_and_sends_nothing(browser, film):
    for headers in ({}, {"range": "bytes=0-9"}):
        response = browser.head(film, headers=headers)
        assert (response.status_code, body(response)) == (200, b"")
        assert response.headers["Content-Length"] == str(SIZE)


def test_a_file_that_the_browser_has_is_not_sent_again(browser, film):
    etag = browser.get(film, headers={"range": "bytes=0-0"}).headers["ETag"]
    response = browser.get(film, headers={"if-none-match": f'"other", {etag}'})
    assert (response.status_code, response.content) == (304, b"")
    assert status(browser.get(film, headers={"if-none-match": '"other"'})) == 200


def test_files_are_only_read(browser, film):
    assert browser.post(film).status_code == 405
    assert browser.delete(film).status_code == 405


def test_an_empty_file_is_served(folder, run, browser):
    imported(write(folder, {"networks/table.csv": b""}))
    assert browser.get(address("networks/table.csv")).content == b""
    response = browser.get(address("networks/table.csv"), headers={"range": "bytes=0-"})
    assert response.status_code == 416


@pytest.mark.parametrize(
    ("name", "type_", "saved"),
    [
        ("a.html", "application/octet-stream", True),
        ("a.HTM", "application/octet-stream", True),
        ("a.xhtml", "application/octet-stream", True),
        ("a.js", "application/octet-stream", True),
        ("a.xml", "application/octet-stream", True),
        ("a.swf", "application/octet-stream", True),
        ("a", "application/octet-stream", True),
        ("a.svg.exe", "application/octet-stream", True),
        ("a.csv", "text/csv; charset=utf-8", True),
        ("a.txt", "text/plain; charset=utf-8", True),
        ("a.zip", "application/zip", True),
        ("a.pdf", "application/pdf", False),
        ("a.SVG", "image/svg+xml", False),
        ("a.png", "image/png", False),
    ],
)
def test_nothing_is_served_that_a_browser_would_run(folder, run, name, type_, saved):
    write(folder, {f"networks/data/{name}": b"<script>alert(1)</script>"})
    imported(folder)
    response = signed_in(ada(run)).get(address(f"networks/data/{name}"))
    assert response.headers["Content-Type"] == type_
    assert response.headers.get("Content-Disposition", "").startswith("attachment") == saved
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert policy.endswith("sandbox")


@given(st.text(max_size=12))
def test_no_name_makes_a_type_that_runs(name):
    assert not media_type(name).startswith(
        ("text/html", "application/x", "text/javascript", "text/xml")
    )


def test_only_people_of_the_course_get_its_files(run, film):
    assert status(signed_in(ada(run)).get(film)) == 200
    for browser in (signed_in(None), signed_in(noah())):
        for headers in ({}, {"if-none-match": "*"}, {"range": "bytes=0-1"}, {"if-match": '"x"'}):
            assert browser.get(film, headers=headers).status_code == 404


def test_whoever_left_the_run_gets_nothing(run, film):
    who = ada(run)
    run.enrolments.update(active=False)
    assert signed_in(who).get(film).status_code == 404


def test_the_cover_is_for_everybody(run):
    for who in (None, noah()):
        assert signed_in(who).get(address("cover.svg")).status_code == 200


def test_a_cover_that_is_a_figure_too_is_for_everybody(folder, run):
    write(folder, {"waves/sine.svg": (folder / "cover.svg").read_bytes()})
    imported(folder)
    digests = Asset.objects.filter(path__in=("cover.svg", "waves/sine.svg"))
    assert len(set(digests.values_list("digest", flat=True))) == 1
    assert signed_in(None).get(address("cover.svg")).status_code == 200


def test_the_same_content_is_served_by_the_type_of_its_name(folder, run):
    same = {f"networks/data/{name}": b"a,b\n" for name in ("a.bin", "b.csv", "c.txt")}
    imported(write(folder, same))
    browser = signed_in(ada(run))
    types = [browser.get(address(path)).headers["Content-Type"] for path in same]
    assert types == [
        "application/octet-stream",
        "text/csv; charset=utf-8",
        "text/plain; charset=utf-8",
    ]


@pytest.mark.parametrize(
    "name", ["a\nb.mp4", "a\r\nSet-Cookie: x", 'a"b.mp4', "é ü.mp4", "a;b.mp4"]
)
def test_a_strange_name_in_the_address_does_no_harm(browser, run, name):
    response = browser.get(address("networks/table.csv", name))
    assert response.status_code == 200
    assert "Set-Cookie" not in response.headers
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"


def test_a_file_that_is_lost_or_never_was_is_not_found(browser, run, film):
    assert browser.get(film.replace(film.split("/")[-2], "0" * 64)).status_code == 404
    content_path(Asset.objects.get(path="waves/film.mp4").digest).unlink()
    assert browser.get(film).status_code == 404


def plain_model(header: str, size: int) -> tuple[int, int] | str | None:
    """RFC 9110, 14.1.2, in slow words."""
    unit, _equals, spec = header.partition("=")
    first, dash, last = spec.partition("-")
    numbers = [it for it in (first, last) if it]
    if (
        unit != "bytes"
        or not dash
        or not numbers
        or not all(it.isascii() and it.isdigit() for it in numbers)
    ):
        return None
    if first and last and int(last) < int(first):
        return None
    if first:
        wanted = [it for it in range(size) if it >= int(first) and (not last or it <= int(last))]
    else:
        wanted = list(range(size))[-int(last) :] if int(last) else []
    return (wanted[0], wanted[-1]) if wanted else "416"


_NUMBER = st.just("") | st.integers(0, 60).map(str)
_HEADERS = st.builds("bytes={}-{}".format, _NUMBER, _NUMBER) | st.text(
    "bytes=-0123459,", max_size=12
)


@given(_HEADERS, st.integers(0, 50))
def test_a_range_is_read_as_the_standard_says(header, size):
    try:
        found = parse_range(header, size)
    except ValueError:
        found = "416"
    assert found == plain_model(header, size)

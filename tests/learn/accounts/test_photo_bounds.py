"""What one photo may take: of a worker's memory, of the disk, of another request."""

import errno
import io
import struct
import subprocess
import sys
import warnings
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from preau.learn.accounts.photos import keep_photo, photo_path, read_photo
from tests.learn.accounts.doors import seen
from tests.people import noah, signed_in

PROFILE = "/account/profile/"
FORM = {
    "name": "Noah Again",
    "language": "en",
    "time_zone": "",
    "about": "Thirty letters about me.",
}


def encoded(size, kind="JPEG", mode="RGB", **more):
    stream = io.BytesIO()
    Image.new(mode, size, 3).save(stream, kind, **more)
    return stream.getvalue()


def announced(width, height):
    """A PNG that only says how large it is."""

    def chunk(kind, data):
        crc = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + crc

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def one_plane_after_another(content):
    """The JPEG with a first scan of only one of its three planes."""
    at = content.index(b"\xff\xda")
    return content[:at] + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + content[at + 14 :]


def read(content):
    return read_photo(SimpleUploadedFile("me", content))


@pytest.mark.parametrize(
    "content",
    [
        encoded((8160, 6120)),
        encoded((4032, 3024), progressive=True),
        encoded((4032, 3024), "PNG"),
        encoded((2480, 3216), "WEBP"),
    ],
    ids=["telephone", "progressive", "png", "webp"],
)
def test_what_cameras_make_is_taken(content):
    with Image.open(io.BytesIO(read(content))) as image:
        assert image.size == (256, 256)


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (encoded((8160, 6120), progressive=True), "8160 × 6120"),
        (one_plane_after_another(encoded((8160, 6120))), "8160 × 6120"),
        (encoded((65_000, 760)), "65000 × 760"),
        (encoded((9000, 6000)), "9000 × 6000"),
        (encoded((5000, 4000), "PNG", "1"), "5000 × 4000"),
        (encoded((4000, 3000), "WEBP"), "4000 × 3000"),
        (announced(7000, 7000), "7000 × 7000"),
    ],
    ids=["progressive", "planes", "strip", "too-many", "png", "webp", "announced"],
)
def test_what_would_take_much_memory_is_refused_by_its_header(content, size, monkeypatch):
    def decode(*_args, **_more):
        raise AssertionError("must not be decoded")

    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", decode)
    with pytest.raises(forms.ValidationError) as refused:
        read(content)
    assert size in refused.value.message


MEASURE = """
import resource, sys
import tests.site, django
django.setup()
from django.core.files.uploadedfile import SimpleUploadedFile
from preau.learn.accounts.photos import read_photo
def peak():
    for line in open("/proc/self/status"):
        if line.startswith("VmHWM"):
            return int(line.split()[1]) // 1024
before = peak()
read_photo(SimpleUploadedFile("me", sys.stdin.buffer.read()))
print(peak() - before)
"""


@pytest.mark.parametrize(
    ("content", "megabytes"),
    [
        (encoded((8160, 6120)), 30),
        (encoded((4600, 3400), progressive=True, subsampling=0), 160),
        (encoded((4096, 3048), "PNG", "RGBA"), 170),
        (encoded((2800, 2850), "WEBP"), 170),
    ],
    ids=["telephone", "progressive", "png", "webp"],
)
def test_one_upload_takes_no_more_than_this(content, megabytes):
    done = subprocess.run(
        [sys.executable, "-c", MEASURE], input=content, capture_output=True, check=True
    )
    assert int(done.stdout) < megabytes


def test_reading_leaves_the_processs_warnings_alone(monkeypatch):
    """They belong to all threads: what one restores, another loses."""

    def used(*_args, **_more):
        raise AssertionError("process-wide")

    monkeypatch.setattr(warnings, "catch_warnings", used)
    assert read(encoded((300, 300)))


def test_many_at_once_who_write_the_same_photo_write_it_whole(db):
    who = noah()
    content = bytes(3_000_000)
    with ThreadPoolExecutor(8) as threads:
        names = set(threads.map(lambda _nth: keep_photo(who.uuid, content), range(16)))
    (name,) = names
    assert photo_path(name).read_bytes() == content
    assert not list(photo_path(name).parent.glob("*.part"))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_on_a_full_disk_the_answer_says_so_and_nothing_is_changed(db, monkeypatch, language):
    who = noah()

    def full(*_args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    sent = SimpleUploadedFile("me.jpg", encoded((301, 301)), "image/jpeg")
    answer = signed_in(who, language).post(PROFILE, FORM | {"new_photo": sent})
    assert answer.status_code == 503
    said = {"en": "nothing was changed", "fr": "rien n’a été changé"}[language]
    assert said in seen(answer)
    assert FORM["about"] in seen(answer)
    assert not list(photo_path("x").parent.glob("*.part"))
    who.refresh_from_db()
    assert (who.name, who.photo) == ("Noah", "")

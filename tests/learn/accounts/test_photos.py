"""Photos: a clean square redrawn from what is sent, shown only to those who are inside."""

import contextlib
import io
import struct
import uuid
import zlib

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from preau.learn.accounts.photos import photo_path, read_photo
from tests.learn.accounts.doors import seen
from tests.people import noah, person, signed_in

pytestmark = pytest.mark.django_db

PROFILE = "/account/profile/"
FORM = {"name": "Noah", "language": "en", "time_zone": "", "about": ""}
TEAL, RED = (0, 128, 128), (200, 0, 0)


def encoded(image: Image.Image, kind: str, **more: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **more)
    return stream.getvalue()


def plain(size: tuple[int, int] = (640, 480), colour: tuple[int, int, int] = TEAL) -> Image.Image:
    return Image.new("RGB", size, colour)


def upload(browser, content: bytes, name: str = "me.jpg", **more: str):
    sent = SimpleUploadedFile(name, content, "image/jpeg")
    return browser.post(PROFILE, FORM | {"new_photo": sent} | more)


def redrawn(content: bytes) -> Image.Image:
    """What the site makes of these bytes."""
    return Image.open(io.BytesIO(read_photo(SimpleUploadedFile("me", content)))).convert("RGB")


def near(found: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    return all(abs(one - other) < 12 for one, other in zip(found, wanted, strict=True))


def shown(browser, who) -> bytes:
    answer = browser.get(f"/account/photo/{who.uuid}/")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


# Sending and removing


def test_a_photo_that_was_sent_is_shown():
    who = noah()
    browser = signed_in(who)
    assert f"/account/photo/{who.uuid}/" not in browser.get(PROFILE).content.decode()
    assert upload(browser, encoded(plain(), "JPEG"))["Location"] == PROFILE
    assert f'src="/account/photo/{who.uuid}/"' in browser.get(PROFILE).content.decode()
    with Image.open(io.BytesIO(shown(browser, who))) as image:
        assert (image.format, image.size) == ("WEBP", (256, 256))
        assert near(image.convert("RGB").getpixel((128, 128)), TEAL)


def test_a_new_photo_takes_the_place_of_the_old():
    who = noah()
    browser = signed_in(who)
    upload(browser, encoded(plain(), "JPEG"))
    upload(browser, encoded(plain(colour=RED), "PNG"))
    with Image.open(io.BytesIO(shown(browser, who))) as image:
        assert near(image.convert("RGB").getpixel((128, 128)), RED)


def test_a_profile_saved_without_a_photo_keeps_the_one_that_is_there():
    who = noah()
    browser = signed_in(who)
    upload(browser, encoded(plain(), "JPEG"))
    before = shown(browser, who)
    browser.post(PROFILE, FORM | {"about": "Something new."})
    assert shown(browser, who) == before


def test_a_removed_photo_is_shown_to_nobody():
    who = noah()
    browser = signed_in(who)
    upload(browser, encoded(plain(), "JPEG"))
    assert "Remove my photo" in seen(browser.get(PROFILE))
    browser.post(PROFILE, FORM | {"remove_photo": "on"})
    assert browser.get(f"/account/photo/{who.uuid}/").status_code == 404
    assert "Remove my photo" not in seen(browser.get(PROFILE))
    who.refresh_from_db()
    assert who.photo == ""


def test_a_removed_photo_does_not_stay_on_the_disk():
    """Who takes their face off the site takes it off the operator's disk and backups too."""
    who = noah()
    browser = signed_in(who)
    upload(browser, encoded(plain(colour=(1, 2, 3)), "JPEG"))
    who.refresh_from_db()
    path = photo_path(who.photo)
    assert path.exists()
    browser.post(PROFILE, FORM | {"remove_photo": "on"})
    assert not path.exists()


def test_two_people_with_the_same_photo_do_not_remove_each_others():
    one, other = noah(), person("Ada")
    for who in (one, other):
        upload(signed_in(who), encoded(plain(), "JPEG"))
    signed_in(one).post(PROFILE, FORM | {"remove_photo": "on"})
    assert shown(signed_in(other), other)


def test_a_refused_photo_changes_neither_photo_nor_name():
    who = noah()
    browser = signed_in(who)
    upload(browser, encoded(plain(), "JPEG"))
    before = shown(browser, who)
    answer = upload(browser, b"GIF89a nothing", name="me.gif", about="Something new.")
    assert "errorlist" in answer.content.decode()
    assert shown(browser, who) == before
    who.refresh_from_db()
    assert who.about == ""


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "This file is not a JPEG, PNG or WebP image that can be read. Choose another."),
        ("fr", "Ce fichier n’est pas une image JPEG, PNG ou WebP lisible. Choisissez-en un autre."),
    ],
)
def test_a_refusal_says_what_to_do(language, said):
    browser = signed_in(noah(), language)
    assert said in seen(upload(browser, b"no image at all")).replace("\xa0", " ")


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "me.php", "a" * 300 + ".jpg", "\u202egpj.exe"]
)
def test_the_name_that_was_sent_is_never_used(settings, name):
    who = noah()
    upload(signed_in(who), encoded(plain(), "JPEG"), name)
    who.refresh_from_db()
    assert photo_path(who.photo).parent == settings.MEDIA_ROOT / "photos"
    assert who.photo.endswith(".webp")
    assert len(who.photo) == 45


@pytest.mark.parametrize(("size", "limit", "fine"), [(999_999, 1, True), (1_000_001, 1, False)])
def test_the_limit_is_of_the_bytes_that_were_sent(settings, size, limit, fine):
    settings.PHOTO_BYTES = limit * 1_000_000
    small = encoded(plain(), "JPEG")
    page = upload(signed_in(noah()), small + bytes(size - len(small)))
    assert (page.status_code == 302) is fine


def test_the_refusal_of_a_large_photo_names_two_different_sizes(settings):
    """“This photo has 1 MB; at most 1 MB are taken” would help nobody."""
    settings.PHOTO_BYTES = 1_000_000
    small = encoded(plain(), "JPEG")
    answer = upload(signed_in(noah()), small + bytes(1_200_000 - len(small)))
    said = seen(answer)
    assert "at most 1 MB are taken" in said
    assert "This photo has 1 MB" not in said


# Who sees it


def test_a_visitor_sees_no_photo():
    who = noah()
    upload(signed_in(who), encoded(plain(), "JPEG"))
    path = f"/account/photo/{who.uuid}/"
    answer = signed_in(None).get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/?next=")


def test_who_is_inside_sees_the_photo_of_another():
    who = noah()
    upload(signed_in(who), encoded(plain(), "JPEG"))
    assert shown(signed_in(person("Ada")), who)


def test_a_photo_is_sent_as_an_image_that_only_its_reader_keeps():
    who = noah()
    browser = signed_in(who)
    upload(browser, encoded(plain(), "JPEG"))
    answer = browser.get(f"/account/photo/{who.uuid}/")
    answer.close()
    assert answer["Content-Type"] == "image/webp"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "private" in answer["Cache-Control"]


@pytest.mark.parametrize("path", ["/media/photos/{}", "/photos/{}", "/static/photos/{}"])
def test_a_photo_has_no_other_address(path):
    who = noah()
    browser = signed_in(who)
    upload(browser, encoded(plain(), "JPEG"))
    who.refresh_from_db()
    assert browser.get(path.format(who.photo)).status_code == 404


def test_who_has_no_photo_and_who_is_nobody_are_not_found():
    who = noah()
    browser = signed_in(who)
    for number in (who.uuid, uuid.uuid4()):
        assert browser.get(f"/account/photo/{number}/").status_code == 404


def test_a_photo_whose_file_was_lost_is_not_found():
    who = noah()
    browser = signed_in(who)
    upload(browser, encoded(plain(colour=(9, 8, 7)), "JPEG"))
    who.refresh_from_db()
    photo_path(who.photo).unlink()
    assert browser.get(f"/account/photo/{who.uuid}/").status_code == 404
    assert browser.get(PROFILE).status_code == 200


# What is made of it


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("size", [(1, 1), (256, 256), (3000, 20), (20, 3000)])
def test_it_takes_any_shape_of_the_three_kinds(kind, size):
    image = redrawn(encoded(plain(size), kind))
    assert image.size == (256, 256)
    assert near(image.getpixel((128, 128)), TEAL)


def test_a_photo_taken_on_its_side_stands_upright():
    """A telephone notes how it was held; with the note removed, the image must be turned."""
    image = plain((400, 400), RED)
    image.paste(TEAL, (0, 0, 400, 200))
    held = Image.Exif()
    held[0x0112] = 6  # to be turned clockwise: the upper half becomes the right one
    found = redrawn(encoded(image, "JPEG", exif=held))
    assert near(found.getpixel((200, 128)), TEAL)
    assert near(found.getpixel((50, 128)), RED)


def translucent() -> Image.Image:
    image = Image.new("P", (300, 300), 7)
    image.putpalette([*range(256)] * 3)
    return image


SLOPPY_NOTE = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\xff\xff\xff\xff\0\0\0\0"


def one_of_two() -> bytes:
    """A telephone's pair of pictures after the second was cut off, as sites and chats do."""
    both = encoded(plain(), "MPO", save_all=True, append_images=[plain(colour=RED)])
    return both[: both.rindex(b"\xff\xd8\xff")]


@pytest.mark.parametrize(
    "content",
    [
        encoded(plain().convert("L"), "JPEG"),
        encoded(plain().convert("CMYK"), "JPEG"),
        encoded(plain(), "JPEG", progressive=True),
        encoded(plain().convert("RGBA"), "PNG"),
        encoded(plain().convert("1"), "PNG"),
        encoded(Image.new("I;16", (300, 300), 40_000), "PNG"),
        encoded(translucent(), "PNG", transparency=bytes(range(256))),
        encoded(plain(), "PNG", save_all=True, append_images=[plain(colour=RED)]),
        encoded(plain(), "WEBP", save_all=True, append_images=[plain(colour=RED)]),
        encoded(plain(), "MPO", save_all=True, append_images=[plain(colour=RED)]),
        encoded(plain(), "JPEG", exif=SLOPPY_NOTE),
        one_of_two(),
    ],
    ids=[
        "grey", "printed", "progressive", "transparent", "black-and-white", "deep", "translucent",
        "moving-png", "moving-webp", "two-pictures", "sloppy-note", "one-of-two-pictures",
    ],
)  # fmt: skip
@pytest.mark.filterwarnings("default")
def test_it_takes_what_cameras_and_programs_really_write(content):
    """Any viewer shows these; what is odd about them is thrown away with the rest."""
    assert redrawn(content).size == (256, 256)


def test_what_was_erased_from_a_photo_does_not_come_back():
    """Programs erase by making transparent and leave the colours below: they must not show."""
    photo = plain((300, 300), RED).convert("RGBA")
    photo.paste((*TEAL, 0), (0, 0, 100, 300))
    found = redrawn(encoded(photo, "PNG"))
    assert near(found.getpixel((200, 128)), RED)
    assert not near(found.getpixel((20, 128)), TEAL)


# Hostile bytes


def refused_or_redrawn(content: bytes) -> None:
    """Whatever is sent: a square or a clear refusal, and never anything else."""
    made = b""
    with contextlib.suppress(forms.ValidationError):
        made = read_photo(SimpleUploadedFile("me", content))
    if made:
        with Image.open(io.BytesIO(made)) as image:
            assert (image.format, image.size) == ("WEBP", (256, 256))
            assert not image.info.get("exif")


STARTS = [
    b"\xff\xd8\xff\xe0\0\x10JFIF\0",
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    b"RIFF\x24\0\0\0WEBPVP8 ",
]


def png_chunk(kind: bytes, data: bytes) -> bytes:
    crc = struct.pack(">I", zlib.crc32(kind + data))
    return struct.pack(">I", len(data)) + kind + data + crc


SHORT_HEADER = b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", b"\0\0\0\1")


@given(st.sampled_from([b"", *STARTS]), st.binary(max_size=300))
@example(SHORT_HEADER, b"")
@example(encoded(plain(), "PNG", exif=b"Exif\0\0garbage!!"), b"")
@example(encoded(plain(), "WEBP", exif=b"Exif\0\0garbage!!"), b"")
def test_any_bytes_are_refused_or_redrawn(start, rest):
    refused_or_redrawn(start + rest)


held_sideways = Image.Exif()
held_sideways[0x0112] = 6
REAL = [encoded(plain((40, 30)), kind, exif=held_sideways) for kind in ("JPEG", "PNG", "WEBP")]


@given(
    content=st.sampled_from(REAL),
    changes=st.lists(st.tuples(st.integers(0, 250), st.integers(0, 255)), min_size=1, max_size=5),
    cut=st.integers(0, 900),
)
def test_a_real_photo_that_was_damaged_is_refused_or_redrawn(content, changes, cut):
    damaged = bytearray(content)
    for place, value in changes:
        damaged[place % len(damaged)] = value
    refused_or_redrawn(bytes(damaged[: cut or None]))

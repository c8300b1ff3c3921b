"""What people and programs send that is not right: a clear message, and nothing changes."""

import io
import json
import struct
import zlib
from html.parser import HTMLParser

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from preau.learn.accounts.models import Person
from preau.learn.enrolments.models import Completion, Enrolment, Mark, Watching
from tests.people import PASSWORD, ada, claire, noah, signed_in, small_run

pytestmark = pytest.mark.django_db

NOTE = "/learn/small-now/practice/note/"
WRITTEN = "Three pages about waves that nobody wants to write again.\nSecond line."


@pytest.fixture
def run(tmp_path):
    return small_run(tmp_path / "course")


def strict(who):
    """A browser whose tokens are checked, as a real one's are."""
    browser = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    browser.force_login(who)
    return browser


def token_of(browser, path="/learn/small-now/practice/"):
    page = browser.get(path).content.decode()
    return page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]


# Forms that come too late, twice, or from somewhere else


def test_a_forged_form_from_another_site_is_refused_without_its_fields(run):
    browser = strict(ada(run))
    answer = browser.post(NOTE, {"note": WRITTEN}, headers={"origin": "https://evil.example"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "did not come from a page of this site" in page
    assert "Three pages" not in page
    assert not Mark.objects.exists()


def test_a_form_with_an_old_token_keeps_its_text_and_can_be_sent_again(run):
    browser = strict(ada(run))
    answer = browser.post(
        NOTE,
        {"note": WRITTEN, "csrfmiddlewaretoken": "x" * 64},
        headers={"origin": "http://testserver"},
    )
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Nothing that you wrote is lost" in page
    assert "Second line." in page
    assert not Mark.objects.exists()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    again = browser.post(
        NOTE,
        {"note": WRITTEN, "csrfmiddlewaretoken": token},
        headers={"origin": "http://testserver"},
    )
    assert again.status_code == 302
    assert Mark.objects.get().note.startswith("Three pages")


def test_a_session_that_ended_while_writing_keeps_the_text(run):
    who = ada(run)
    browser = strict(who)
    token = token_of(browser)
    browser.cookies.pop(django_settings.SESSION_COOKIE_NAME)
    answer = browser.post(
        NOTE,
        {"note": WRITTEN, "csrfmiddlewaretoken": token},
        headers={"origin": "http://testserver"},
    )
    page = answer.content.decode()
    assert answer.status_code == 401
    assert "Your session has ended" in page
    assert "Second line." in page
    assert "Sign in again, in a new tab" in page
    assert not Mark.objects.exists()


def test_a_password_is_never_shown_again():
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post(
        "/account/login/",
        {"login": "ada@example.org", "password": "a very long secret sentence"},
        headers={"origin": "http://testserver"},
    )
    assert answer.status_code == 403
    assert "secret sentence" not in answer.content.decode()


def test_sending_twice_does_it_once(run):
    browser = signed_in(noah())
    for _again in range(2):
        assert browser.post("/runs/small-now/enrol/").status_code == 302
        browser.get("/learn/small-now/sine/")
        browser.post("/learn/small-now/practice/complete/", {"done": "1"})
        browser.post("/learn/small-now/practice/bookmark/", {"bookmarked": "1"})
        browser.post(NOTE, {"note": "once"})
    assert Enrolment.objects.get().completed_count == 2
    assert Completion.objects.count() == 2
    assert Mark.objects.get().note == "once"


def test_a_wrong_enrolment_key_enrols_nobody(run):
    from preau.learn.courses.models import Run
    from preau.learn.enrolments.actions import set_enrolment_key

    browser = signed_in(noah())
    keyed = Run.objects.get(key="small-keyed")
    set_enrolment_key(keyed, "antenna")
    for key in ("", "ANTENNA", "antenna2", "é" * 99):
        answer = browser.post("/runs/small-keyed/enrol/", {"key": key})
        assert "This is not the key" in answer.content.decode()
    assert not Enrolment.objects.exists()
    assert browser.post("/runs/small-keyed/enrol/", {"key": " antenna "}).status_code == 302


# Uploads


def photo(browser, content, name="me.jpg", type_="image/jpeg"):
    return browser.post(
        "/account/profile/",
        {
            "name": "Ada",
            "language": "en",
            "time_zone": "",
            "about": "",
            "new_photo": SimpleUploadedFile(name, content, type_),
        },
    )


def picture(kind="JPEG", size=(640, 480), **more):
    stream = io.BytesIO()
    Image.new("RGB", size, "teal").save(stream, kind, **more)
    return stream.getvalue()


def bomb():
    """A PNG of 100 bytes that announces 60,000 × 60,000 pixels."""

    def chunk(kind, data):
        crc = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + crc

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script></html>",
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        b"GIF89a" + bytes(50),
        b"%PDF-1.4",
        picture()[:300],
        b"",
        b"\xff\xd8\xff\xe0" + b"<?php system($_GET[0]); ?>" * 20,
    ],
    ids=["html", "svg", "gif", "pdf", "cut", "empty", "php"],
)
def test_a_photo_that_is_none_is_refused(run, content):
    who = ada(run)
    page = photo(signed_in(who), content).content.decode()
    assert "errorlist" in page
    who.refresh_from_db()
    assert who.photo == ""


@pytest.mark.filterwarnings("default")
def test_an_image_bomb_is_refused_by_its_announced_size(run):
    page = photo(signed_in(ada(run)), bomb(), "me.png", "image/png").content.decode()
    assert "errorlist" in page


def test_a_photo_is_redrawn_square_without_what_was_in_it(run):
    from preau.learn.accounts.photos import photo_path

    who = ada(run)
    secret = b"GPS 48.8584 N 2.2945 E"
    answer = photo(signed_in(who), picture(comment=secret) + b"<?php evil(); ?>")
    assert answer.status_code == 302
    who.refresh_from_db()
    kept = photo_path(who.photo).read_bytes()
    assert secret not in kept
    assert b"php" not in kept
    with Image.open(io.BytesIO(kept)) as image:
        assert (image.format, image.size) == ("WEBP", (256, 256))


def test_a_photo_too_large_is_refused_with_its_size(run, settings):
    settings.PHOTO_BYTES = 1000
    page = photo(signed_in(ada(run)), picture(size=(2000, 2000))).content.decode()
    assert "Choose a smaller one" in page


def test_a_form_of_ten_megabytes_is_refused_with_a_page(run):
    browser = signed_in(ada(run))
    answer = browser.post(NOTE, {"note": "x" * 10_000_000})
    assert answer.status_code == 413
    assert "larger than this site takes" in answer.content.decode()
    assert not Mark.objects.exists()


def test_a_note_too_long_is_shown_again(run):
    answer = signed_in(ada(run)).post(
        NOTE, {"note": "long " * 5000}, headers={"origin": "http://testserver"}
    )
    assert answer.status_code == 400
    assert "long long" in answer.content.decode()
    assert not Mark.objects.exists()


# Texts that would like to run


class Active(HTMLParser):
    """Finds what would run in a page, but for the site's own scripts."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        own = tag == "script" and (values.get("src") or "").startswith("/static/")
        if tag in {"script", "iframe", "object", "embed"} and not own:
            self.found.append((tag, values))
        for name, value in attrs:
            if name.startswith("on") or (value or "").strip().lower().startswith("javascript:"):
                self.found.append((tag, name, value))


EVIL = (
    "\"'><script>alert(1)</script><img src=x onerror=alert(2)>\ue0f0person_name\ue0f1{{ 7|add:7 }}"
)


def test_nothing_that_people_write_ever_runs(run):
    who = ada(run)
    teacher = claire(run)
    browser = signed_in(who)
    browser.post(NOTE, {"note": EVIL})
    profile = {"name": EVIL, "about": EVIL, "language": "en", "time_zone": ""}
    assert browser.post("/account/profile/", profile).status_code == 302
    teaching = signed_in(teacher)
    teaching.post("/runs/small-now/settings/", {"key": EVIL})
    pages = [
        (browser, "/learn/small-now/practice/"),
        (browser, "/learn/small-now/"),
        (browser, "/dashboard/"),
        (browser, "/account/profile/"),
        (browser, "/runs/small-now/notebook/"),
        (browser, "/runs/small-now/search/"),
        (browser, "/courses/"),
        (teaching, "/runs/small-now/people/"),
        (teaching, "/runs/small-now/settings/"),
    ]
    for client, path in pages:
        answer = client.get(path, {"q": EVIL})
        parser = Active()
        parser.feed(answer.content.decode())
        assert parser.found == [], path
        assert "script-src 'self'" in answer["Content-Security-Policy"]


# Addresses


@pytest.mark.parametrize(
    "path",
    [
        "/courses/réseaux/",
        "/learn/пример/",
        "/learn/small-now/ünï/",
        "/courses/..%2f..%2fetc/",
        "/media/../../etc/passwd",
        "/account/photo/not-a-uuid/",
        "/language/tlh/",
        "/%00",
    ],
)
def test_an_odd_address_is_not_found(run, path):
    assert signed_in(ada(run)).get(path).status_code in {400, 404}


@pytest.mark.parametrize("value", ["-1", "x", "9" * 400, "1.5", "٣", "", "0x10", "²"])
def test_odd_numbers_in_addresses_are_taken_as_the_first_page(run, value):
    assert (
        signed_in(claire(run)).get("/runs/small-now/people/", {"after": value}).status_code == 200
    )
    assert signed_in(None).get("/courses/", {"page": value}).status_code == 200


def test_a_sign_in_never_leads_to_another_site():
    noah()
    browser = signed_in(None)
    for wanted in (
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
    ):
        answer = browser.post(
            f"/account/login/?next={wanted}",
            {"login": "noah@example.org", "password": PASSWORD, "next": wanted},
        )
        assert answer.status_code == 302
        assert answer["Location"] == "/dashboard/", wanted
        browser.logout()
        assert browser.get("/language/en/", {"next": wanted})["Location"] == "/"


def test_a_foreign_host_is_refused():
    assert Client().get("/", headers={"host": "evil.example"}).status_code == 400


# What a player reports


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "null",
        "[]",
        "{}",
        "not json",
        "[" * 5000,
        '{"position": NaN, "duration": 20, "seen": []}',
        '{"position": 1e999, "duration": 20, "seen": []}',
        '{"position": -1, "duration": 20, "seen": []}',
        '{"position": "1", "duration": 20, "seen": []}',
        '{"position": true, "duration": 20, "seen": []}',
        '{"position": 1, "duration": 20, "seen": [[1]]}',
        '{"position": 1, "duration": 20, "seen": {"0": 1}}',
        '{"position": 1, "duration": 20, "seen": [[0, Infinity]]}',
        json.dumps({"position": 1, "duration": 20, "seen": [[0, 1]] * 501}),
    ],
)
def test_a_report_that_is_none_changes_nothing(run, sent):
    answer = signed_in(ada(run)).post(
        "/learn/small-now/film/watched/", sent, content_type="application/json"
    )
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert not Watching.objects.exists()


def test_nobody_watches_a_page(run):
    sent = {"position": 1, "duration": 2, "seen": [[0, 2]]}
    answer = signed_in(ada(run)).post(
        "/learn/small-now/sine/watched/", sent, content_type="application/json"
    )
    assert answer.status_code == 400


def test_a_claimed_duration_does_not_make_a_video_shorter(run):
    """Twenty seconds are twenty seconds, whatever the browser says."""
    sent = {"position": 1, "duration": 1, "seen": [[0, 1]]}
    answer = signed_in(ada(run)).post(
        "/learn/small-now/film/watched/", sent, content_type="application/json"
    )
    assert answer.json()["completed"] is False


def test_nobody_signs_up_with_a_name_that_is_a_form(run):
    answer = signed_in(None).post(
        "/account/signup/",
        {"email": "x@example.org", "name": "n" * 500, "password1": "a long and quiet sentence"},
    )
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
    assert not Person.objects.filter(email="x@example.org").exists()

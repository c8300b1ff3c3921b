"""A form that could not be taken: what was written stands in it, to be changed and sent."""

import html
import re

import pytest
from django.test import Client

from preau.learn.enrolments.models import Mark
from tests.learn.theme.html import read_page
from tests.people import ada, signed_in, small_run

pytestmark = pytest.mark.django_db

NOTE = "/learn/small-now/practice/note/"
TEXT = "\nA first line that is empty.\n\n  </textarea><b>&amp; an end"
OWN = {"origin": "http://testserver"}


@pytest.fixture
def run(tmp_path):
    return small_run(tmp_path / "course")


def refused(reason, who, text):
    """The note's form as it comes back for that reason."""
    if reason == "length":
        return signed_in(who).post(NOTE, {"note": text * 500, "more": "1"}, headers=OWN)
    browser = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    if reason == "token":
        browser.force_login(who)
        return browser.post(NOTE, {"note": text, "more": "1"}, headers=OWN)
    browser.get("/account/login/")
    token = browser.cookies["preau_csrf"].value
    return browser.post(
        NOTE, {"note": text, "more": "1", "csrfmiddlewaretoken": token}, headers=OWN
    )


@pytest.mark.parametrize(("reason", "status"), [("length", 400), ("token", 403), ("session", 401)])
def test_what_was_written_can_be_changed_and_is_sent_once(run, reason, status):
    answer = refused(reason, ada(run), TEXT)
    assert answer.status_code == status
    form = read_page(answer).one("form", method="post")
    assert form["action"] == NOTE
    field = form.one("textarea", name="note")
    assert "readonly" not in field.attributes
    assert form.one("label", for_=field["id"]).text == "What you wrote"
    sent = [it["name"] for it in form.all("input") if it["type"] == "hidden"]
    assert sorted(sent) == ["csrfmiddlewaretoken", "more"]


def test_it_comes_back_letter_for_letter(run):
    page = refused("token", ada(run), TEXT).content.decode()
    (inside,) = re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert html.unescape(inside) == f"\n{TEXT}"  # a browser drops the first line's end


def test_a_text_that_was_too_long_can_be_shortened_and_sent(run):
    who = ada(run)
    form = read_page(refused("length", who, TEXT)).one("form", method="post")
    sent = {form.one("textarea")["name"]: "Shorter.", "more": "1"}
    assert signed_in(who).post(form["action"], sent, headers=OWN).status_code == 302
    assert Mark.objects.get().note == "Shorter."


@pytest.mark.parametrize(
    ("origin", "kept"),
    [("https://waves.example", True), ("https://evil.example", False), ("https://", False)],
)
def test_behind_a_proxy_that_rewrites_the_host_the_text_is_kept(settings, run, origin, kept):
    settings.SITE_ADDRESS = "https://waves.example"
    browser = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    browser.force_login(ada(run))
    answer = browser.post(NOTE, {"note": TEXT}, headers={"origin": origin, "host": "localhost"})
    assert answer.status_code == 403
    assert ("A first line" in answer.content.decode()) is kept


@pytest.mark.parametrize(("token", "status"), [(False, 403), (True, 401)])
def test_a_script_is_told_without_a_page_and_without_a_new_token(run, token, status):
    browser = Client(enforce_csrf_checks=True)
    headers = dict(OWN)
    if token:
        browser.get("/account/login/")
        headers["X-CSRFToken"] = browser.cookies["preau_csrf"].value
        browser.cookies["preau_csrf"] = headers["X-CSRFToken"]
    sent = {"content_type": "application/json", "headers": headers}
    answer = browser.post("/learn/small-now/film/watched/", "{}", **sent)
    assert answer.status_code == status
    assert answer.json() == {"held": "session" if token else "token"}
    assert not answer.cookies

"""What shared caches are told: a person's pages are nobody else's, a visitor's have a language."""

import pytest

from preau.learn.courses.models import Asset
from tests.people import PASSWORD, ada, noah, signed_in, small_run

pytestmark = pytest.mark.django_db
PUBLIC = [
    "/",
    "/courses/",
    "/courses/?q=x",
    "/courses/small/",
    "/style/",
    "/nosuch/",
    "/dashboard/",
]
OWN = [
    "/", "/courses/", "/courses/small/", "/dashboard/", "/learn/small-now/", "/nosuch/", "/style/",
    "/learn/small-now/sine/", "/learn/nosuch/", "/runs/small-now/notebook/",
    "/runs/small-now/search/?q=a", "/runs/small-keyed/enrol/", "/account/profile/",
    "/account/email/", "/account/logout/", "/runs/small-now/people/", "/courses",
]  # fmt: skip


@pytest.fixture
def run(tmp_path):
    return small_run(tmp_path / "small")


def parts(answer, name):
    return {it.strip().lower() for it in answer.get(name, "").split(",")}


@pytest.mark.parametrize("seconds", [0, 60])
def test_a_visitors_page_depends_on_language_and_cookies(run, settings, seconds):
    settings.VISITOR_SECONDS = seconds
    browser = signed_in(None)
    for path in PUBLIC * 2:
        answer = browser.get(path)
        assert parts(answer, "Vary") >= {"accept-language", "cookie"}, path
        assert "public" not in parts(answer, "Cache-Control"), path


def test_a_persons_answers_are_private_whatever_they_are(run):
    browser = signed_in(ada(run))
    answers = {path: browser.get(path) for path in OWN}
    answers["note"] = browser.post("/learn/small-now/practice/note/", {"note": "x"})
    answers["wrong"] = browser.post("/courses/")
    for path, answer in answers.items():
        assert "private" in parts(answer, "Cache-Control"), path
    assert {it.status_code for it in answers.values()} >= {200, 301, 302, 403, 404, 405}


def test_signing_in_is_private_too(run):
    noah()
    browser = signed_in(None)
    form = {"login": "noah@example.org", "password": PASSWORD}
    answer = browser.post("/account/login/", form)
    assert "preau_session" in answer.cookies
    assert "private" in parts(answer, "Cache-Control")


def test_what_a_view_has_said_is_kept(run):
    browser = signed_in(ada(run))
    asset = Asset.objects.get(path="cover.svg")
    path = f"/media/{run.course.uuid}/{asset.digest}/cover.svg"
    whole = browser.get(path)
    assert whole["Cache-Control"] == "private, max-age=31536000, immutable"
    known = browser.get(path, headers={"if-none-match": whole["ETag"]})
    assert known.status_code == 304
    assert "no-cache" not in parts(known, "Cache-Control")

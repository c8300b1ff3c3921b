"""Every answer carries the security headers, and every page keeps to its own policy."""

import re

import pytest

from preau.learn.courses.models import Asset
from preau.learn.theme.headers import CONTENT_SECURITY_POLICY
from tests.learn.theme.html import read_html
from tests.people import ada, claire, signed_in, small_run

pytestmark = pytest.mark.django_db

OPEN = [
    "/", "/courses/", "/courses/?q=x", "/courses/small/", "/health/", "/style/", "/nosuch/",
    "/courses/nosuch/", "/language/fr/", "/account/login/", "/account/signup/", "/courses",
    "/account/password/reset/", "/account/confirm-email/", "/dashboard/", "/learn/small-now/",
]  # fmt: skip
OWN = [
    "/", "/dashboard/", "/courses/small/", "/learn/small-now/", "/learn/small-now/sine/",
    "/learn/small-now/practice/", "/learn/small-now/film/", "/learn/small-now/packets/",
    "/runs/small-now/search/?q=wave", "/runs/small-now/notebook/", "/runs/small-now/leave/",
    "/runs/small-keyed/enrol/", "/runs/small-now/people/", "/runs/small-now/settings/",
    "/account/profile/", "/account/email/", "/account/password/change/", "/account/logout/",
]  # fmt: skip


@pytest.fixture
def run(tmp_path):
    return small_run(tmp_path / "small")


def walk(run):
    """Every answer, as a visitor, a learner and a teacher get it."""
    for path in OPEN:
        yield path, signed_in(None).get(path)
    for browser in (signed_in(ada(run)), signed_in(claire(run))):
        for path in OWN:
            yield path, browser.get(path)
        yield "POST", browser.post("/learn/small-now/practice/note/", {"note": "x"})


def test_every_answer_says_what_it_may_load_and_who_may_frame_it(run):
    for path, answer in walk(run):
        assert answer["Content-Security-Policy"] == CONTENT_SECURITY_POLICY, path
        assert answer["X-Content-Type-Options"] == "nosniff", path
        assert answer["Referrer-Policy"] == "same-origin", path
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin", path
        assert "camera=()" in answer["Permissions-Policy"], path
        assert answer["X-Request-Id"], path
        assert answer.status_code < 500, path


def test_the_policy_allows_nothing_but_the_site_itself():
    rules = dict(rule.split(" ", 1) for rule in CONTENT_SECURITY_POLICY.split("; "))
    assert rules["default-src"] == rules["frame-ancestors"] == rules["base-uri"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["form-action"] == "'self'"
    assert not re.search("unsafe|https?:|\\*", CONTENT_SECURITY_POLICY)


def breaches(page):
    """Everything in the page that its policy would refuse, or that leads a browser elsewhere."""
    for element in page.all():
        own = {name: element[name] for name in ("src", "href", "poster", "action", "style")}
        loads = element.tag in {"script", "img", "video", "source", "track", "iframe", "use"}
        if element.tag in {"style", "iframe", "object", "embed", "base"} or own["style"]:
            yield element
        if element.tag == "script" and (not own["src"] or element.text):
            yield element
        if [name for name in element.attributes if name.startswith("on")]:
            yield element
        addresses = [own["src"], own["poster"], own["action"]]
        if element.tag == "link" or loads:
            addresses.append(own["href"])
        if [it for it in addresses if it and not re.match(r"/(?!/)|#", it)]:
            yield element


def test_no_page_has_an_inline_script_or_style_or_loads_from_elsewhere(run):
    seen = 0
    for path, answer in walk(run):
        if answer["Content-Type"].startswith("text/html") and answer.content:
            seen += 1
            assert list(breaches(read_html(answer.content.decode()))) == [], path
    assert seen > 30


def test_a_file_of_a_course_has_a_stricter_policy_of_its_own(run):
    asset = Asset.objects.get(path="cover.svg")
    answer = signed_in(None).get(f"/media/{run.course.uuid}/{asset.digest}/cover.svg")
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_every_page_for_a_person_is_kept_by_nobody_else(run):
    browser = signed_in(ada(run))
    for path in OWN:
        answer = browser.get(path)
        if answer.status_code == 200:
            private = "private" in answer.get("Cache-Control", "")
            assert private or "Cookie" in answer.get("Vary", ""), path

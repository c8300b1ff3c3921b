"""A page where only forms are taken, and links to languages that lead to a page."""

import pytest
from django.test import Client

from tests.learn.theme.html import read_page
from tests.people import ada, claire, signed_in, small_run

pytestmark = pytest.mark.django_db

ACTIVITY = "/learn/small-now/practice/"
ONLY_FORMS = {
    f"{ACTIVITY}note/": ACTIVITY,
    f"{ACTIVITY}bookmark/": ACTIVITY,
    f"{ACTIVITY}complete/": ACTIVITY,
    "/learn/small-now/film/watched/": "/learn/small-now/film/",
    "/runs/small-now/people/role/": "/runs/small-now/people/",
}


@pytest.fixture
def run(tmp_path):
    return small_run(tmp_path / "course")


def languages(page):
    """Where the links to the languages come back to."""
    return {it["href"].split("next=")[1] for it in page.one("ul", "language-links").all("a")}


def encoded(path):
    return path.replace("/", "%2F")


@pytest.mark.parametrize("path", ONLY_FORMS)
def test_an_address_that_only_takes_forms_leads_to_the_page_of_the_form(run, path):
    browser = signed_in(claire(run))
    answer = browser.get(path)
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    page = read_page(answer)
    assert page.one("h1").text == "There is nothing to read here"
    assert page.one("main").one("a", "button")["href"] == ONLY_FORMS[path]
    assert languages(page) == {encoded(ONLY_FORMS[path])}
    assert browser.get(ONLY_FORMS[path]).status_code == 200


def test_a_page_that_is_only_read_says_so_when_something_is_sent(run):
    browser = signed_in(ada(run))
    answer = browser.post("/learn/small-now/?a=b")
    assert answer.status_code == 405
    page = read_page(answer)
    assert page.one("h1").text == "Nothing can be sent here"
    assert page.one("main").one("a", "button")["href"] == "/learn/small-now/?a=b"


def test_a_visitor_gets_the_page_too():
    assert read_page(signed_in(None).put("/courses/")).one("h1").text == "Nothing can be sent here"
    assert signed_in(None).head("/courses/").status_code == 200


def held(run, path, sign_out):
    browser = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
    browser.force_login(ada(run))
    token = browser.get(ACTIVITY).content.decode().split('csrfmiddlewaretoken" value="')[1][:64]
    if sign_out:
        browser.cookies.pop("preau_session")
    answer = browser.post(path, {"note": "x", "csrfmiddlewaretoken": token if sign_out else "old"})
    assert answer.status_code == (401 if sign_out else 403)
    return read_page(answer)


@pytest.mark.parametrize("sign_out", [True, False], ids=["session ended", "old token"])
def test_the_languages_of_a_held_page_lead_to_the_page_of_its_form(run, sign_out):
    assert languages(held(run, f"{ACTIVITY}note/", sign_out)) == {encoded(ACTIVITY)}


def test_a_form_that_is_its_own_page_stays_the_way_back(run):
    browser = signed_in(None)
    answer = browser.post("/account/login/?next=/dashboard/", {"login": "x", "password": "y"})
    assert answer.status_code == 200
    assert languages(read_page(answer)) == {
        encoded("/account/login/") + "%3Fnext%3D%2Fdashboard%2F"
    }

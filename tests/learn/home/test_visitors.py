"""Pages kept for visitors: never shown to the wrong one, never older than promised."""

import re
import time

import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from preau.learn.accounts.models import Session
from preau.learn.courses.models import Course
from tests.learn.theme.html import read_page
from tests.people import PASSWORD, ada, noah, signed_in, small_run, theo

pytestmark = pytest.mark.django_db

HOSTS = ("testserver", "mooc.example", "mooc.example:8443")
PATHS = ("/", "/courses/", "/courses/small/", "/courses/?q=waves", "/courses/?q=nosuchthing")


@pytest.fixture
def run(tmp_path, settings):
    settings.VISITOR_SECONDS = 60
    settings.ALLOWED_HOSTS = ["testserver", "mooc.example"]
    return small_run(tmp_path / "small")


@pytest.fixture
def browser(run):
    """Makes browsers that all ask the same server process."""
    process = Client().handler

    def make(who=None, language="en", **cookies):
        client = signed_in(who, language)
        client.handler = process
        for name, value in cookies.items():
            client.cookies[name] = value
        return client

    return make


def title(answer):
    return read_page(answer).one("article", "course-page").one("h1").text


def rename(name):
    """Change the course behind the pages that are kept."""
    course = Course.objects.get(key="small")
    course.title = {"en": f"{name} course", "fr": f"Cours {name}"}
    course.version += 1
    course.save()


def test_a_page_is_made_once_for_all_visitors(browser, django_assert_num_queries):
    first = browser().get("/courses/small/")
    rename("New")
    with django_assert_num_queries(0):
        second = browser().get("/courses/small/")
    assert title(first) == title(second) == "A small course"
    assert second.status_code == 200
    headers = [{**it.headers, "X-Request-Id": ""} for it in (first, second)]
    assert headers[0] == headers[1]


def test_a_change_is_seen_when_the_time_is_over(browser, settings):
    settings.VISITOR_SECONDS = 0.3
    browser().get("/courses/small/")
    rename("New")
    assert title(browser().get("/courses/small/")) == "A small course"
    time.sleep(0.35)
    assert title(browser().get("/courses/small/")) == "New course"


def test_two_languages_are_never_mixed(browser):
    for _again in range(2):
        english = browser(language="en-GB,en;q=0.9").get("/courses/small/")
        french = browser(language="fr-CA").get("/courses/small/")
        chosen = browser(language="en", preau_language="fr").get("/courses/small/")
        odd = browser(language="en", preau_language="tlh").get("/courses/small/")
        assert [title(it) for it in (english, french, chosen, odd)] == [
            "A small course",
            "Un petit cours",
            "Un petit cours",
            "A small course",
        ]
        assert [it["Content-Language"] for it in (english, french, chosen, odd)] == [
            "en", "fr", "fr", "en",
        ]  # fmt: skip


def test_each_host_and_each_query_has_a_page_of_its_own(browser):
    for host in HOSTS[:2]:
        rename(host)
        answer = browser().get("/courses/small/", headers={"host": host})
        assert title(answer) == f"{host} course"
    rename("query")
    assert title(browser().get("/courses/small/?a=1")) == "query course"
    assert title(browser().get("/courses/small/")) == "testserver course"


def test_a_foreign_host_is_refused_whatever_is_kept(browser):
    browser().get("/courses/")
    assert browser().get("/courses/", headers={"host": "evil.example"}).status_code == 400
    assert browser().get("/courses/").status_code == 200


def test_who_is_signed_in_never_gets_a_visitors_page(browser, run):
    for path in PATHS:
        browser().get(path)
    who = browser(ada(run))
    for path in PATHS:
        assert read_page(who.get(path)).one("details", "menu").one("summary").text == "Ada"
    rename("New")
    assert title(who.get("/courses/small/")) == "New course"


def test_a_signed_in_persons_page_is_never_kept(browser, run):
    who = browser(ada(run))
    for path in PATHS:
        who.get(path)
    for path in PATHS:
        answer = browser().get(path)
        assert "Ada" not in answer.content.decode()
        assert "csrf" not in answer.content.decode()
        assert read_page(answer).one("div", "account-links")


def test_one_persons_page_is_never_anothers(browser, run):
    first, second = browser(ada(run)), browser(theo(run))
    for _again in range(2):
        for client, name in ((first, "Ada"), (second, "Théo")):
            menu = read_page(client.get("/courses/small/")).one("details", "menu")
            assert menu.one("summary").text == name


def test_who_signs_in_and_out_sees_each_time_the_right_page(browser):
    noah()
    client = browser()
    assert client.get("/").context is not None
    client.post("/account/login/", {"login": "noah@example.org", "password": PASSWORD})
    assert read_page(client.get("/")).one("details", "menu").one("summary").text == "Noah"
    client.post("/account/logout/")
    assert read_page(client.get("/")).all("details", "menu") == []
    assert read_page(browser().get("/")).all("details", "menu") == []


def test_a_message_is_shown_to_the_one_it_is_for(browser):
    noah()
    client = browser()
    client.post("/account/login/", {"login": "noah@example.org", "password": PASSWORD})
    client.post("/account/logout/")
    assert "messages" in client.cookies
    client.cookies.pop("preau_session")  # as browsers do with a cookie that is taken back
    browser().get("/")
    assert read_page(client.get("/")).one("ul", "messages").text
    assert read_page(browser().get("/")).all("ul", "messages") == []
    assert read_page(client.get("/")).all("ul", "messages") == []


def test_a_session_that_has_ended_is_a_visitors_whose_page_is_not_kept(browser, run):
    who = browser(ada(run))
    Session.objects.all().delete()
    answer = who.get("/courses/small/")
    assert read_page(answer).one("div", "account-links")
    rename("New")
    assert title(browser().get("/courses/small/")) == "New course"


@pytest.mark.parametrize("path", [*PATHS, "/style/", "/health/", "/nosuch/", "/courses/nosuch/"])
def test_a_visitor_is_given_no_cookie(browser, path):
    for _again in range(2):
        assert "Set-Cookie" not in browser().get(path)
        assert browser().get(path).cookies == {}


def test_what_is_not_there_is_not_remembered(browser, run):
    Course.objects.update(key="hidden")
    assert browser().get("/courses/small/").status_code == 404
    Course.objects.update(key="small")
    assert browser().get("/courses/small/").status_code == 200


def test_only_what_a_view_gives_to_all_is_kept(browser, run):
    """The sign-in page has a token of its own for each visitor."""
    tokens = {
        read_page(browser().get("/account/login/")).all("input", name="csrfmiddlewaretoken")[0][
            "value"
        ]
        for _each in range(3)
    }
    assert len(tokens) == 3


def test_other_methods_are_never_answered_from_memory(browser):
    browser().get("/courses/")
    assert browser().post("/courses/").status_code == 405
    assert browser().head("/courses/").content == b""
    assert browser().get("/courses/").content


def test_very_long_addresses_are_not_kept(browser):
    path = f"/courses/small/?{'x' * 400}"
    browser().get(path)
    rename("New")
    assert title(browser().get(path)) == "New course"


def test_the_memory_is_bounded(browser):
    browser().get("/courses/small/")
    rename("New")
    for number in range(500):
        browser().get("/", {"a": number})
    assert title(browser().get("/courses/small/")) == "New course"


_REQUESTS = st.lists(
    st.tuples(
        st.sampled_from(["nobody", "Ada", "Théo"]),
        st.sampled_from(["en", "fr", "de, fr;q=0.1", ""]),
        st.sampled_from(["", "fr", "en", "x"]),
        st.sampled_from(HOSTS),
        st.sampled_from(PATHS),
    ),
    max_size=12,
)


@pytest.fixture
def people(run):
    return {"nobody": None, "Ada": ada(run), "Théo": theo(run)}


@examples(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(requests=_REQUESTS)
def test_with_memory_everybody_sees_what_they_would_see_without(
    people, browser, settings, requests
):
    for name, language, chosen, host, path in requests:
        cookies = {"preau_language": chosen} if chosen else {}
        pages = []
        for seconds in (60, 0):
            settings.VISITOR_SECONDS = seconds
            client = browser(people[name], language, **cookies)
            answer = client.get(path, headers={"host": host})
            page = re.sub('name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())
            pages.append((answer.status_code, answer["Content-Language"], page))
        assert pages[0] == pages[1]

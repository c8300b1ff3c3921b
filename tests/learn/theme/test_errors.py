"""Error pages: whole pages, in the reader's language, that say what to do."""

import pytest
from django.db import OperationalError, connection
from django.test import Client

from preau.learn.theme.headers import CONTENT_SECURITY_POLICY
from tests.learn.theme.html import read_page
from tests.people import ada, noah, signed_in, small_run

pytestmark = pytest.mark.django_db

NOTE = "/learn/small-now/practice/note/"
TITLES = {
    400: ("This request can't be read", "Cette demande est illisible"),
    403: ("This page is not for you", "Cette page ne vous est pas ouverte"),
    404: ("There is no such page", "Cette page n’existe pas"),
    413: ("That is too much at once", "C’est trop à la fois"),
    429: ("Too many tries", "Trop d’essais"),
    503: ("One moment, please", "Un instant, s’il vous plaît"),
}


@pytest.fixture
def run(tmp_path, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 50_000
    return small_run(tmp_path / "small")


def refuse(execute, sql, params, many, context):
    """A database that is away, for this statement."""
    raise OperationalError("the database is away")


def after_sign_in(refused_word):
    """A database that refuses every statement with that word."""

    def wrapper(execute, sql, params, many, context):
        if refused_word in sql:
            raise OperationalError("the database is locked")
        return execute(sql, params, many, context)

    return wrapper


def bad_host(language):
    return signed_in(None, language).get("/", headers={"host": "evil.example"})


def too_many_fields(language):
    browser = signed_in(noah(), language)
    return browser.post("/account/profile/", {f"f{number}": "" for number in range(1001)})


def bad_form(language):
    """A form whose parts have no boundary."""
    sent = {"data": b"x", "content_type": "multipart/form-data; boundary=é"}
    return signed_in(noah(), language).post("/account/profile/", **sent)


def not_for_you(language):
    return signed_in(noah(), language).get("/learn/small-now/")


def not_there(language):
    return signed_in(None, language).get("/nosuch/page/")


def course_not_there(language):
    return signed_in(None, language).get("/courses/nosuch/")


def form_too_large(language):
    return signed_in(noah(), language).post("/account/profile/", {"about": "x" * 60_000})


def announced_too_large(language):
    browser = signed_in(noah(), language)
    return browser.post("/account/profile/", {"about": "x"}, CONTENT_LENGTH="99999999999")


def too_many_tries(language):
    browser = signed_in(None, language)
    answer = None
    for _again in range(200):
        sent = {"login": "nobody@example.org", "password": "wrong"}
        answer = browser.post("/account/login/", sent)
        if answer.status_code == 429:
            break
    return answer


def database_away(language):
    with connection.execute_wrapper(refuse):
        return signed_in(None, language).get("/courses/")


def database_away_for_a_person(language):
    browser = signed_in(noah(), language)
    browser.raise_request_exception = False
    with connection.execute_wrapper(refuse):
        return browser.get("/courses/")


def database_locked_for_a_person(language):
    browser = signed_in(noah(), language)
    with connection.execute_wrapper(after_sign_in("enrolments_enrolment")):
        return browser.get("/dashboard/")


WAYS = [
    (400, bad_host), (400, bad_form), (403, not_for_you), (404, not_there),
    (404, course_not_there), (413, form_too_large), (413, announced_too_large),
    (413, too_many_fields), (429, too_many_tries), (503, database_away),
    (503, database_away_for_a_person), (503, database_locked_for_a_person),
]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(("status", "ask"), WAYS, ids=[it[1].__name__ for it in WAYS])
def test_whatever_is_wrong_is_a_whole_page_in_the_readers_language(run, status, ask, language):
    answer = ask(language)
    assert answer.status_code == status
    page = read_page(answer)
    assert page.one("h1").text == TITLES[status][language == "fr"]
    assert page.one("html")["lang"] == language
    assert page.one("title").text == page.one("h1").text
    assert page.one("main").all("p")[0].text
    assert page.one("a", "button")["href"] == "/"
    assert [it["href"] for it in page.all("link", rel="stylesheet")]
    assert answer["Content-Security-Policy"] == CONTENT_SECURITY_POLICY


def broken_page():
    """The dashboard, while a part of the site is not as it should be."""
    browser = Client(raise_request_exception=False)
    browser.force_login(noah())
    return browser.get("/dashboard/")


def test_a_fault_of_the_site_is_one_page_in_both_languages(run, settings):
    settings.STATIC_URL = "/static/"
    settings.LANGUAGES = None  # whatever asks for it breaks
    answer = broken_page()
    assert answer.status_code == 500
    page = read_page(answer)
    assert page.one("h1").text == "Quelque chose s’est mal passé"
    english = page.one("div", lang="en")
    assert english.one("h2").text == "Something went wrong"
    assert page.one("a", "button")["href"] == "/"
    assert answer["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert "Traceback" not in answer.content.decode()


def test_a_busy_database_says_when_to_come_back():
    assert database_away("en")["Retry-After"] == "5"


def test_what_could_not_be_saved_is_shown_to_be_copied(run):
    browser = signed_in(ada(run))
    written = "Half a page about waves </textarea><b> that nobody writes twice."
    with connection.execute_wrapper(after_sign_in("INSERT INTO")):
        answer = browser.post(NOTE, {"note": written, "password": "a secret of twenty letters"})
    assert answer.status_code == 503
    page = read_page(answer)
    assert page.one("textarea").text == written
    assert page.one("label")["for"] == page.one("textarea")["id"]
    assert "a secret" not in answer.content.decode()


def test_a_request_is_refused_before_it_is_read(run, settings):
    settings.REQUEST_BYTES = 1000
    browser = signed_in(ada(run))
    assert browser.post(NOTE, {"note": "x" * 2000}).status_code == 413
    assert browser.post(NOTE, {"note": "x" * 20}).status_code == 302


def test_errors_name_no_file_and_no_line_of_the_site(run):
    for ask in (bad_host, not_there, database_away):
        text = ask("en").content.decode()
        assert not [word for word in (".py", "Traceback", "Django", "SELECT") if word in text]

"""A place on the web."""

import pytest

from preau.learn.courses.folder.problems import CourseFolderError
from tests.learn.courses.kinds.activities import course_with, learner, opened, problems

pytestmark = pytest.mark.django_db


def link(url):
    return {"kind": "link", "url": url}


def button(tmp_path, url, language="en"):
    page = opened(learner(course_with(tmp_path, link(url)), language))
    return page.one("article", "course-main").one("a", "button", target="_blank")


def test_it_opens_elsewhere_and_takes_nothing_along(tmp_path):
    found = button(tmp_path, "https://www.rfc-editor.org/rfc/rfc791?a=1&b=2#s")
    assert found["href"] == "https://www.rfc-editor.org/rfc/rfc791?a=1&b=2#s"
    assert set(found["rel"].split()) == {"noopener", "noreferrer"}
    assert found.text == "Open www.rfc-editor.org (in a new tab)"


def test_it_says_so_in_french(tmp_path):
    assert button(tmp_path, "https://example.org/", "fr").text.startswith("Ouvrir example.org")


def test_an_address_that_hides_its_host_behind_a_name_is_refused(tmp_path):
    with pytest.raises(CourseFolderError, match="not an http or https address"):
        button(tmp_path, "https://www.bank.example@EVIL.example:8443/")


def test_the_host_that_is_shown_is_the_one_that_is_opened(tmp_path):
    found = button(tmp_path, "https://EVIL.example:8443/www.bank.example")
    assert "evil.example" in found.text
    assert "bank" not in found.text


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org", "https://example.org/é?q=réseau&lt;", "https://[2001:db8::1]/",
        "https://example.org/{{7|add:7}}", "https://example.org/a%22b", "https://例え.jp/",
    ],
)  # fmt: skip
def test_an_address_is_text_and_nothing_else(tmp_path, url):
    found = button(tmp_path, url)
    assert found["href"] == url
    assert set(found.attributes) == {"class", "href", "rel", "target"}


@pytest.mark.parametrize("url", ["https://[x/", "https://[::1", "https://a]b/", "http://@/", "https://a:99999/", "https://:0", "https:///x", "http://℀.example/"])  # fmt: skip
def test_an_address_that_is_none_is_refused_at_import_or_its_page_works(tmp_path, url):
    folder = course_with(tmp_path, link(url))
    found = problems(folder)
    if found:
        assert "section.yaml" in found[0]
    else:
        assert opened(learner(folder)).one("h1").text == "A thing (en)"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "ftp://example.org/",
        "//example.org/", "/courses/", "example.org", "mailto:a@b.c", " https://example.org/",
        "https://a b/", 'https://a"onclick=x', "https://a'x", "https://<b>", "https://", "",
        "java\nscript:alert(1)", "https://example.org/\njavascript:alert(1)", "file:///etc/passwd",
        "https://example.org/\n", "https://example.org/\ue0f0csrf_token\ue0f1",
    ],
)  # fmt: skip
def test_only_web_addresses_are_taken(tmp_path, url):
    found = problems(course_with(tmp_path, link(url)))
    assert len(found) == 1
    assert found[0].startswith("part/section.yaml:")


def test_an_address_is_needed(tmp_path):
    (found,) = problems(course_with(tmp_path, {"kind": "link"}))
    assert "url" in found


def test_a_text_may_say_why_to_go_there(tmp_path):
    texts = {"thing.en.md": "The **norm**.\n", "thing.fr.md": "La norme.\n"}
    page = opened(learner(course_with(tmp_path, link("https://example.org/"), texts)))
    assert page.one("div", "prose").one("strong").text == "norm"

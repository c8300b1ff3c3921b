"""One file to download."""

import pytest

from tests.learn.courses.kinds.activities import course_with, learner, opened, problems
from tests.people import noah, signed_in

pytestmark = pytest.mark.django_db

HTML = b"<script>alert(1)</script>"


def offered(browser):
    main = opened(browser).one("article", "course-main")
    return main.one("a", "button", download="")


def file(name):
    return {"kind": "file", "file": name}


def test_it_is_offered_with_its_name_and_size_and_downloads(tmp_path):
    browser = learner(
        course_with(tmp_path, file("data/table.csv"), {"data/table.csv": b"a\n" * 1024})
    )
    found = offered(browser)
    assert found.text == "Download table.csv"
    assert "2.0\xa0KB" in opened(browser).one("article", "course-main")._raw()
    answer = browser.get(found["href"])
    assert answer.content == b"a\n" * 1024
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="table.csv"'
    assert answer["Content-Length"] == "2048"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "private" in answer["Cache-Control"]


def test_each_language_has_its_own_file(tmp_path):
    files = {"a.txt": "hello\n", "b.txt": "bonjour\n"}
    browser = learner(course_with(tmp_path, file({"en": "a.txt", "fr": "b.txt"}), files))
    assert browser.get(offered(browser)["href"]).content == b"hello\n"
    browser.get("/language/fr/")
    found = offered(browser)
    assert found.text == "Télécharger b.txt"
    assert browser.get(found["href"]).content == b"bonjour\n"


def test_where_a_language_has_no_file_the_first_is_offered(tmp_path):
    browser = learner(course_with(tmp_path, file({"fr": "b.txt"}), {"b.txt": "bonjour\n"}))
    assert offered(browser).text == "Download b.txt"


@pytest.mark.parametrize(
    "name", ["page.html", "drawing.xhtml", "run.js", "x.exe", "noending", "a.svgz"]
)
def test_what_could_run_is_only_bytes_to_be_kept(tmp_path, name):
    browser = learner(course_with(tmp_path, file(name), {name: HTML}))
    answer = browser.get(offered(browser)["href"])
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["données été.csv", "a b & c.csv", 'quo"te.csv', "50%.csv", "#1?.csv", "semi;colon.csv", "{{x}}.csv"])  # fmt: skip
def test_any_name_is_shown_and_downloads(tmp_path, name):
    browser = learner(course_with(tmp_path, file(name), {name: b"1\n"}))
    found = offered(browser)
    assert found.text == f"Download {name}"
    answer = browser.get(found["href"])
    assert (answer.status_code, answer.content) == (200, b"1\n")


def test_only_the_people_of_the_course_get_it(tmp_path):
    browser = learner(course_with(tmp_path, file("t.csv"), {"t.csv": "1\n"}))
    address = offered(browser)["href"]
    assert signed_in(None).get(address).status_code == 404
    assert signed_in(noah()).get(address).status_code == 404


@pytest.mark.parametrize("name", ["nosuch.csv", "../course.yaml", "/etc/passwd", ""])
def test_a_file_that_is_not_there_is_a_problem_of_the_course(tmp_path, name):
    found = problems(course_with(tmp_path, file(name)))
    assert found
    assert found[0].startswith("part/section.yaml:")

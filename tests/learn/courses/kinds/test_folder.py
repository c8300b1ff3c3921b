"""Several files to download."""

import pytest

from tests.learn.courses.kinds.activities import course_with, learner, opened, problems

pytestmark = pytest.mark.django_db

FILES = {
    "data/two.txt": "two\n",
    "data/one.txt": b"1" * 1500,
    "data/deep/er/three.csv": "3\n",
    "data/été.txt": "4\n",
    "data/.hidden": "no\n",
    "data/README.md": "no\n",
    "database.txt": "beside\n",
}


def folder(name="data"):
    return {"kind": "folder", "folder": name}


def listing(browser):
    return opened(browser).one("ul", "file-list").all("li")


@pytest.mark.parametrize("name", ["data", "data/", "./data", "data/.", "x/../data"])
def test_every_file_is_listed_by_name_however_the_folder_is_written(tmp_path, name):
    path = course_with(tmp_path, folder(name), FILES)
    if found := problems(path):
        assert found[0].startswith("part/section.yaml:")
        return
    names = [it.one("a").text for it in listing(learner(path))]
    assert names == ["deep/er/three.csv", "one.txt", "two.txt", "été.txt"]


def test_every_file_downloads_and_tells_its_size(tmp_path):
    browser = learner(course_with(tmp_path, folder(), FILES))
    for entry in listing(browser):
        link = entry.one("a", download="")
        answer = browser.get(link["href"])
        written = FILES[f"data/{link.text}"]
        assert answer.content in (written, str(written).encode())
        assert answer["Content-Disposition"].startswith("attachment")
    assert listing(browser)[1].one("span", "meta").text.replace("\xa0", " ") == "1.5 KB"


def test_the_same_content_under_two_names_is_two_files(tmp_path):
    files = {"data/a.txt": "same\n", "data/b.csv": "same\n"}
    browser = learner(course_with(tmp_path, folder(), files))
    types = [browser.get(it.one("a")["href"])["Content-Type"] for it in listing(browser)]
    assert types == ["text/plain; charset=utf-8", "text/csv; charset=utf-8"]


@pytest.mark.parametrize("name", ["empty", "data/one.txt", "..", "/", ""])
def test_a_folder_without_files_is_a_problem_of_the_course(tmp_path, name):
    found = problems(course_with(tmp_path, folder(name), {"data/one.txt": "1\n"}))
    assert found
    assert found[0].startswith("part/section.yaml:")

"""The forum in the course folder."""

import pytest

from preau.learn.courses.models import Activity
from tests.learn.courses.kinds.activities import course_with, learner, opened, problems
from tests.learn.enrolments.doing import read
from tests.learn.forum.talking import FORUM, begun, forum_folder
from tests.people import ada, imported, signed_in, small_folder

pytestmark = pytest.mark.django_db
FORUM_ENTRY = {"kind": "forum"}


def test_its_text_stands_above_the_threads(tmp_path):
    texts = {"thing.en.md": "Ask **anything**.\n", "thing.fr.md": "Demandez.\n"}
    page = opened(learner(course_with(tmp_path / "course", FORUM_ENTRY, texts)))
    assert "Ask anything." in page.text
    assert "Start a thread" in page.text


def test_it_needs_nothing_but_a_title(tmp_path):
    assert problems(course_with(tmp_path / "course", FORUM_ENTRY)) == []


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"questions": []}, "“questions” is not known here"),
        ({"completion": "handed-in"}, "a forum can't be completed by “handed-in”"),
    ],
)
def test_what_it_has_not_is_named_with_its_line(tmp_path, more, said):
    (problem,) = problems(course_with(tmp_path / "course", {**FORUM_ENTRY, **more}))
    assert said in problem
    assert "part/section.yaml" in problem


def test_it_is_exported_as_it_was_written(tmp_path):
    from django.core.management import call_command

    folder = forum_folder(tmp_path / "course", "minutes: 5\ncompletion: manual")
    imported(folder)
    call_command("course_export", "small-now", str(tmp_path / "out"))
    section = (tmp_path / "out/waves/section.yaml").read_text()
    entry = section[section.index("- key: talk") :]
    assert "kind: forum" in entry
    assert "completion: manual" in entry
    assert imported(tmp_path / "out").changes == []


def test_a_forum_that_the_folder_no_longer_has_keeps_what_was_said(tmp_path):
    run = imported_run(tmp_path)
    browser = signed_in(ada(run))
    begun(browser)
    imported(small_folder(tmp_path / "without"))
    assert Activity.objects.get(key="talk").hidden
    assert browser.get(FORUM).status_code == 404
    imported(forum_folder(tmp_path / "again"))
    assert "Phases?" in read(browser, FORUM)


def imported_run(tmp_path):
    from tests.learn.forum.talking import forum_run

    return forum_run(tmp_path / "course")

"""What an import changes, and what it says about it."""

import re

import pytest

from preau.kit.errors import PreauError
from preau.learn.courses.folder import read_course
from preau.learn.courses.imports import actions, import_course
from preau.learn.courses.models import Activity, ActivityText, Course, Run
from tests.learn.courses.changing import (
    changes,
    course,
    dry_then_real,
    looked_at,
    replaced,
    site_as_it_is,
    without_line,
)
from tests.people import imported, small_folder, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    """The small course, imported once."""
    made = small_folder(tmp_path / "small")
    imported(made)
    return made


def test_it_names_everything_it_adds(tmp_path):
    report = imported(small_folder(tmp_path / "small"))
    assert {change.what for change in report.changes} == {"added"}
    assert [change.key for change in report.changes if change.noun == "activity"] == [
        "welcome", "sine", "practice", "film", "packets", "table", "data", "rfc",
    ]  # fmt: skip
    assert {change.key for change in report.changes if change.noun == "run"} == {
        "small-now", "small-keyed",
    }  # fmt: skip
    assert report.unchanged == 0
    assert report.version == course().version == 1


def test_a_dry_run_changes_nothing_and_tells_what_the_real_one_does(tmp_path):
    made = small_folder(tmp_path / "small")
    foretold = looked_at(made)
    assert not Course.objects.exists()
    assert foretold == imported(made)


def test_a_dry_run_of_a_change_leaves_the_site_as_it_was(folder):
    before = site_as_it_is()
    replaced(folder, "waves/section.yaml", "The sine", "The sine wave")
    assert changes(looked_at(folder)) == {("changed", "activity", "sine")}
    assert site_as_it_is() == before


def test_importing_again_changes_nothing(folder):
    before = site_as_it_is()
    report = dry_then_real(folder)
    assert report.changes == []
    assert report.unchanged == 21
    assert site_as_it_is() == before


def test_changing_one_text_changes_one_activity(folder):
    texts = dict(ActivityText.objects.values_list("pk", "html"))
    write(folder, {"waves/practice.en.md": "Draw two.\n"})
    report = dry_then_real(folder)
    assert changes(report) == {("changed", "activity", "practice")}
    assert report.changes[0].detail == "content"
    differing = [row for row in ActivityText.objects.all() if texts[row.pk] != row.html]
    assert [(row.activity.key, row.language) for row in differing] == [("practice", "en")]
    assert course().version == 2


def test_changing_a_file_changes_the_activity_that_shows_it(folder):
    write(folder, {"waves/film.en.vtt": "WEBVTT\n\n00:00.000 --> 00:05.000\nWelcome, waves.\n"})
    report = dry_then_real(folder)
    assert changes(report) == {
        ("changed", "file", "waves/film.en.vtt"),
        ("changed", "activity", "film"),
    }
    text = ActivityText.objects.get(activity__key="film", language="en")
    assert text.derived["transcript"] == [[0, 5, "Welcome, waves."]]


def test_a_new_title_is_shown_and_found(folder):
    replaced(folder, "waves/section.yaml", "en: Practice", "en: Exercise")
    report = dry_then_real(folder)
    assert [(change.key, change.detail) for change in report.changes] == [("practice", "title")]
    assert Activity.objects.get(key="practice").title == {"en": "Exercise", "fr": "Exercice"}
    assert "exercise" in ActivityText.objects.get(activity__key="practice", language="en").folded


def test_activities_follow_the_order_of_the_folder(folder):
    before = {row.key: row.pk for row in Activity.objects.all()}
    line = (
        "  - {key: practice, kind: page, title: {en: Practice, fr: Exercice}, completion: manual}\n"
    )
    replaced(folder, "waves/section.yaml", line, "")
    replaced(folder, "waves/section.yaml", "activities:\n", f"activities:\n{line}")
    dry_then_real(folder)
    keys = list(Activity.objects.order_by("position").values_list("key", flat=True))
    assert keys == ["practice", "welcome", "sine", "film", "packets", "table", "data", "rfc"]
    assert {row.key: row.pk for row in Activity.objects.all()} == before


def test_an_activity_moves_to_another_section_and_stays_the_same_one(folder):
    before = Activity.objects.get(key="practice").pk
    line = (
        "  - {key: practice, kind: page, title: {en: Practice, fr: Exercice}, completion: manual}\n"
    )
    replaced(folder, "waves/section.yaml", line, "")
    with (folder / "networks/section.yaml").open("a") as section:
        section.write(line)
    for language in ("en", "fr"):
        (folder / f"waves/practice.{language}.md").rename(
            folder / f"networks/practice.{language}.md"
        )
    assert ("changed", "activity", "practice") in changes(dry_then_real(folder))
    moved = Activity.objects.get(key="practice")
    assert (moved.pk, moved.section.key) == (before, "networks")


def test_an_activity_that_moves_reads_the_files_of_its_new_section(folder):
    """Two films swap sections; each section has a subtitle file of that name."""
    line = "  - {key: %s, kind: video, title: T, sources: [{file: film.mp4}], subtitles: {en: film.en.vtt}}\n"
    alone = "title: A\nactivities:\n"
    vtt = "WEBVTT\n\n00:00.000 --> 00:05.000\n%s\n"
    one = {
        "course.yaml": "format: preau-course/1\nkey: films\nlanguages: [en]\ntitle: T\nsummary: S\n"
        "subject: law\nteachers: []\nsections: [a, b]\n",
        "a/section.yaml": alone + line % "first", "b/section.yaml": alone + line % "second",
        "a/film.mp4": b"same", "b/film.mp4": b"same",
        "a/film.en.vtt": vtt % "From a", "b/film.en.vtt": vtt % "From b",
    }  # fmt: skip
    films = write(folder.parent / "films", one)
    imported(films)
    write(
        films, {"a/section.yaml": alone + line % "second", "b/section.yaml": alone + line % "first"}
    )
    imported(films)
    text = ActivityText.objects.get(activity__key="first")
    assert text.derived["transcript"][0][2] == "From b"


def test_a_language_may_go_and_another_come_first(folder):
    for old, new in (("[en, fr]", "[fr]"), ("fr: Un petit cours", "fr: Le petit cours")):
        replaced(folder, "course.yaml", old, new)
    _keep_only_french(folder)
    report = dry_then_real(folder)
    assert report.changes[0].detail == "title, summary, about, languages"
    assert set(ActivityText.objects.values_list("language", flat=True)) == {"fr"}
    assert course().language_for("en") == "fr"


def _keep_only_french(folder):
    for path in folder.rglob("*.yaml"):
        path.write_text(re.sub(r"\{en: [^{},]*, fr: ", "{fr: ", path.read_text()))
    for path in folder.rglob("*.en.md"):
        path.unlink()
    without_line(folder, "waves/section.yaml", "subtitles")
    replaced(
        folder,
        "waves/section.yaml",
        "duration: 20",
        "subtitles: {fr: film.fr.vtt}\n    duration: 20",
    )


def test_the_version_rises_only_when_learners_would_see_a_difference(folder):
    replaced(folder, "runs.yaml", "fr: Maintenant", "fr: Tout de suite")
    assert changes(dry_then_real(folder)) == {("changed", "run", "small-now")}
    assert course().version == 1
    assert Run.objects.get(key="small-now").version == 2
    assert Run.objects.get(key="small-keyed").version == 1
    write(folder, {"notes.txt": "nothing refers to it"})
    assert imported(folder).changes == []
    assert course().version == 1
    write(folder, {"about.en.md": "Learn about **all** waves.\n"})
    assert imported(folder).version == 2


def test_a_full_disk_leaves_the_site_as_it_was(folder, monkeypatch):
    write(folder, {"waves/sine.svg": "<svg/>", "waves/practice.en.md": "Draw two.\n"})
    before = site_as_it_is()

    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copyfileobj", full)
    with pytest.raises(
        PreauError, match=r"sine\.svg can't be copied .*No space left.*nothing was changed"
    ):
        imported(folder)
    assert site_as_it_is() == before


def test_an_import_that_breaks_at_the_end_leaves_the_site_as_it_was(folder, monkeypatch):
    replaced(folder, "course.yaml", "Waves and networks", "Waves")
    replaced(folder, "runs.yaml", "fr: Maintenant", "fr: Tout de suite")
    before = site_as_it_is()
    monkeypatch.setattr(actions, "_save_run", lambda *_args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        imported(folder)
    assert site_as_it_is() == before


def test_a_file_that_changes_during_the_import_is_refused(tmp_path):
    made = small_folder(tmp_path / "small")
    document, _unused = read_course(made)
    write(made, {"waves/sine.svg": "<svg/>"})
    with pytest.raises(PreauError, match="changed while it was being imported; import again"):
        import_course(document, made)
    assert not Course.objects.exists()


def test_the_run_of_another_course_is_not_taken_over(folder, tmp_path):
    other = small_folder(tmp_path / "other")
    replaced(other, "course.yaml", "key: small", "key: other")
    with pytest.raises(PreauError, match="“small-now” .*belongs to the course “small”"):
        imported(other)
    assert not Course.objects.filter(key="other").exists()

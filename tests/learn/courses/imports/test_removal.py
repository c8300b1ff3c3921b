"""What leaves the folder leaves the site, unless learners have work in it."""

import pytest

from preau.learn.courses.imports import stored_course
from preau.learn.courses.models import Activity, ActivityText, Run, Section
from tests.learn.courses.changing import (
    changes,
    course,
    done,
    dry_then_real,
    replaced,
    without_line,
    without_practice,
    without_section,
)
from tests.people import ada, imported, signed_in, small_folder, small_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "small"


@pytest.fixture
def run(folder):
    return small_run(folder)


def test_an_activity_without_work_is_deleted(folder, run):
    without_practice(folder)
    assert changes(dry_then_real(folder)) >= {("removed", "activity", "practice")}
    assert not Activity.objects.filter(key="practice").exists()


def test_an_activity_with_work_is_hidden_and_its_work_kept(folder, run):
    who = ada(run)
    work = done(run.enrolments.get(), "practice")
    without_practice(folder)
    report = dry_then_real(folder)
    assert ("hidden", "activity", "practice") in changes(report)
    assert "learners have work in it" in {change.detail for change in report.changes}
    work.refresh_from_db()
    assert work.activity.hidden
    assert signed_in(who).get("/learn/small-now/practice/").status_code == 404
    assert "practice" not in {a.key for s in stored_course(course()).sections for a in s.activities}


def test_a_hidden_activity_stays_hidden_in_silence(folder, run):
    ada(run)
    done(run.enrolments.get(), "practice")
    without_practice(folder)
    imported(folder)
    assert dry_then_real(folder).changes == []


def test_a_hidden_activity_comes_back_with_its_work(folder, run):
    ada(run)
    work = done(run.enrolments.get(), "practice")
    without_practice(folder)
    imported(folder)
    assert ("restored", "activity", "practice") in changes(dry_then_real(small_folder(folder)))
    work.refresh_from_db()
    assert not work.activity.hidden


def test_a_hidden_activity_comes_back_in_the_languages_of_today(folder, run):
    who = ada(run)
    done(run.enrolments.get(), "practice")
    Activity.objects.get(key="practice").texts.filter(language="fr").delete()  # French came later
    without_practice(folder)
    imported(folder)
    imported(small_folder(folder))
    texts = ActivityText.objects.filter(activity__key="practice")
    assert set(texts.values_list("language", flat=True)) == {"en", "fr"}
    page = signed_in(who, "fr").get("/learn/small-now/practice/").content.decode()
    assert "Dessinez-en une." in page


def test_a_section_goes_with_its_activities(folder, run):
    without_section(folder, "networks")
    replaced(folder, "waves/sine.en.md", "A wave", "One wave")
    assert ("removed", "section", "networks") in changes(dry_then_real(folder))
    assert list(Section.objects.values_list("key", flat=True)) == ["waves"]


def test_a_section_with_work_is_kept_out_of_sight_and_comes_back(folder, run):
    ada(run)
    work = done(run.enrolments.get(), "packets")
    without_section(folder, "networks")
    imported(folder)
    assert [section.key for section in stored_course(course()).sections] == ["waves"]
    imported(small_folder(folder))
    assert [section.key for section in stored_course(course()).sections] == ["waves", "networks"]
    work.refresh_from_db()
    assert not work.activity.hidden
    assert not work.activity.section.removed


def test_a_run_that_nobody_joined_is_removed(folder, run):
    text = (folder / "runs.yaml").read_text()
    (folder / "runs.yaml").write_text(text[: text.index("  - key: small-keyed")])
    assert changes(dry_then_real(folder)) == {("removed", "run", "small-keyed")}
    assert list(Run.objects.values_list("key", flat=True)) == ["small-now"]


def test_a_run_with_learners_is_retired_and_they_keep_it(folder, run):
    who = ada(run)
    text = (folder / "runs.yaml").read_text()
    keyed = text[text.index("  - key: small-keyed") :]
    (folder / "runs.yaml").write_text("runs:\n" + keyed)
    assert changes(dry_then_real(folder)) == {("retired", "run", "small-now")}
    assert signed_in(who).get("/learn/small-now/").status_code == 200
    assert dry_then_real(folder).changes == []
    assert changes(dry_then_real(small_folder(folder))) == {("restored", "run", "small-now")}
    assert not Run.objects.get(key="small-now").retired


def test_a_file_that_nothing_shows_any_longer_is_no_longer_offered(folder, run):
    without_line(folder, "course.yaml", "cover")
    report = dry_then_real(folder)
    assert changes(report) == {("changed", "course", "small"), ("removed", "file", "cover.svg")}
    assert not course().assets.filter(path="cover.svg").exists()

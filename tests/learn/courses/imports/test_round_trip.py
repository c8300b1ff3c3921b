"""Writing a course and reading it is the identity, on disk and through the database."""

import filecmp
import tempfile
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from preau.learn.courses.folder import read_course, write_course
from preau.learn.courses.imports import import_course, stored_course
from preau.learn.courses.imports.normal import moment
from preau.learn.courses.imports.stored import written_form
from preau.learn.courses.models import Course
from preau.learn.courses.storage import content_path
from tests.learn.courses.documents import ALL_CONTENTS, courses
from tests.people import imported, small_folder, write

pytestmark = pytest.mark.django_db
relaxed = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
SAMPLE = Path(__file__).parents[4] / "samples" / "introduction-telecoms"


@pytest.fixture(scope="module")
def contents():
    """Where the content of each hash lies."""
    with tempfile.TemporaryDirectory() as folder:
        for digest, content in ALL_CONTENTS.items():
            (Path(folder) / digest).write_bytes(content)
        yield lambda digest: Path(folder) / digest


@relaxed
@given(document=courses())
def test_reading_what_was_written_gives_the_same_course(document, contents):
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "course"
        write_course(document, folder, contents)
        assert read_course(folder) == (document, [])


@relaxed
@given(document=courses())
def test_exporting_what_was_imported_gives_the_same_course(document, contents):
    with tempfile.TemporaryDirectory() as parent, transaction.atomic():
        first, second = Path(parent) / "first", Path(parent) / "second"
        write_course(document, first, contents)
        import_course(read_course(first)[0], first)
        stored = stored_course(Course.objects.get(key=document.key))
        assert stored == document
        write_course(stored, second, content_path)
        again, unused = read_course(second)
        assert (again, unused) == (document, [])
        assert import_course(again, second, dry_run=True).changes == []
        transaction.set_rollback(True)


def exported(key: str, folder: Path) -> Path:
    write_course(stored_course(Course.objects.get(key=key)), folder, content_path)
    return folder


def same_files(one: Path, other: Path) -> bool:
    names = sorted(path.relative_to(one) for path in one.rglob("*") if path.is_file())
    others = sorted(path.relative_to(other) for path in other.rglob("*") if path.is_file())
    return names == others and all(
        filecmp.cmp(one / name, other / name, shallow=False) for name in names
    )


def test_a_second_export_is_the_first_byte_for_byte(tmp_path):
    imported(small_folder(tmp_path / "small"))
    first = exported("small", tmp_path / "first")
    assert imported(first).changes == []
    assert same_files(first, exported("small", tmp_path / "second"))


def test_the_sample_course_comes_back_as_it_went_in(tmp_path):
    imported(SAMPLE)
    first = exported("introduction-telecoms", tmp_path / "first")
    report = imported(first)
    assert report.changes == []
    assert same_files(first, exported("introduction-telecoms", tmp_path / "second"))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2027-01-11T00:00", "2027-01-11"),
        ("2027-01-11T00:00:00", "2027-01-11"),
        ("2027-01-11T08:00:00", "2027-01-11T08:00"),
        ("2027-03-28T02:30", "2027-03-28T03:30"),  # the clocks skip this hour
        ("2027-10-31T02:30", "2027-10-31T02:30"),  # and show this one twice
    ],
)
def test_a_moment_has_one_written_form(tmp_path, written, meant):
    runs = f"runs:\n  - {{key: dated, pace: scheduled, starts: {written}, release: {{waves: {written}}}}}\n"
    folder = small_folder(tmp_path / "small", **{"runs.yaml": runs})
    imported(folder)
    run = stored_course(Course.objects.get()).runs[0]
    assert (run.starts, run.release) == (meant, {"waves": meant})
    assert imported(folder).changes == []


@given(
    st.datetimes().map(lambda it: it.replace(microsecond=0, fold=0)),
    st.sampled_from(["Europe/Paris", "America/Sao_Paulo", "Africa/Cairo", "Asia/Kathmandu"]),
)
def test_every_hour_keeps_its_written_form(local, zone):
    local = local.replace(year=2001 + local.year % 90, day=min(local.day, 28))
    once = written_form(moment(local.isoformat(), zone))
    assert written_form(moment(once, zone)) == once


def test_numbers_are_kept_as_they_were_meant(tmp_path):
    folder = small_folder(tmp_path / "small")
    text = (folder / "course.yaml").read_text()
    write(
        folder,
        {
            "course.yaml": text.replace("hours_per_week: 2", "hours_per_week: 2.0").replace(
                "weeks: 2", "weeks: 2.0"
            )
        },
    )
    imported(folder)
    assert imported(folder).changes == []
    assert (
        "hours_per_week: 2\nweeks: 2\n"
        in (exported("small", tmp_path / "out") / "course.yaml").read_text()
    )


def test_the_main_language_comes_first_in_what_is_written(tmp_path):
    folder = small_folder(tmp_path / "small")
    text = (folder / "course.yaml").read_text()
    write(folder, {"course.yaml": text.replace("[en, fr]", "[fr, en]")})
    imported(folder)
    written = (exported("small", tmp_path / "out") / "course.yaml").read_text()
    assert "title:\n  fr: Un petit cours\n  en: A small course\n" in written

"""Where a course is written to, and how it looks there."""

from pathlib import Path

import pytest

from preau.kit.errors import PreauError
from preau.learn.courses.folder import read_course, write_course
from tests.people import small_folder


@pytest.fixture
def document(tmp_path):
    return read_course(small_folder(tmp_path / "small"))[0]


@pytest.fixture
def contents(tmp_path, document):
    places = {file.digest: tmp_path / "small" / file.path for file in document.files.values()}
    return places.__getitem__


def test_it_writes_plain_yaml_for_people(tmp_path, document, contents):
    write_course(document, tmp_path / "out", contents)
    assert (tmp_path / "out/waves/section.yaml").read_text() == (
        "title:\n  en: Waves\n  fr: Ondes\n"
        "activities:\n"
        "  - key: welcome\n    kind: label\n    title:\n      en: Welcome\n      fr: Bienvenue\n"
        "  - key: sine\n    kind: page\n    title:\n      en: The sine\n      fr: Le sinus\n    minutes: 5\n"
        "  - key: practice\n    kind: page\n    title:\n      en: Practice\n      fr: Exercice\n    completion: manual\n"
        "  - key: film\n    kind: video\n    title:\n      en: A film\n      fr: Un film\n"
        "    sources:\n      - file: film.mp4\n        height: 240\n"
        "    subtitles:\n      en: film.en.vtt\n      fr: film.fr.vtt\n    duration: 20\n"
    )


def test_it_writes_dates_without_quotes(tmp_path):
    runs = "runs:\n  - {key: a, pace: scheduled, starts: 2027-01-11, ends: 2027-02-01T08:00}\n"
    folder = small_folder(tmp_path / "small", **{"runs.yaml": runs})
    document, _unused = read_course(folder)
    write_course(
        document,
        tmp_path / "out",
        {f.digest: folder / f.path for f in document.files.values()}.__getitem__,
    )
    written = (tmp_path / "out/runs.yaml").read_text()
    assert "    starts: 2027-01-11\n    ends: 2027-02-01T08:00\n" in written


def test_it_writes_into_an_empty_folder_but_into_no_other(tmp_path, document, contents):
    (tmp_path / "out").mkdir()
    write_course(document, tmp_path / "out", contents)
    with pytest.raises(PreauError, match="out is not an empty folder; name a new one"):
        write_course(document, tmp_path / "out", contents)


def test_it_refuses_to_write_over_a_file(tmp_path, document, contents):
    (tmp_path / "out").write_text("mine")
    with pytest.raises(PreauError, match="out is not an empty folder"):
        write_course(document, tmp_path / "out", contents)
    assert (tmp_path / "out").read_text() == "mine"


def test_it_writes_into_the_current_folder_when_that_is_empty(
    tmp_path, document, contents, monkeypatch
):
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path / "out")
    write_course(document, Path(), contents)
    assert (tmp_path / "out/course.yaml").exists()


def test_a_folder_that_could_not_be_written_whole_is_not_there_at_all(tmp_path, document):
    with pytest.raises(PreauError, match="out can't be written .*nothing was exported"):
        write_course(document, tmp_path / "out", lambda digest: tmp_path / "lost" / digest)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["small"]

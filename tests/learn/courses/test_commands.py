"""``course_import`` and ``course_export``, as the operator's command line runs them."""

import json
import os
import subprocess
import sys
import zipfile

import pytest

from tests.people import SMALL_COURSE, small_folder, write

pytestmark = pytest.mark.serving


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site of its own, with its database."""
    folder = tmp_path_factory.mktemp("site")
    for name in ("data", "media", "events", "mail", "run", "static"):
        (folder / name).mkdir()
    (folder / "preau.toml").write_text('[site]\nname = "Commands"\naddress = "http://testserver"\n')
    (folder / "secrets.toml").touch(0o600)
    (folder / "secrets.toml").write_text(f'[site]\nsecret_key = "{"0123456789" * 6}"\n')
    assert ran(folder, "migrate", "-v0").returncode == 0
    return folder


def ran(site, *arguments) -> subprocess.CompletedProcess[str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith("PREAU_")}
    return subprocess.run(
        [sys.executable, "-m", "preau.learn", *map(str, arguments)],
        env={**ours, "PREAU_SITE": str(site), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        timeout=120,
    )


def small(folder, key: str, **changed) -> object:
    """The small course under another key."""
    files = {
        "course.yaml": SMALL_COURSE["course.yaml"].replace("key: small", f"key: {key}"),
        "runs.yaml": f"runs:\n  - {{key: {key}-now, pace: self}}\n",
    }
    return small_folder(folder, **{**files, **changed})


def test_an_import_shows_what_it_does_and_succeeds(site, tmp_path):
    folder = small(tmp_path / "small", "shown")
    dry = ran(site, "course_import", folder, "--dry-run")
    assert (dry.returncode, dry.stderr) == (0, "")
    assert "  + activity  sine\n" in dry.stdout
    assert dry.stdout.endswith("shown: 20 would change, 0 unchanged.\n")
    real = ran(site, "course_import", folder)
    assert (real.returncode, real.stderr) == (0, "")
    assert real.stdout == dry.stdout.replace("would change", "changed")
    again = ran(site, "course_import", folder)
    assert (again.returncode, again.stdout) == (0, "shown: nothing to change, 20 unchanged.\n")


def test_what_was_left_out_is_named_and_the_exit_code_is_3(site, tmp_path):
    folder = small(tmp_path / "small", "left", **{"notes.txt": "notes"})
    done = ran(site, "course_import", folder)
    assert done.returncode == 3
    assert done.stderr.startswith("Left out: notes.txt (nothing in the course refers to it")


def test_a_report_for_machines(site, tmp_path):
    done = ran(site, "course_import", small(tmp_path / "small", "machines"), "--json", "--dry-run")
    report = json.loads(done.stdout)
    assert (report["course"], report["dry_run"], report["unused"]) == ("machines", True, [])
    assert {"what": "added", "noun": "activity", "key": "sine", "detail": ""} in report["changes"]


def test_problems_are_told_by_line_and_the_exit_code_is_2(site, tmp_path):
    folder = small(tmp_path / "small", "wrong", **{"waves/sine.en.md": "$x^$\n\n![](sine.svg)\n"})
    done = ran(site, "course_import", folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "Error: 2 problems in the course folder; nothing was changed.\n"
        "  waves/sine.en.md:1: the formula “x^” can't be read (missing super script or subscript)\n"
        "  waves/sine.en.md:3: the image sine.svg needs a text that says what it shows: ![text](sine.svg)\n"
    )


def test_a_folder_that_is_not_there_is_one_line_and_the_exit_code_is_1(site, tmp_path):
    done = ran(site, "course_import", tmp_path / "none")
    said = f"Error: {tmp_path / 'none'} does not exist; name the folder that holds course.yaml.\n"
    assert (done.returncode, done.stderr) == (1, said)


def test_a_zip_is_taken_like_a_folder(site, tmp_path):
    folder = small(tmp_path / "small", "zipped")
    with zipfile.ZipFile(tmp_path / "small.zip", "w") as archive:
        for path in folder.rglob("*"):
            archive.write(path, path.relative_to(tmp_path))
    done = ran(site, "course_import", tmp_path / "small.zip")
    assert (done.returncode, done.stderr) == (0, "")
    assert "nothing to change" in ran(site, "course_import", folder).stdout


def test_an_export_can_be_imported_and_changes_nothing(site, tmp_path):
    ran(site, "course_import", small(tmp_path / "small", "exported"))
    done = ran(site, "course_export", "exported-now", tmp_path / "out")
    assert (done.returncode, done.stdout) == (0, f"exported written to {tmp_path / 'out'}.\n")
    again = ran(site, "course_import", tmp_path / "out")
    assert (again.returncode, again.stdout) == (0, "exported: nothing to change, 20 unchanged.\n")


def test_an_export_names_the_runs_there_are(site, tmp_path):
    ran(site, "course_import", small(tmp_path / "small", "known"))
    done = ran(site, "course_export", "nothing", tmp_path / "out")
    assert done.returncode == 1
    assert done.stderr.startswith("Error: There is no run “nothing” on this site. Known runs: ")
    assert "known-now" in done.stderr


def test_an_export_never_writes_over_anything(site, tmp_path):
    ran(site, "course_import", small(tmp_path / "small", "kept"))
    write(tmp_path / "out", {"mine.txt": "mine"})
    done = ran(site, "course_export", "kept-now", tmp_path / "out")
    assert done.returncode == 1
    assert "is not an empty folder; name a new one, or empty it first." in done.stderr
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]

"""A course folder that comes as a .zip."""

import stat
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from preau.kit.errors import PreauError
from preau.learn.courses.folder import archive, read_course
from tests.people import small_folder


def zipped(target: Path, members: dict[str, bytes | str], **options) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, **options) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return target


def the_course(folder: Path, inside: str = "") -> dict[str, bytes]:
    return {
        inside + str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def opened(path: Path) -> list[str]:
    """The names of the files in the unpacked folder."""
    with archive.unpacked(path) as folder:
        return sorted(str(it.relative_to(folder)) for it in folder.rglob("*") if it.is_file())


def refused(path: Path) -> str:
    with pytest.raises(PreauError) as caught, archive.unpacked(path):
        pytest.fail("it was opened")
    return str(caught.value).replace(str(path), "it")


@pytest.mark.parametrize("inside", ["", "small-1.0/", "Mon cours été/"])
def test_a_course_may_lie_in_the_archive_or_in_its_one_folder(tmp_path, inside):
    folder = small_folder(tmp_path / "small")
    path = zipped(tmp_path / "small.zip", {**the_course(folder, inside), "__MACOSX/._a": b"x"})
    with archive.unpacked(path) as unpacked:
        read, unused = read_course(unpacked)
    assert read == read_course(folder)[0]
    assert unused in ([], ["__MACOSX/._a"])


def test_a_folder_is_taken_as_it_is(tmp_path):
    with archive.unpacked(tmp_path) as folder:
        assert folder == tmp_path


def test_what_was_unpacked_is_gone_afterwards(tmp_path):
    path = zipped(tmp_path / "a.zip", {"course.yaml": ""})
    with archive.unpacked(path) as folder:
        assert (folder / "course.yaml").exists()
    assert not folder.exists()


def test_it_refuses_what_is_not_there(tmp_path):
    assert refused(tmp_path / "no") == "it does not exist; name the folder that holds course.yaml."


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.7", b"PK\3\4", b"PK\5\6" + bytes(18)])
def test_it_refuses_what_is_not_a_course_in_a_zip(tmp_path, content):
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    assert "it is neither a folder nor a .zip" in refused(path) or "it holds no course" in refused(
        path
    )


def test_it_refuses_an_archive_without_a_course(tmp_path):
    said = "it holds no course: there must be one course.yaml, in it or in its one folder."
    assert refused(zipped(tmp_path / "a.zip", {"a/b.txt": "b"})) == said
    assert refused(zipped(tmp_path / "b.zip", {"a/course.yaml": "", "b/course.yaml": ""})) == said


def test_it_refuses_a_bomb(tmp_path):
    path = zipped(tmp_path / "a.zip", {"course.yaml": "", "zeros": bytes(50_000_000)})
    assert refused(path) == "it: “zeros” unpacks like a bomb; refused."


def test_it_refuses_more_than_the_disk_should_take(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "_MOST_BYTES", 1 << 30)
    path = zipped(tmp_path / "a.zip", {f"{n}": b"" for n in range(3)})
    _announce(path, (1 << 29) - 1)
    assert refused(path) == "it would unpack to more than 1 GB; refused."


def _announce(path: Path, size: int) -> None:
    """Let every member of the directory say that it unpacks to so many bytes."""
    data = bytearray(path.read_bytes())
    at = data.find(b"PK\1\2")
    while at >= 0:
        data[at + 24 : at + 28] = struct.pack("<L", size)
        at = data.find(b"PK\1\2", at + 4)
    path.write_bytes(bytes(data))


def test_it_refuses_too_many_files(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as made:
        for number in range(20_001):
            made.writestr(str(number), b"")
    assert refused(path) == "it holds 20001 files; at most 20000 are taken."


@pytest.mark.parametrize(
    "name", ["../evil.txt", "a/../../evil.txt", "/etc/evil.txt", "..\\evil.txt", "a\\..\\evil.txt"]
)
def test_it_refuses_members_that_lead_out(tmp_path, name):
    path = zipped(tmp_path / "a.zip", {"course.yaml": "", name: "evil"})
    assert refused(path) == f"it: the member “{name}” leads out of it; refused."
    assert not list(tmp_path.parent.glob("**/evil.txt"))


def test_it_refuses_links(tmp_path):
    path = tmp_path / "a.zip"
    link = zipfile.ZipInfo("link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("course.yaml", "")
        made.writestr(link, "/etc/passwd")
    assert refused(path) == "it: the member “link” leads out of it; refused."


def test_it_refuses_a_name_that_is_a_file_and_a_folder(tmp_path):
    path = zipped(tmp_path / "a.zip", {"course.yaml": "", "a": "file", "a/b": "below"})
    assert "it is neither a folder nor a .zip that can be read" in refused(path)


def test_it_refuses_names_that_no_disk_takes(tmp_path):
    path = zipped(tmp_path / "a.zip", {"course.yaml": "", "x" * 300: ""})
    assert "it is neither a folder nor a .zip that can be read" in refused(path)


def test_it_refuses_an_encrypted_archive(tmp_path):
    path = zipped(tmp_path / "a.zip", {"course.yaml": "format"})
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.find(b"PK\1\2") + 8] |= 1
    path.write_bytes(bytes(data))
    assert "is encrypted, password required" in refused(path)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    places=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=4)
)
def test_a_damaged_archive_is_opened_or_refused_in_words(tmp_path, places):
    path = zipped(tmp_path / "a.zip", {"course.yaml": "key: a\n" * 50, "b/é.txt": "b" * 400})
    data = bytearray(path.read_bytes())
    for place, value in places:
        data[place % len(data)] = value
    path.write_bytes(bytes(data))
    try:
        opened(path)
    except PreauError as error:
        assert str(path) in str(error)  # noqa: PT017  (either way is right)

"""``preau course``."""


def test_a_folder_that_is_no_course_is_refused(preau, site, tmp_path):
    done = preau("course", "import", "--site", site, tmp_path)
    assert done.code == 1
    assert f"{tmp_path} is not a course folder" in done.err


def test_a_run_that_is_not_there_is_not_exported(preau, site, tmp_path):
    done = preau("course", "export", "--site", site, "no-such-run", tmp_path / "out")
    assert done.code == 1
    assert "no-such-run" in done.err
    assert not (tmp_path / "out").exists()

"""The pictures of a report as files."""

from xml.etree import ElementTree

from tests.operate.accesslog.logs import line, write


def test_each_picture_is_a_drawing_and_pixels(preau, tmp_path):
    evil = "<script>alert(1)</script>"
    lines = [
        line(f"/{number}", at=1000 * number, host=f"h{number}", status=200 + number % 2 * 204,
             agent=f"{evil}/{number}", referrer=f"https://{number % 3}.example/")
        for number in range(40)
    ]  # fmt: skip
    folder = tmp_path / "pictures"
    done = preau("accesslog", "report", write(tmp_path / "a.log", *lines), "--pictures", folder)
    assert (done.code, done.out) == (0, "")
    drawn = {path.stem for path in folder.glob("*.svg")}
    assert drawn >= {"days", "hours", "weekdays", "statuses"}
    assert drawn == {path.stem for path in folder.glob("*.png")}
    for name in drawn:
        text = (folder / f"{name}.svg").read_text()
        ElementTree.fromstring(text)
        assert "<style>" in text
        assert "<script" not in text
        assert (folder / f"{name}.png").read_bytes().startswith(b"\x89PNG")


def test_a_folder_that_cannot_be_is_said(preau, tmp_path):
    log = write(tmp_path / "a.log", line())
    (tmp_path / "file").write_text("")
    done = preau("accesslog", "report", log, "--pictures", tmp_path / "file" / "x")
    assert done.code == 1
    assert "no pictures can be written there" in done.err

"""Static files of a release: those of the one before stay, browsers keep them for a year."""

import http.client
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from preau.operate.site.setup import MANIFEST, STATIC_STAMP, gather_static, refresh_static
from tests.operate.site.running import await_true, is_free


def of_another_release(site: Path, name: str) -> Path:
    """Make it as if the release gathered last had a style of that name."""
    manifest = site / "static" / MANIFEST
    found = json.loads(manifest.read_text())
    found["paths"]["theme/base.css"] = f"theme/{name}"
    manifest.write_text(json.dumps(found))
    style = site / "static/theme" / name
    style.write_text("/* of another release */")
    (site / "run" / STATIC_STAMP).write_text("0.0.1 another\n")
    return style


def test_the_files_of_the_release_before_stay_and_older_ones_go(site):
    (now,) = (site / "static/theme").glob("base.*.css")
    first = of_another_release(site, "base.aaaaaaaaaaaa.css")
    assert refresh_static(site)
    assert first.is_file()
    assert now.is_file()
    second = of_another_release(site, "base.bbbbbbbbbbbb.css")
    assert refresh_static(site)
    assert not first.exists()
    assert second.is_file()
    assert now.is_file()


def test_gathering_twice_for_one_release_keeps_the_one_before(site):
    before = of_another_release(site, "base.aaaaaaaaaaaa.css")
    for _again in range(2):
        gather_static(site, "this")
        assert before.is_file()


def test_nothing_is_left_that_has_no_release(site):
    of_another_release(site, "base.aaaaaaaaaaaa.css")
    refresh_static(site)
    named = set(json.loads((site / "static" / MANIFEST).read_text())["paths"].values())
    there = {
        path.relative_to(site / "static").as_posix()
        for path in (site / "static").rglob("*")
        if path.is_file()
    }
    assert there == named | {MANIFEST, "theme/base.aaaaaaaaaaaa.css"}


@pytest.fixture
def served(site, free_port):
    words = ["serve", "--site", str(site), "--port", str(free_port), "--workers", "1"]
    with (site / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "preau.operate.cli", *words], stdout=log, stderr=log
        )
    await_true(lambda: process.poll() is not None or not is_free(free_port), seconds=60)
    yield site, free_port, process
    process.terminate()
    process.wait(timeout=45)


def ask(port: int, path: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


@pytest.mark.serving
@pytest.mark.xdist_group("servers")
def test_browsers_keep_them_and_a_reload_gathers_those_of_a_changed_package(served):
    site, port, process = served
    (style,) = (site / "static/theme").glob("base.*.css")
    answer = ask(port, f"/static/theme/{style.name}")
    assert (answer.status, answer.getheader("Cache-Control")) == (200, "max-age=31536000")
    assert ask(port, "/static/theme/base.css").status == 404
    of_another_release(site, "base.aaaaaaaaaaaa.css")
    style.unlink()
    process.send_signal(signal.SIGHUP)
    await_true(lambda: "preau: reloading" in (site / "log").read_text(), seconds=60)
    assert style.is_file()
    assert ask(port, f"/static/theme/{style.name}").status == 200
    assert ask(port, "/static/theme/base.aaaaaaaaaaaa.css").status == 200

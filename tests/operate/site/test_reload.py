"""Reloading a real site: a slip in its settings must not end what serves well."""

import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.operate.site.running import await_true, free_port

pytestmark = [pytest.mark.serving, pytest.mark.xdist_group("servers")]

PREAU = Path(sys.executable).with_name("preau")


@pytest.fixture
def environ():
    return {k: v for k, v in os.environ.items() if not k.startswith(("PREAU_", "DJANGO_"))}


@pytest.fixture
def served(tmp_path, environ):
    """A site being served by one worker: its folder, its port, the supervisor, what it said."""
    site, port, said = tmp_path / "site", free_port(), tmp_path / "said"
    subprocess.run([PREAU, "init", site], env=environ, check=True, capture_output=True)
    words = ["serve", "--site", str(site), "--port", str(port), "--workers", "1"]
    with said.open("w") as log:
        process = subprocess.Popen([PREAU, *words], env=environ, stdout=log, stderr=log)
    try:
        await_true(lambda: answers(port))
        yield site, port, process, said
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=45) == 0


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=30) as page:
            return page.status == 200
    except OSError:
        return False


def children(pid: int) -> set[int]:
    return {int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}


def workers(supervisor: subprocess.Popen) -> set[int]:
    """The web server's worker processes, which are its children's only children."""
    return {worker for child in children(supervisor.pid) for worker in children(child)}


def test_a_wrong_setting_is_named_and_nothing_is_replaced(served):
    site, port, process, said = served
    before = workers(process), children(process.pid)
    right = (site / "preau.toml").read_text()
    (site / "preau.toml").write_text("[server]\nprot = 3\n")
    process.send_signal(signal.SIGHUP)
    await_true(lambda: "not reloaded" in said.read_text())
    assert f"{site / 'preau.toml'}:2: “server.prot” is not a known setting" in said.read_text()
    assert (workers(process), children(process.pid)) == before
    assert answers(port)

    (site / "preau.toml").write_text(right)
    process.send_signal(signal.SIGHUP)
    await_true(lambda: workers(process) and not workers(process) & before[0])
    assert "preau: reloading" in said.read_text()
    await_true(lambda: answers(port))

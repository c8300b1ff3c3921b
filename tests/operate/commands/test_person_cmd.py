"""``preau person`` on a real site, as an operator types it."""

import io
import json
import os
import signal
import subprocess
import time
import zipfile

import pytest

from tests.journeys.site import PREAU, preau

ADDRESS, NAME = "zelda@example.org", "Zelda Quixworth"
MAKE = f"""
from preau.learn.accounts.actions import create_verified_person
create_verified_person({ADDRESS!r}, {NAME!r}, "correct horse battery")
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("leaving") / "site"
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PREAU_")}
    preau("init", folder, environ=environ)
    return folder, {**environ, "PREAU_SITE": str(folder)}


@pytest.fixture
def site(made):
    """A site where Zelda has an account."""
    folder, environ = made
    preau("manage", "shell", "-v0", "-c", MAKE, environ=environ)
    yield folder, environ
    run(environ, "person", "erase", ADDRESS, "--yes")


def run(environ, *words, said=""):
    return subprocess.run(
        [PREAU, *map(str, words)], env=environ, input=said, capture_output=True, text=True,
        timeout=120,
    )  # fmt: skip


def test_look_take_along_erase(site, tmp_path):
    _folder, environ = site
    dry = run(environ, "person", "erase", ADDRESS, "--dry-run", "--json")
    assert {it["key"]: it["count"] for it in json.loads(dry.stdout)["gone"]}[
        "accounts.account"
    ] == 1
    target = tmp_path / "zelda.zip"
    done = run(environ, "person", "export", ADDRESS, "-o", target)
    assert done.stdout.endswith(f"files of {ADDRESS} written to {target}.\n")
    with zipfile.ZipFile(io.BytesIO(target.read_bytes())) as archive:
        assert json.loads(archive.read("account.json"))["name"] == NAME
    done = run(environ, "person", "erase", ADDRESS, said="y\n")
    assert done.returncode == 0, done.stderr
    assert "looked for again, none was found." in done.stdout
    assert "There is no way back." in done.stderr
    again = run(environ, "person", "erase", ADDRESS, "--yes")
    assert (again.returncode, again.stdout) == (1, "")
    assert again.stderr == f"Error: Nobody has an account with the address {ADDRESS}.\n"


@pytest.mark.parametrize("said", ["n\n", "", "\n"])
def test_who_does_not_say_yes_erases_nobody(site, said):
    _folder, environ = site
    done = run(environ, "person", "erase", ADDRESS, said=said)
    assert done.returncode == 130
    assert "Stopped." in done.stderr
    assert run(environ, "person", "erase", ADDRESS, "--dry-run").returncode == 0


@pytest.mark.parametrize("moment", [0.2, 0.4, 0.6, 0.8, 1.0])
def test_killed_at_any_moment_the_same_command_ends_it(site, moment):
    """The moments are shares of the time that it takes as a whole."""
    folder, environ = site
    begun = time.monotonic()
    assert run(environ, "person", "erase", ADDRESS, "--dry-run").returncode == 0
    whole = time.monotonic() - begun
    process = subprocess.Popen(
        [PREAU, "person", "erase", ADDRESS, "--yes"], env=environ, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    time.sleep(whole * moment)  # the moment is what is tested
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    again = run(environ, "person", "erase", ADDRESS, "--yes", "--json")
    if again.returncode == 0:
        assert {it["left"] for it in json.loads(again.stdout)["gone"]} == {0}
    else:
        assert again.stderr == f"Error: Nobody has an account with the address {ADDRESS}.\n"
    words = (NAME.lower().encode(), ADDRESS.encode())
    for path in folder.rglob("*"):
        if path.is_file() and path.parent.name != "mail":  # where the report's letter is
            assert not any(it in path.read_bytes().lower() for it in words), path


def test_two_at_once_are_one_erasure(site):
    folder, environ = site
    both = [
        subprocess.Popen(
            [PREAU, "person", "erase", ADDRESS, "--yes"], env=environ, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        for _it in range(2)
    ]  # fmt: skip
    before = len(list((folder / "data" / "erasures").rglob("*.json")))
    said = [process.communicate(timeout=120) for process in both]
    for process, (_out, err) in zip(both, said, strict=True):
        assert process.returncode == 0 or err.startswith("Error: Nobody has an account"), err
    assert 0 in {process.returncode for process in both}
    assert len(list((folder / "data" / "erasures").rglob("*.json"))) == before + 1

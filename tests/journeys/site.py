"""A real site in a folder of its own, served by ``preau serve``."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SAMPLE = Path(__file__).parents[2] / "samples" / "introduction-telecoms"
PREAU = Path(sys.executable).with_name("preau")


@dataclass(frozen=True)
class LiveSite:
    """Where a served site lies and listens."""

    folder: Path
    address: str
    environ: dict[str, str]


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def preau(*words: object, environ: dict[str, str]) -> str:
    """Run one ``preau`` command; its output. A failure shows what it said."""
    done = subprocess.run(
        [PREAU, *map(str, words)], env=environ, capture_output=True, text=True, timeout=180
    )
    assert done.returncode == 0, f"preau {words}: {done.stdout}\n{done.stderr}"
    return done.stdout


@contextmanager
def served(folder: Path, course: Path = SAMPLE, **settings: str) -> Iterator[LiveSite]:
    """A new site with the sample course or another, served until the end of the ``with``."""
    port = free_port()
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PREAU_")}
    clean.pop("DJANGO_SETTINGS_MODULE", None)
    address = f"http://127.0.0.1:{port}"
    environ = {
        **clean,
        "PREAU_SITE_ADDRESS": address,
        "PREAU_TASKS_INTERVAL_SECONDS": "0.1",
        **settings,
    }
    preau("init", folder, environ=environ)
    environ["PREAU_SITE"] = str(folder)
    preau("course", "import", course, environ=environ)
    log = (folder / "serve.log").open("wb")
    command = [str(PREAU), "serve", "--site", str(folder), "--port", str(port)]
    process = subprocess.Popen(command, env=environ, stdout=log, stderr=subprocess.STDOUT)
    try:
        _await_health(process, address, folder / "serve.log")
        yield LiveSite(folder, address, environ)
    finally:
        process.terminate()
        process.wait(timeout=90)
        log.close()


def _await_health(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(f"{address}/health/", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)  # polling a port: there is no event to await
    raise AssertionError(f"the site did not answer: {log.read_text()}")


def chromium_path() -> str | None:
    """Debian's Chromium, if it is installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser")

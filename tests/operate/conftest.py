"""A terminal to run ``preau`` in, and a site made once and copied for each test."""

import os
import shutil
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from preau.operate.cli import main


@dataclass(frozen=True)
class Done:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch):
    """No setting and no site comes from the machine's environment."""
    for name in list(os.environ):
        if name.startswith("PREAU_") or name == "DJANGO_SETTINGS_MODULE":
            monkeypatch.delenv(name)


@pytest.fixture
def preau(capfd):
    """``preau("init", folder)``: run the command line here; what its processes say counts too."""

    def run(*words):
        with pytest.raises(SystemExit) as ended:
            main([str(word) for word in words])
        said = capfd.readouterr()
        return Done(int(ended.value.code), said.out, said.err)

    return run


@pytest.fixture(scope="session")
def _made_site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made") / "site"
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PREAU_")}
    command = [sys.executable, "-m", "preau.operate.cli", "init", str(folder)]
    subprocess.run(command, env=environ, check=True, capture_output=True, timeout=120)
    return folder


@pytest.fixture
def site(_made_site, tmp_path) -> Path:
    """A whole new site."""
    return Path(shutil.copytree(_made_site, tmp_path / "site"))


@pytest.fixture
def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

"""The site's management commands, each as a process of its own."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from preau.kit.errors import PreauError
from preau.operate.site.orphans import end_with


def learn_command(*words: str) -> list[str]:
    """The command line of one management command."""
    return [sys.executable, "-m", "preau.learn", *words]


def learn_environment(site: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """The environment in which the site's processes run."""
    return {**environ, "PREAU_SITE": str(site), "DJANGO_SETTINGS_MODULE": "preau.learn.settings"}


def run_learn(site: Path, *words: str) -> int:
    """Run a management command in this terminal; its exit code, 128 + N after signal N.

    It ends with this process, however this one ends.
    """
    environment = learn_environment(site, os.environ)
    code = subprocess.run(
        learn_command(*words),
        env=environment,
        check=False,
        preexec_fn=end_with(os.getpid()),
    ).returncode
    return code if code >= 0 else 128 - code


def ask_learn(site: Path, *words: str) -> str:
    """What a management command prints; ``PreauError`` with its last words if it fails."""
    done = _captured(site, words)
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip()).splitlines() or ["it said nothing"]
        raise PreauError(f"`preau manage {' '.join(words)}` failed: {said[-1]}")
    return done.stdout


def _captured(site: Path, words: Sequence[str]) -> subprocess.CompletedProcess[str]:
    environment = learn_environment(site, os.environ)
    return subprocess.run(
        learn_command(*words), env=environment, check=False, capture_output=True, text=True
    )

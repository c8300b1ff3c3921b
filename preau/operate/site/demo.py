"""The demonstration site: the sample course and a cast of people."""

import json
import os
from pathlib import Path
from typing import Any

from preau.kit.errors import PreauError
from preau.operate.site.folder import make_site
from preau.operate.site.learn_process import ask_learn
from preau.operate.site.setup import bring_up, is_ready, mark_ready, release_fingerprint

PEOPLE = "people.json"


def prepare_demo(folder: Path) -> Path:
    """Make the demonstration site, or bring it up to date; the file that names its people.

    Does nothing when the site was made by this very release and sample course.
    """
    created: list[str] = []
    make_site(folder, {"site.demo": True}, created)
    people = folder / "run" / PEOPLE
    release = release_fingerprint()
    if is_ready(folder, release) and people.is_file():
        return people
    bring_up(folder)
    _keep(people, _people(ask_learn(folder, "demo_load")))
    ask_learn(folder, "demo_simulate")
    mark_ready(folder, release)
    return people


def _people(printed: str) -> list[dict[str, Any]]:
    """The people that ``demo_load`` names on its last line."""
    try:
        people: list[dict[str, Any]] = json.loads(printed.strip().splitlines()[-1])["people"]
    except (ValueError, LookupError, TypeError):
        raise PreauError(f"`preau manage demo_load` named no people; it said: {printed}") from None
    return people


def _keep(path: Path, people: list[dict[str, Any]]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        json.dump(people, stream, ensure_ascii=False)

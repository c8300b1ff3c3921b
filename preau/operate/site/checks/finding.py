"""What a check finds."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from preau.kit.settings_file import Settings

Verdict = Literal["ok", "warning", "error"]


@dataclass(frozen=True)
class Finding:
    """One line of the doctor's report."""

    check: str
    verdict: Verdict
    message: str
    what_to_do: str = ""


@dataclass
class Site:
    """The site being examined; ``settings`` is filled in by the first check."""

    folder: Path
    settings: Settings | None = None


def settings_of(site: Site) -> Settings:
    """The settings, which the first check has read."""
    assert site.settings is not None  # noqa: S101  (examine stops without them)
    return site.settings

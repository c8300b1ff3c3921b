"""Python, time zones, open files."""

import platform
import resource
import sys
from zoneinfo import available_timezones

from preau.operate.site.checks.finding import Finding, Site

_PYTHON_WANTED = (3, 11)
_FILES_WANTED = 4096


def check(site: Site) -> list[Finding]:
    """What the machine brings along."""
    return [_python(), _time_zones(), _open_files()]


def _python() -> Finding:
    shown = f"Python {platform.python_version()}"
    if sys.version_info < _PYTHON_WANTED:
        wanted = ".".join(map(str, _PYTHON_WANTED))
        return Finding("python", "error", shown, f"Préau needs Python {wanted} or newer.")
    return Finding("python", "ok", shown)


def _time_zones() -> Finding:
    known = len(available_timezones())
    if not known:
        return Finding("time zones", "error", "no time zone data", "Run: pip install tzdata")
    return Finding("time zones", "ok", f"{known} known")


def _open_files() -> Finding:
    """The web server raises its limit to the hard one by itself."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < _FILES_WANTED:
        return Finding(
            "open files", "warning", f"at most {hard} open files, so fewer people at once",
            f"Before serving many: ulimit -H -n {_FILES_WANTED}, or LimitNOFILE in systemd.",
        )  # fmt: skip
    return Finding("open files", "ok", f"up to {hard}" if hard > 0 else "no limit")

"""The site's folders can be written, and the disk has room."""

import os
import shutil

from preau.operate.site.checks.finding import Finding, Site, Verdict
from preau.operate.site.folder import SUBFOLDERS

_LOW, _VERY_LOW = 5 << 30, 500 << 20  # bytes


def check(site: Site) -> list[Finding]:
    """Each sub-folder, then the room left."""
    findings = []
    wrong = [name for name in SUBFOLDERS if not os.access(site.folder / name, os.W_OK | os.X_OK)]
    if wrong:
        findings.append(
            Finding(
                "folders", "error", f"can't be written: {', '.join(wrong)}",
                f"Run: preau init {site.folder}; then give its folders to the site's account.",
            )
        )  # fmt: skip
    else:
        findings.append(Finding("folders", "ok", "all can be written"))
    free = shutil.disk_usage(site.folder).free
    shown = f"{free / (1 << 30):.1f} GB free"
    if free < _LOW:
        verdict: Verdict = "error" if free < _VERY_LOW else "warning"
        findings.append(Finding("disk", verdict, shown, "Free some room or move the site."))
    else:
        findings.append(Finding("disk", "ok", shown))
    return findings

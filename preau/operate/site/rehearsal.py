"""Before a site is reloaded: whether it would start, and its static files for this release.

``python -m preau.operate.site.rehearsal`` runs in a process of its own, in the site's environment:
a package that was changed under a running supervisor is the one that is tried.
"""

import os
import sys
from pathlib import Path

from preau.kit.errors import PreauError
from preau.operate.site.learn_process import run_learn
from preau.operate.site.setup import refresh_static


def rehearse(site: Path) -> int:
    """Check the site, then gather its static files if another release did it; an exit code."""
    code = run_learn(site, "check", "--verbosity", "0")
    if code == 0:
        refresh_static(site)
    return code


def main() -> None:
    """Rehearse; a mendable error becomes one line and its exit code."""
    try:
        code = rehearse(Path(os.environ["PREAU_SITE"]))
    except PreauError as error:
        sys.stderr.write(f"Error: {error}\n")
        code = error.exit_code
    raise SystemExit(code)


if __name__ == "__main__":
    main()

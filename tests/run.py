"""``make test``: every test, on every database that is there.

The whole suite runs on SQLite; the site's tests run again on PostgreSQL and MariaDB. What is
missing is named in one line with how to have it; in CI (``CI=true``) a missing server or
browser is a failure.
"""

import os
import shutil
import socket
import subprocess
import sys

POSTGRESQL = os.environ.get(
    "PREAU_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/postgres"
)
MARIADB = os.environ.get("PREAU_TEST_MARIADB", "mariadb://root@127.0.0.1:3306/test")
REDIS = os.environ.get("PREAU_TEST_REDIS", "redis://127.0.0.1:6379")


def answers(url: str) -> bool:
    """Whether something listens where the URL points."""
    from urllib.parse import urlsplit

    parts = urlsplit(url)
    try:
        with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=2):
            return True
    except OSError:
        return False


def pytest(*words: str, **environ: str) -> int:
    """Run pytest in its own process, on all cores."""
    command = [sys.executable, "-m", "pytest", "-q", "-n", "auto", "--dist", "loadgroup", *words]
    return subprocess.run(command, env={**os.environ, **environ}, check=False).returncode


def missing(what: str, how: str) -> int:
    """Say in one line what is skipped and how to enable it; 1 in CI, where nothing may be."""
    in_ci = os.environ.get("CI") == "true"
    sys.stdout.write(f"{'MISSING' if in_ci else 'Skipped'}: {what}. {how}\n")
    return 1 if in_ci else 0


def main(words: list[str]) -> int:
    """Run everything, or with ``words`` only those tests on SQLite; 0 when all is well."""
    if words:
        return pytest(*words)
    failed = 0
    if not (shutil.which("chromium") or shutil.which("chromium-browser")):
        failed |= missing("browser tests", "Install Debian's chromium: apt-get install chromium")
    redis = answers(REDIS)
    if not redis:
        failed |= missing("tests on Redis", "Start one on 127.0.0.1:6379, or set PREAU_TEST_REDIS")
    failed |= pytest("tests", PREAU_TEST_REDIS=REDIS if redis else "")
    for name, url in (("PostgreSQL", POSTGRESQL), ("MariaDB", MARIADB)):
        if answers(url):
            sys.stdout.write(f"\nThe site's tests on {name}:\n")
            sys.stdout.flush()
            failed |= pytest(
                "tests/learn", "-m", "not browser and not serving", PREAU_DATABASE_URL=url
            )
        else:
            variable = f"PREAU_TEST_{name.upper()}"
            failed |= missing(f"tests on {name}", f"Start one on 127.0.0.1, or set {variable}")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

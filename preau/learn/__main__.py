"""The site's management commands: ``python -m preau.learn COMMAND``."""

import os
import sys

from django.core.management import execute_from_command_line

from preau.kit.errors import PreauError


def main() -> None:
    """Run one management command; a mendable error becomes one line and its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "preau.learn.settings")
    try:
        execute_from_command_line(["preau manage", *sys.argv[1:]])
    except PreauError as error:
        sys.stderr.write(f"Error: {error}\n")
        raise SystemExit(error.exit_code) from None


if __name__ == "__main__":
    main()

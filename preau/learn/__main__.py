"""The site's management commands: ``python -m preau.learn COMMAND``."""

import os
import sys

from django.core.management import execute_from_command_line
from django.db import DatabaseError, OperationalError, ProgrammingError, connection
from django.db.migrations.executor import MigrationExecutor

from preau.kit.errors import PreauError


def main() -> None:
    """Run one management command; a mendable error becomes one line and its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "preau.learn.settings")
    try:
        execute_from_command_line(["preau manage", *sys.argv[1:]])
    except PreauError as error:
        sys.stderr.write(f"Error: {error}\n")
        raise SystemExit(error.exit_code) from None
    except (OperationalError, ProgrammingError) as error:
        if not _is_older():
            raise
        sys.stderr.write(
            f"Error: The site's database is of an older release ({error}); preau serve brings it "
            "up to date, or preau manage migrate.\n"
        )
        raise SystemExit(PreauError.exit_code) from None


def _is_older() -> bool:
    """Whether the database lacks what this release added to it."""
    try:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        return False


if __name__ == "__main__":
    main()

"""``check_site``: what only Django can tell of a site, for ``preau doctor``."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.cache import cache
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor


class Command(BaseCommand):
    """Tries the database and the cache; changes nothing."""

    help = "Say whether database and cache answer, as JSON with --json."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """JSON or a line."""
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args: object, **options: Any) -> None:
        """Print the findings; never fails."""
        found = {**_database(), "cache": _cache()}
        line = (
            json.dumps(found)
            if options["as_json"]
            else "\n".join(f"{k}: {v}" for k, v in found.items())
        )
        self.stdout.write(line)


def _database() -> dict[str, object]:
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
        version = ".".join(map(str, connection.get_database_version()))
    except DatabaseError as error:
        return {"database": "", "pending_migrations": 0, "error": str(error).strip()}
    return {
        "database": f"{connection.display_name} {version}",
        "pending_migrations": len(pending),
        "error": "",
    }


def _cache() -> str:
    try:
        cache.set("check_site", "ok", 10)
        return str(cache.get("check_site", "it forgets what it is given"))
    except Exception as error:  # noqa: BLE001  (whatever a cache server's client raises)
        return str(error)

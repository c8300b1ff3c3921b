"""DuckDB, as all of Préau runs it: bounded, and without a look beyond its files."""

from pathlib import Path

MEMORY = "600MB"

Config = dict[str, str | bool | int | float | list[str]]


def bounded(folder: Path) -> Config:
    """Its configuration; what does not fit into memory goes below ``folder``."""
    return {
        "memory_limit": MEMORY,
        "temp_directory": str(folder / ".duckdb"),
        "preserve_insertion_order": False,
        "autoinstall_known_extensions": False,
        "TimeZone": "UTC",
    }


def quoted(path: Path | str) -> str:
    """A text, such as a path, as a literal of SQL."""
    return "'" + str(path).replace("'", "''") + "'"


def listed(paths: list[Path]) -> str:
    """Paths as a list of SQL."""
    return "[" + ", ".join(map(quoted, paths)) + "]"

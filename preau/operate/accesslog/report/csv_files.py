"""The lists as CSV, a file each, with all their rows."""

import csv
from pathlib import Path

from preau.operate.accesslog.analysis.result import Result
from preau.operate.accesslog.report.tables import TABLES

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(result: Result, folder: Path) -> list[Path]:
    """Write them into a folder, which is made; what a spreadsheet would run is made harmless."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for table in TABLES:
        rows = result.lists.get(table.name, [])
        if not rows:
            continue
        path = folder / f"{table.name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            keys = [key for key, _name, _kind in table.columns]
            writer.writerow(keys)
            writer.writerows([harmless(row[key]) for key in keys] for row in rows)
        written.append(path)
    return written


def harmless(value: object) -> object:
    """A text that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value

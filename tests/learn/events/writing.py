"""Line files as processes of the site leave them."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

DAY = date(2026, 10, 5)


def moment(day: date = DAY, hour: float = 12.0) -> int:
    """Milliseconds since 1970, UTC."""
    begin = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return int(begin.timestamp() * 1000 + hour * 3_600_000)


def event(t: int, **more: object) -> dict[str, object]:
    """One event."""
    return {"v": 2, "t": t, "verb": "viewed", "person": 1, **more}


def line_file(folder: Path, name: str, *lines: object) -> Path:
    """A line file; what is no text already becomes JSON."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.jsonl"
    texts = [it if isinstance(it, str) else json.dumps(it) + "\n" for it in lines]
    path.write_text("".join(texts))
    return path


def stored(path: Path, columns: str = "t") -> list[object]:
    """What a Parquet file has, in its order."""
    rows = duckdb.sql(f"SELECT {columns} FROM read_parquet('{path}')").fetchall()
    return [row[0] for row in rows] if "," not in columns else rows

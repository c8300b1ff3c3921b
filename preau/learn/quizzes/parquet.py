"""Rows of texts as a Parquet file, by DuckDB."""

import csv
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

_LONGEST = 10 << 20  # bytes of a row


def parquet_bytes(columns: Mapping[str, str], rows: Iterable[list[str]]) -> bytes:
    """The file; ``columns`` has DuckDB's type of each name. An empty text is no value."""
    import duckdb  # when it is needed: it is as large as the rest of a worker

    with tempfile.TemporaryDirectory() as folder:
        plain, target = Path(folder) / "rows.csv", Path(folder) / "rows.parquet"
        with plain.open("w", newline="", encoding="utf-8") as writing:
            csv.writer(writing, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
        with duckdb.connect(config={"threads": 1}) as engine:
            engine.execute("SET VARIABLE plain = ?", [str(plain)])
            named = ", ".join(f"'{name}': 'VARCHAR'" for name in columns)
            typed = ", ".join(
                f'CAST(nullif("{name}", \'\') AS {type_}) AS "{name}"'
                for name, type_ in columns.items()
            )
            engine.execute(
                f"COPY (SELECT {typed} FROM read_csv(getvariable('plain'), header = false, "  # noqa: S608
                f"columns = {{{named}}}, quote = '\"', escape = '\"', delim = ',', "
                # Said, not guessed from what learners wrote; no rows at all are no puzzle either.
                "new_line = '\\n', auto_detect = false, parallel = false, "
                f"max_line_size = {_LONGEST})) "
                f"TO '{target}' (FORMAT parquet)"
            )
        return target.read_bytes()

"""Rows as a CSV file that spreadsheets open safely."""

import csv
from collections.abc import Iterable, Iterator

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so would be computed


class _Line:
    """Gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_lines(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """The lines of the file, with the mark by which spreadsheets know UTF-8.

    A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    writer = csv.writer(_Line())
    yield "\ufeff"
    for row in rows:
        yield writer.writerow([_safe(cell) for cell in row])


def _safe(cell: str) -> str:
    if not cell.startswith(_FORMULA):
        return cell
    try:
        float(cell)
    except ValueError:
        return f"'{cell}"
    return cell

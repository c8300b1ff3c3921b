"""The report as a workbook for Excel and its like: a sheet for each list."""

from pathlib import Path

from preau.operate.accesslog.analysis.result import Result
from preau.operate.accesslog.report.tables import NUMBER, TABLES
from preau.operate.accesslog.report.words import words_in

_NAME = 31  # letters that a sheet's name may have


def write_workbook(result: Result, path: Path, language: str) -> None:
    """Write it; texts stay texts, so nothing in a log is run as a formula or taken for a link."""
    import xlsxwriter

    say = words_in(language)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(str(path), options) as book:
        bold, wide = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0"})
        sheet = book.add_worksheet(say("Summary")[:_NAME])
        for line, (key, value) in enumerate(result.summary.items()):
            sheet.write_string(line, 0, key)
            sheet.write_number(line, 1, value, wide)
        sheet.set_column(0, 0, 24)
        for table in TABLES:
            rows = result.lists.get(table.name, [])
            if not rows:
                continue
            sheet = book.add_worksheet(table.name[:_NAME])
            sheet.freeze_panes(1, 0)
            for column, (key, name, kind) in enumerate(table.columns):
                sheet.write_string(0, column, say(name), bold)
                sheet.set_column(column, column, 14 if kind == NUMBER else 26)
                for line, row in enumerate(rows, 1):
                    value = row[key]
                    if isinstance(value, str):
                        sheet.write_string(line, column, value[:32_000])
                    elif value is not None:
                        sheet.write_number(line, column, value, wide)

"""``stats_report``: a month on one page, and on paper."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from preau.kit.errors import PreauError
from preau.learn.courses.runs import run_named
from preau.learn.events.export import write_new
from preau.learn.insights.report.contents import report_of
from preau.learn.insights.report.page import page_of
from preau.learn.insights.report.paper import paper_of


class Command(BaseCommand):
    """Writes an HTML page and a PDF beside it."""

    help = "Write the statistics of a month as a page to send."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which month, of what, where to."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--month", required=True, metavar="YYYY-MM")
        parser.add_argument("--run", metavar="KEY", default="")
        parser.add_argument("--language", default="")

    def handle(self, *args: object, **options: Any) -> None:
        """Read what was gathered, write both."""
        page = options["file"]
        if page.suffix != ".html":
            raise PreauError(f"{page} does not end in .html; the PDF is written beside it.")
        try:
            month = date.fromisoformat(f"{options['month']}-01")
        except ValueError:
            raise PreauError(f"“{options['month']}” is no month; write it as 2026-10.") from None
        run = run_named(options["run"]) if options["run"] else None
        languages = [code for code, _name in settings.LANGUAGES]
        language = options["language"] or settings.LANGUAGE_CODE
        if language not in languages:
            raise PreauError(f"There is no language “{language}”; take {' or '.join(languages)}.")
        with translation.override(language):
            report = report_of(month, run)
            html, pdf = page_of(report).encode(), paper_of(report)
        self._write(page, html)
        self._write(page.with_suffix(".pdf"), pdf)

    def _write(self, path: Path, content: bytes) -> None:
        size = write_new(path, lambda made: made.write_bytes(content))
        self.stdout.write(f"{path}: {size / 1024:,.0f} KiB.")

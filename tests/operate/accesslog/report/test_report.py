"""The report is whole, in both languages, and nothing in a log gets out of its place in it."""

import csv
import json
import re
import zipfile
from io import StringIO
from pathlib import Path

import pytest

from preau.operate.accesslog.analysis.definitions import Definitions
from preau.operate.accesslog.report import (
    csv_files,
    page,
    tables,
    terminal,
    values,
    words,
    workbook,
)
from tests.operate.accesslog.logs import line, result, write

EVIL = "<script>alert(1)</script>"
TEXT = '%v:%p %h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i" %D'


@pytest.fixture
def counted(tmp_path):
    lines = [
        f"a.example:80 {line(f'/{EVIL}/<img/src=x/onerror=alert(1)>', at=number, host=f'h{number}')} 12"
        for number in range(3)
    ]
    lines += [
        f"a.example:80 {line('/', user=EVIL, referrer=f'https://x/{EVIL}', agent=f'{EVIL}/1.0')} 7",
        f"a.example:80 {line('/=1+1', status=404, referrer='=cmd()', host='-2+3')} 7",
        f"a.example:80 {line('/a', host='h9', agent='x' + chr(27) + '[2J')} 7",
        f"nonsense {EVIL} \x1b[31m",
    ]
    return result(tmp_path / "store", write(tmp_path / "a.log", *lines), text=TEXT)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_runs_nothing_and_needs_nothing(counted, language):
    made = page.page_of(counted, Definitions(), language)
    assert "<script" not in made
    assert "<img" not in made
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in made
    assert "default-src 'none'" in made
    assert not re.search(r'(src|href)="(?!#)', made)
    assert f'<html lang="{language}">' in made


def test_every_text_has_its_french():
    texts = set(tables.GROUPS)
    for table in tables.TABLES:
        texts |= {table.title, table.definition, *(name for _key, name, _kind in table.columns)}
    folder = Path(page.__file__).parent
    for path in [*folder.glob("*.py"), *folder.glob("templates/*.html")]:
        texts |= set(re.findall(r'say\(\s*"([^"]+)"', path.read_text()))
    assert sorted(text for text in texts if text not in words.french()) == []
    for text, french in words.french().items():
        assert sorted(re.findall(r"{\w+}", text)) == sorted(re.findall(r"{\w+}", french))
        assert not re.search(r" [:;?!»]|« ", french), french


def test_a_page_has_every_list_that_has_anything(counted):
    made = page.page_of(counted, Definitions(), "en")
    for name, rows in counted.lists.items():
        if rows and name not in ("months", "weekday_hours"):
            assert f'id="{name}"' in made, name


def test_every_list_is_described_and_has_its_columns(counted):
    described = {table.name: table for table in tables.TABLES}
    for name, rows in counted.lists.items():
        if name != "weekday_hours":
            assert name in described
        for row in rows[:1]:
            if name in described:
                assert {key for key, _name, _kind in described[name].columns} <= set(row)


def test_csv_has_all_rows_and_no_formula(counted, tmp_path):
    written = csv_files.write_csv(counted, tmp_path / "csv")
    assert {path.stem for path in written} >= {"days", "hosts", "pages", "errors", "statuses"}
    for path in written:
        rows = list(csv.DictReader(StringIO(path.read_text())))
        assert len(rows) == len(counted.lists[path.stem])
        for row in rows:
            assert not any(text.startswith(("=", "@", "+")) for text in row.values())
    errors = list(csv.DictReader(StringIO((tmp_path / "csv" / "errors.csv").read_text())))
    assert errors[0]["referrer"] == "'=cmd()"


def test_the_workbook_has_texts_as_texts(counted, tmp_path):
    path = tmp_path / "a.xlsx"
    workbook.write_workbook(counted, path, "fr")
    with zipfile.ZipFile(path) as made:
        sheets = [made.read(name).decode() for name in made.namelist() if "worksheets/" in name]
        assert "<f>" not in "".join(sheets)
        assert "=cmd()" in made.read("xl/sharedStrings.xml").decode()
    assert len(sheets) > 10


def test_a_terminal_obeys_nothing_in_a_log(counted):
    text = "\n".join(terminal.lines_of(counted, Definitions(), "en"))
    assert "\x1b[2J" not in text
    assert "\x1b[31m" not in text


def test_another_period_stands_beside_it(tmp_path):
    one = result(tmp_path / "one", write(tmp_path / "1.log", *(line(at=n * 90) for n in range(4))))
    two = result(tmp_path / "two", write(tmp_path / "2.log", line(at=3e4), line(at=4e4)))
    made = page.page_of(one, Definitions(), "en", two)
    assert "+100\u00a0% against 2" in made
    assert "Compared with 2026-10-26 – 2026-11-02" in made


@pytest.mark.parametrize(
    ("value", "english", "french"),
    [(0, "0", "0"), (1234567, "1,234,567", "1\u202f234\u202f567"), (1.5, "1.5", "1,5")],
)
def test_numbers_are_written_as_people_do(value, english, french):
    assert values.number(value, "en") == english
    assert values.number(value, "fr") == french


@pytest.mark.parametrize(
    ("value", "english", "french"),
    [
        (0, "0\u00a0B", "0\u00a0o"), (999, "999\u00a0B", "999\u00a0o"),
        (1500, "1.5\u00a0kB", "1,5\u00a0ko"), (132_494_905_901, "132\u00a0GB", "132\u00a0Go"),
    ],
)  # fmt: skip
def test_sizes_are_short(value, english, french):
    assert values.size(value, "en") == english
    assert values.size(value, "fr") == french


def test_json_and_page_are_of_the_same_numbers(counted):
    assert json.loads(json.dumps(counted.summary)) == counted.summary

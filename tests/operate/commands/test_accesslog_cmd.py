"""``preau accesslog`` as a script uses it."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.operate.accesslog.logs import line, write

SCHEMA = Path(__file__).parents[3] / "docs" / "reference" / "accesslog.schema.json"


@pytest.fixture
def log(tmp_path):
    lines = [line(f"/{number % 3}", at=720 * number, host=f"h{number}") for number in range(60)]
    return write(tmp_path / "access.log", *lines, "nonsense")


def test_the_contract_of_scripts(preau, log, tmp_path):
    page, document = tmp_path / "report.html", tmp_path / "report.json"
    done = preau("accesslog", "report", log, "--format", "combined", "-o", page, "--json", document)
    assert (done.code, done.out) == (0, "")
    said = json.loads(document.read_text())
    assert said["summary"]["lines"] == 61
    assert said["summary"]["unparsed"] == 1
    assert {"hits", "pages", "bytes", "visits", "unique_visitors", "robots_hits"} <= set(
        said["summary"]
    )
    assert said["summary"]["hits"] == said["summary"]["visits"] == 60
    assert page.read_text().startswith("<!doctype html>")


def test_the_document_is_as_its_schema_says(preau, log, tmp_path):
    schema = json.loads(SCHEMA.read_text())
    Draft202012Validator.check_schema(schema)
    document = tmp_path / "report.json"
    preau("accesslog", "report", log, "--compare", "2026-10", "2026-11", "--json", document)
    said = json.loads(document.read_text())
    Draft202012Validator(schema).validate(said)
    assert said["summary"]["hits"] == 7
    assert said["compared_with"]["summary"]["hits"] == 53
    del said["summary"]["visits"]
    assert not Draft202012Validator(schema).is_valid(said)


def test_days_may_be_chosen(preau, log, tmp_path):
    document = tmp_path / "report.json"
    preau(
        "accesslog",
        "report",
        log,
        "--since",
        "2026-10-10",
        "--until",
        "2026-10-12",
        "--json",
        document,
    )
    said = json.loads(document.read_text())
    assert (said["first_day"], said["last_day"], said["summary"]["hits"]) == (
        "2026-10-10",
        "2026-10-12",
        6,
    )


def test_without_a_file_it_is_shown(preau, log):
    done = preau("accesslog", "report", log, "--language", "fr")
    assert done.code == 0
    assert "Visiteurs uniques" in done.out
    assert "2026-10-05 – 2026-11-04" in done.out


def test_a_store_is_read_again_without_a_log(preau, log, tmp_path):
    store = tmp_path / "store"
    preau("accesslog", "report", log, "--store", store)
    document = tmp_path / "report.json"
    done = preau("accesslog", "report", "--store", store, "--json", document)
    assert done.code == 0
    assert json.loads(document.read_text())["summary"]["hits"] == 60


def test_a_part_is_counted(preau, log, tmp_path):
    document = tmp_path / "report.json"
    preau("accesslog", "report", log, "--path", "/1", "--json", document)
    said = json.loads(document.read_text())
    assert said["filters"] == {"path": "/1"}
    assert said["summary"]["hits"] == said["summary"]["unique_visitors"] == 20


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ((), "Name at least one log, or a store that has read some (--store DIR)."),
        (("missing.log",), "missing.log: there is no such file to read a log from."),
        (("LOG", "--format", "nix"), "“nix” is no format of a log"),
        (("LOG", "--status", "4"), "--status 4: “4” is no status; write 404, or 5xx."),
        (("LOG", "--compare", "2026-13", "x"), "“x” is no month; write it as 2026-10."),
        (("LOG", "--compare", "2026-09", "2026-10", "--since", "2026-10-01"), "not both"),
        (("LOG", "-o", "/nowhere/at/all.html"), "/nowhere/at/all.html: it cannot be written"),
    ],
)
def test_bad_words_get_one_sentence(preau, log, words, wrong):
    done = preau("accesslog", "report", *(log if word == "LOG" else word for word in words))
    assert done.code == 1
    assert wrong in done.err
    assert len(done.err.strip().splitlines()) == 1


def test_a_log_of_an_unknown_format_is_said(preau, tmp_path):
    log = write(tmp_path / "a.log", "this is", "no log")
    done = preau("accesslog", "report", log)
    assert done.code == 1
    assert "The format of the log is not known: give it with --format." in done.err

"""The report of a month: a page that needs nothing, and a PDF that says the same."""

import re
from datetime import date

import pytest
from django.core.management import call_command
from pypdf import PdfReader

from preau.kit.errors import PreauError
from tests.learn.events.writing import DAY, moment
from tests.learn.insights.test_pages import gather, record
from tests.people import RUN, ada, person, small_run

pytestmark = pytest.mark.django_db

HOSTILE = 'Ohm & <script>alert(1)</script> #panic("x") ] $ \\'


@pytest.fixture
def run(tmp_path):
    it = small_run(tmp_path / "course")
    record(it, ada(it), *(moment(DAY, hour) for hour in (8, 9)))
    record(it, person("Bob"), moment(DAY, 9))
    record(it, person("Cleo"), moment(date(2026, 9, 30), 9))
    gather(date(2026, 10, 31))
    return it


def report(path, *words):
    call_command("stats_report", str(path), *words)
    return path.read_text(), PdfReader(path.with_suffix(".pdf"))


def fact(html, name):
    """The number of that name, and what is said of the month before."""
    found = re.search(rf"<dt>{name}</dt><dd>([^<]*)(?: <span[^>]*>([^<]*)</span>)?</dd>", html)
    return found[1].strip(), found[2]


def words_of(pdf):
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def test_it_has_the_numbers_of_the_month_and_those_before(run, tmp_path):
    html, pdf = report(tmp_path / "r.html", "--month", "2026-10", "--language", "en")
    assert fact(html, "Active people") == ("2", "1 the month before, +100 %")
    assert fact(html, "Pages opened") == ("3", "1 the month before, +200 %")
    assert "Counted up to and with Oct. 6, 2026" in html
    words = words_of(pdf)
    assert "Pages opened 3 1 the month before, +200 %" in words
    assert f"{RUN} " in words, "the runs have their table"


def test_it_can_be_of_one_run(run, tmp_path):
    html, pdf = report(
        tmp_path / "r.html", "--month", "2026-10", "--run", RUN, "--language", "en"
    )  # fmt: skip
    sections = re.findall(r'<section class="statistic" id="([a-z]+)"', html)
    assert sections == ["accesses", "actions", "people", "funnel", "activities", "hours"]
    assert fact(html, "Active people")[0] == "2"
    assert "From enrolment to the end" in words_of(pdf)


def test_the_page_needs_nothing_beside_it(run, tmp_path):
    html, _pdf = report(tmp_path / "r.html", "--month", "2026-10")
    assert re.findall(r"<(?:script|link|img|iframe)\b", html) == []
    assert re.findall(r"url\(|@import|\b(?:src|href)=", html) == []
    assert "default-src 'none'" in html


def test_the_pdf_can_be_read_aloud(run, tmp_path):
    _html, pdf = report(tmp_path / "r.html", "--month", "2026-10", "--language", "fr")
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "fr"
    assert "octobre 2026" in pdf.metadata.title


def test_it_speaks_the_language_that_is_asked_for(run, tmp_path):
    html, _pdf = report(tmp_path / "r.html", "--month", "2026-10", "--language", "fr")
    assert '<html lang="fr">' in html
    assert fact(html, "Personnes actives")[0] == "2"


def test_titles_are_text_on_the_page_and_on_paper(run, tmp_path):
    run.course.title = {"en": HOSTILE, "fr": HOSTILE}
    run.course.save()
    html, pdf = report(tmp_path / "r.html", "--month", "2026-10", "--run", RUN)
    assert "<script" not in html
    assert '#panic("x") ] $' in words_of(pdf)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["r.html", "--month", "2026-07"], "2026-07 is not gathered"),
        (["r.html", "--month", "October"], "“October” is no month; write it as 2026-10"),
        (["r.pdf", "--month", "2026-10"], "does not end in .html"),
        (["r.html", "--month", "2026-10", "--run", "nix"], "There is no run “nix”"),
        (["r.html", "--month", "2026-10", "--language", "xx"], "There is no language “xx”"),
        (["none/r.html", "--month", "2026-10"], "can't be written: No such file"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(run, tmp_path, words, said):
    with pytest.raises(PreauError, match=re.escape(said)):
        call_command("stats_report", str(tmp_path / words[0]), *words[1:])
    assert list(tmp_path.glob("*.html")) + list(tmp_path.glob("*.pdf")) == []


def test_a_file_that_is_there_stays(run, tmp_path):
    (tmp_path / "r.html").write_text("mine")
    with pytest.raises(PreauError, match="is there already"):
        call_command("stats_report", str(tmp_path / "r.html"), "--month", "2026-10")
    assert (tmp_path / "r.html").read_text() == "mine"

"""The web log's report is shown to the operator, and does nothing in their browser."""

import os

import pytest

from tests.learn.quizzes.taking import see
from tests.people import claire, otto, signed_in, small_run

pytestmark = pytest.mark.django_db

PAGE = "/statistics/weblog/"
REPORT = "<!doctype html><title>Web log</title><p>é</p><script>alert(1)</script>"


@pytest.fixture
def operator():
    return signed_in(otto())


@pytest.fixture
def report(settings, tmp_path):
    path = tmp_path / "report.html"
    path.write_text(REPORT)
    settings.STATISTICS_WEB_LOG_REPORT = str(path)
    return path


def test_the_report_is_shown_as_it_was_made_and_runs_nothing(operator, report):
    answer = operator.get(PAGE)
    assert b"".join(answer.streaming_content).decode() == REPORT
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    policy = answer["Content-Security-Policy"].split("; ")
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert not any(it.startswith("script-src") for it in policy)
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    report.write_text("newer")
    assert b"".join(operator.get(PAGE).streaming_content) == b"newer"


def test_a_name_without_a_folder_is_one_of_the_sites(operator, settings, tmp_path):
    settings.SITE_FOLDER = tmp_path
    (tmp_path / "log.html").write_text("there")
    settings.STATISTICS_WEB_LOG_REPORT = "log.html"
    assert b"".join(operator.get(PAGE).streaming_content) == b"there"


def test_where_there_is_none_it_says_how_to_make_it(operator, settings):
    settings.STATISTICS_WEB_LOG_REPORT = ""
    html = see(operator, PAGE)
    assert "preau accesslog report" in html
    assert "statistics.web_log_report" in html
    assert "message-warning" not in html


def test_what_is_wrong_with_the_file_is_said(operator, settings, tmp_path):
    settings.STATISTICS_WEB_LOG_REPORT = str(tmp_path / "missing.html")
    assert f"{tmp_path}/missing.html: there is no such file." in see(operator, PAGE)
    settings.STATISTICS_WEB_LOG_REPORT = str(tmp_path)
    assert f"{tmp_path}: there is no such file." in see(operator, PAGE)
    os.mkfifo(tmp_path / "pipe")
    settings.STATISTICS_WEB_LOG_REPORT = str(tmp_path / "pipe")
    assert "there is no such file" in see(operator, PAGE)


def test_the_sites_statistics_lead_there(operator):
    assert f'href="{PAGE}"' in see(operator, "/statistics/")


def test_it_is_the_operators_alone(report, tmp_path):
    run = small_run(tmp_path / "course")
    assert signed_in(claire(run)).get(PAGE).status_code == 403

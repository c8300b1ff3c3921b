"""My courses: which, in which order, how far, and where to go on."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from preau.learn.courses.models import Run
from preau.learn.enrolments.actions import place_in_run, unenrol
from preau.learn.enrolments.models import Enrolment
from tests.learn.courses.changing import replaced, without_practice
from tests.learn.home.offers import OPEN_RUN, offered
from tests.learn.theme.html import read_page
from tests.people import ada, imported, noah, place, signed_in, small_run

pytestmark = pytest.mark.django_db

PAGES = ["sine", "practice", "film", "packets", "table", "data", "rfc"]


@pytest.fixture
def run(tmp_path):
    return small_run(tmp_path / "small")


def dashboard(who, language="en"):
    return read_page(signed_in(who, language).get("/dashboard/"))


def cards(who, language="en"):
    return dashboard(who, language).all("article", "dashboard-card")


def card(who, language="en"):
    (only,) = cards(who, language)
    return only


def titles(who):
    return [it.one("h2").text for it in cards(who)]


def button(who):
    """The words of the card's button and where it leads."""
    found = card(who).one("a", "button")
    return found.text, found["href"]


def do(browser, *keys):
    """Do these activities as their rules ask."""
    for key in keys:
        browser.get(f"/learn/small-now/{key}/")
        if key == "practice":
            browser.post(f"/learn/small-now/{key}/complete/", {"done": "1"})
        if key == "film":
            watch(browser, 20)


def watch(browser, until):
    sent = {"position": until, "duration": 20, "seen": [[0, until]]}
    browser.post(
        "/learn/small-now/film/watched/", json.dumps(sent), content_type="application/json"
    )


def test_who_follows_nothing_is_led_to_the_catalogue():
    empty = dashboard(noah()).one("div", "empty")
    assert empty.one("h2").text == "You follow no course yet"
    assert empty.one("a", "button")["href"] == "/courses/"


def test_a_visitor_is_asked_to_sign_in():
    answer = signed_in(None).get("/dashboard/")
    assert answer["Location"] == "/account/login/?next=%2Fdashboard%2F"


def test_a_new_course_is_there_to_be_started(run):
    who = ada(run)
    shown = card(who)
    assert shown.one("p", "eyebrow").text == "Now"
    assert shown.one("h2").one("a")["href"] == "/learn/small-now/"
    assert button(who) == ("Start: A small course The sine", "/learn/small-now/sine/")
    progress = shown.one("progress")
    assert (progress["max"], progress["value"]) == ("7", "0")
    assert progress["aria-label"] == "Progress in A small course"
    assert shown.one("p", "progress-line").text == "0 %"
    assert signed_in(who).get(shown.one("img")["src"]).status_code == 200


def test_it_goes_on_with_what_is_next_to_do(run):
    who = ada(run)
    browser = signed_in(who)
    do(browser, "sine", "practice")
    assert button(who) == ("Continue: A small course A film", "/learn/small-now/film/")
    assert card(who).one("p", "progress-line").text == "28 %"
    assert card(who).one("progress")["value"] == "2"
    browser.post("/learn/small-now/practice/complete/", {"done": "0"})
    assert card(who).one("p", "progress-line").text == "14 %"
    watch(browser, 3)
    assert button(who) == ("Continue: A small course A film", "/learn/small-now/film/")


def test_a_finished_course_says_so(run):
    who = ada(run)
    do(signed_in(who), *PAGES)
    assert button(who) == ("Finished: A small course", "/learn/small-now/")
    assert card(who).one("p", "progress-line").text == "100 %"
    assert card(who).one("progress")["value"] == "7"


def test_it_is_said_in_the_language_of_the_page(run):
    who = ada(run)
    do(signed_in(who), "sine")
    shown = card(who, "fr")
    assert shown.one("h2").text == "Un petit cours"
    assert shown.one("p", "eyebrow").text == "Maintenant"
    assert shown.one("a", "button").text == "Continuer: Un petit cours Exercice"


def test_progress_never_says_more_than_there_is_when_the_course_shrinks(run, tmp_path):
    who = ada(run)
    do(signed_in(who), *PAGES)
    without_practice(tmp_path / "small")
    imported(tmp_path / "small")
    assert card(who).one("progress")["max"] == "6"
    assert card(who).one("p", "progress-line").text == "100 %"


def test_where_the_last_activity_is_gone_it_still_goes_on(run, tmp_path):
    who = ada(run)
    do(signed_in(who), "sine", "practice")
    without_practice(tmp_path / "small")
    imported(tmp_path / "small")
    assert button(who) == ("Continue: A small course A film", "/learn/small-now/film/")


def test_what_was_worked_in_last_stands_first_and_what_was_not_begun_last(run, tmp_path):
    who = ada(run)
    for name in ("earlier", "later", "never"):
        offered(tmp_path, name, OPEN_RUN)
        place_in_run(who, Run.objects.get(key=f"{name}-1"))
    browser = signed_in(who)
    browser.get("/learn/earlier-1/read/")
    browser.get("/learn/later-1/read/")
    assert titles(who) == ["Later", "Earlier", "Never", "A small course"]
    do(browser, "sine")
    assert titles(who) == ["A small course", "Later", "Earlier", "Never"]


def test_of_courses_not_begun_the_newest_stands_first(run, tmp_path):
    who = ada(run)
    for name in ("first", "second"):
        offered(tmp_path, name, OPEN_RUN)
        place_in_run(who, Run.objects.get(key=f"{name}-1"))
    assert titles(who) == ["Second", "First", "A small course"]


def test_only_what_the_person_follows_now_is_there(run):
    who, other = ada(run), noah()
    place_in_run(other, Run.objects.get(key="small-keyed"))
    assert [it.one("p", "eyebrow").text for it in cards(other)] == ["With a key"]
    do(signed_in(who), "sine")
    unenrol(place(who).enrolment)
    assert cards(who) == []
    signed_in(who).post("/runs/small-now/enrol/")
    assert card(who).one("p", "progress-line").text == "14 %"


def test_a_session_that_is_over_or_taken_out_stays_with_its_people(run, tmp_path):
    who = ada(run)
    replaced(tmp_path / "small", "runs.yaml", "key: small-now", "key: small-then")
    imported(tmp_path / "small")
    Run.objects.filter(key="small-now").update(ends_at=timezone.now() - timedelta(days=1))
    assert Run.objects.get(key="small-now").retired
    assert titles(who) == ["A small course"]
    assert signed_in(who).get(button(who)[1]).status_code == 200


def test_titles_are_text_and_never_html(tmp_path):
    offered(tmp_path, "evil", {**OPEN_RUN, "title": "<i>Run</i>"}, title="<b>Title</b> & {{ x }}")
    who = noah()
    place_in_run(who, Run.objects.get(key="evil-1"))
    shown = card(who)
    assert shown.one("h2").text == "<b>Title</b> & {{ x }}"
    assert shown.one("p", "eyebrow").text == "<i>Run</i>"
    assert shown.all("progress")[0]["aria-label"] == "Progress in <b>Title</b> & {{ x }}"


def test_the_page_is_for_its_reader_only(run):
    who = ada(run)
    answer = signed_in(who).get("/dashboard/")
    assert answer["Cache-Control"] == "private, no-cache"
    assert Enrolment.objects.count() == 1
    assert dashboard(who).one("details", "menu").one("summary").text == "Ada"

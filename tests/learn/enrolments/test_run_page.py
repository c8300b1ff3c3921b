"""The course page and the dashboard: how far one is, and where to go on."""

import re

import pytest

from preau.learn.courses.models import Run
from preau.learn.enrolments.actions import place_in_run
from tests.learn.enrolments.doing import (
    COURSE,
    NOTEBOOK,
    SEARCH,
    bars,
    complete_everything,
    complete_waves,
    course_with,
    read,
    see,
    tick,
    ticked,
    watch,
    way_on,
)
from tests.people import ada, claire, mina, noah, otto, place, signed_in, theo

pytestmark = pytest.mark.django_db

FINISHED = "You have finished this course. Well done!"


@pytest.fixture
def browser(run):
    """Ada's."""
    return signed_in(ada(run))


# How far one is


def test_the_bars_of_the_course_page_start_empty(browser):
    page = see(browser)
    assert bars(page) == [(0, 7), (0, 3)], "the course and its open section"
    assert "0 % · 7 activities" in read(browser)


def test_every_step_is_counted_in_the_course_in_its_section_and_on_the_dashboard(browser):
    steps = (
        (lambda: browser.get(f"{COURSE}sine/"), 1, 14),
        (lambda: tick(browser), 2, 28),
        (lambda: watch(browser, (0, 20)), 3, 42),
        (lambda: tick(browser, done="0"), 2, 28),
    )
    for step, count, percent in steps:
        step()
        assert bars(see(browser))[:2] == [(count, 7), (count, 3)]
        assert f"{percent} % · 7 activities" in read(browser)
        assert f"{count} / 3" in read(browser)
        assert bars(see(browser, "/dashboard/")) == [(count, 7)]
        assert f"{percent} %" in read(browser, "/dashboard/")


def test_the_second_section_is_counted_on_its_own(browser):
    complete_waves(browser)
    browser.get(f"{COURSE}packets/")
    assert bars(see(browser)) == [(4, 7), (3, 3), (1, 4)]
    assert ticked(see(browser)) == ["The sine", "Practice", "A film", "Packets"]


def test_the_dashboard_keeps_the_progress_of_each_run_apart(run):
    who = ada(run)
    place_in_run(who, Run.objects.get(key="small-keyed"))
    browser = signed_in(who)
    complete_waves(browser)
    assert sorted(bars(see(browser, "/dashboard/"))) == [(0, 7), (3, 7)]
    assert bars(see(browser, "/learn/small-keyed/"))[0] == (0, 7)


def test_the_run_one_worked_in_last_comes_first_on_the_dashboard(run):
    who = ada(run)
    place_in_run(who, Run.objects.get(key="small-keyed"))
    browser = signed_in(who)

    def order():
        return re.findall(r'<h2[^>]*><a href="/learn/([a-z-]+)/"', see(browser, "/dashboard/"))

    browser.get(f"{COURSE}sine/")
    assert order() == ["small-now", "small-keyed"], "where nothing was done yet comes last"
    browser.get("/learn/small-keyed/sine/")
    assert order() == ["small-keyed", "small-now"]


def test_who_follows_nothing_is_shown_the_catalogue():
    page = see(signed_in(noah()), "/dashboard/")
    assert "You follow no course yet" in page
    assert bars(page) == []


def test_a_finished_course_says_so_everywhere(browser, run):
    complete_everything(browser)
    page = read(browser)
    assert FINISHED in page
    assert "100 % · 7 activities" in page
    assert bars(see(browser)) == [(7, 7), (3, 3), (4, 4)]
    words_, address = way_on(see(browser, "/dashboard/"))
    assert words_.startswith("Finished")
    assert address == COURSE
    assert run.enrolments.get().finished_at is not None


def test_a_tick_taken_away_after_the_end_is_to_be_done_again(browser, run):
    complete_everything(browser)
    first = run.enrolments.get().finished_at
    tick(browser, done="0")
    assert FINISHED not in read(browser)
    assert bars(see(browser))[0] == (6, 7)
    tick(browser)
    assert FINISHED in read(browser)
    assert run.enrolments.get().finished_at == first, "when it was finished is not forgotten"


# Where to go on


def test_it_starts_with_the_first_activity_that_counts(browser):
    assert way_on(see(browser)) == ("Start : The sine", f"{COURSE}sine/")
    assert way_on(see(browser, "/dashboard/"))[1] == f"{COURSE}sine/"


def test_it_goes_on_with_the_next_to_do(browser):
    browser.get(f"{COURSE}sine/")
    assert way_on(see(browser)) == ("Continue : Practice", f"{COURSE}practice/")
    tick(browser)
    assert way_on(see(browser)) == ("Continue : A film", f"{COURSE}film/")


def test_it_goes_on_where_one_worked_last_and_that_is_not_complete(browser):
    watch(browser, (0, 5), position=5)
    assert way_on(see(browser)) == ("Continue : A film", f"{COURSE}film/")
    words_, address = way_on(see(browser, "/dashboard/"))
    assert (words_, address) == ("Continue : A small course A film", f"{COURSE}film/")


def test_it_comes_back_to_what_was_left_out(browser):
    watch(browser, (0, 20))
    assert way_on(see(browser)) == ("Continue : The sine", f"{COURSE}sine/")


def test_it_passes_over_what_is_locked_and_goes_in_when_it_opens(browser):
    tick(browser)
    watch(browser, (0, 20))
    assert way_on(see(browser))[1] == f"{COURSE}sine/"
    browser.get(f"{COURSE}sine/")
    assert way_on(see(browser))[1] == f"{COURSE}packets/"


def test_there_is_nothing_to_go_on_with_while_the_rest_is_locked(db, folder, clock):
    run = course_with(folder, "pace: self, release: {networks: 2026-09-14}")
    who = ada(run)
    clock("2026-09-01T00:00")
    browser = signed_in(who)
    complete_waves(browser)
    page = see(browser)
    assert 'class="button" href' not in page
    assert FINISHED not in page


def test_the_way_on_is_shown_in_the_language_of_the_page(run):
    browser = signed_in(ada(run), "fr")
    assert way_on(see(browser)) == ("Commencer : Le sinus", f"{COURSE}sine/")
    browser.get(f"{COURSE}sine/")
    assert way_on(see(browser)) == ("Continuer : Exercice", f"{COURSE}practice/")


def test_opening_what_is_complete_does_not_move_the_place(browser):
    browser.get(f"{COURSE}sine/")
    tick(browser)
    browser.get(f"{COURSE}sine/")
    assert way_on(see(browser))[1] == f"{COURSE}film/"


# What the page offers


def test_a_label_stands_in_the_outline(browser):
    page = see(browser)
    assert "Start here." in page
    assert "Welcome" not in page


def test_only_who_teaches_is_led_to_the_people(run):
    assert "/people/" not in see(signed_in(ada(run)))
    for who in (theo(run), claire(run), mina(), otto()):
        assert "/runs/small-now/people/" in see(signed_in(who))


@pytest.mark.parametrize("who", ["learner", "tutor", "teacher", "manager", "operator"])
def test_every_link_of_the_page_leads_somewhere_for_who_sees_it(run, who):
    cast = {
        "learner": lambda: ada(run),
        "tutor": lambda: theo(run),
        "teacher": lambda: claire(run),
        "manager": mina,
        "operator": otto,
    }
    browser = signed_in(cast[who]())
    links = set(re.findall(r'<a [^>]*href="(/(?:learn|runs)/[^"#]+)"', see(browser)))
    assert SEARCH not in links
    broken = {link for link in links if browser.get(link).status_code != 200}
    assert broken == set()


def test_a_learner_finds_the_notebook_from_the_course(browser):
    assert f'href="{NOTEBOOK}"' in see(browser)


def test_who_only_looks_in_has_no_way_on_and_no_progress(run):
    manager = mina()
    page = see(signed_in(manager))
    assert "button-detail" not in page
    assert bars(page)[0] == (0, 7)
    assert place(manager).enrolment is None

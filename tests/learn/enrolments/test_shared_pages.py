"""Pages are rendered once for everybody: nothing of one person is ever seen by another."""

import re

import pytest
from django.test import Client

from preau.learn.enrolments.actions import place_in_run
from tests.learn.enrolments.doing import (
    COURSE,
    bars,
    complete_waves,
    open_sections,
    see,
    tick,
    ticked,
    watch,
)
from tests.people import claire, mina, person, signed_in

pytestmark = pytest.mark.django_db

PATHS = ("/dashboard/", COURSE, f"{COURSE}sine/", f"{COURSE}practice/", f"{COURSE}film/")
NOTE = "Xylophones have short waves."


def learner(run, name: str, **more: object):
    who = person(name, **more)
    place_in_run(who, run)
    return who


@pytest.fixture
def pair(run):
    """Two learners in the same language: Xavier did much, Yvonne nothing."""
    return signed_in(learner(run, "Xavier")), signed_in(learner(run, "Yvonne"))


def busy(browser) -> None:
    complete_waves(browser)
    watch(browser, position=7)
    browser.post(f"{COURSE}practice/bookmark/", {"bookmarked": "1"})
    browser.post(f"{COURSE}practice/note/", {"note": NOTE})


@pytest.mark.parametrize("first", ["who did much", "who did nothing"])
@pytest.mark.parametrize("path", PATHS)
def test_whoever_comes_second_sees_nothing_of_the_first(pair, path, first):
    one, other = pair
    busy(one)
    for browser in pair if first == "who did much" else reversed(pair):
        see(browser, path)
    mine, hers = see(one, path), see(other, path)
    assert "Xavier" in mine
    assert "Yvonne" not in mine
    assert "Yvonne" in hers
    assert "Xavier" not in hers
    assert NOTE not in hers
    assert hers.count("tick-check") <= 1  # the page that opening it completes
    assert 'data-position="7' not in hers
    assert 'aria-pressed="true"' not in hers


def test_each_has_their_own_ticks_bars_and_locks(pair):
    one, other = pair
    busy(one)
    tick(other)
    for _again in range(2):
        assert ticked(see(one)) == ["The sine", "Practice", "A film"]
        assert ticked(see(other)) == ["Practice"]
        assert bars(see(one))[0] == (3, 7)
        assert bars(see(other))[0] == (1, 7)
        assert open_sections(one) == ["waves", "networks"]
        assert open_sections(other) == ["waves"]


def tokens(page: str) -> set[str]:
    found = re.findall(r'name="csrfmiddlewaretoken" value="([^"]*)"', page)
    return set(found + re.findall(r'data-csrf="([^"]*)"', page))


@pytest.mark.parametrize("path", [f"{COURSE}practice/", f"{COURSE}film/"])
def test_each_page_has_a_token_of_its_own_that_is_not_empty(pair, path):
    mine, hers = (tokens(see(browser, path)) for browser in pair)
    assert len(mine) == len(hers) == 1, "all forms of a page have the same"
    assert all(len(it) >= 32 for it in mine | hers)
    assert mine.isdisjoint(hers)


def test_the_token_of_one_is_no_use_to_the_other(run):
    browsers = []
    for name in ("Xavier", "Yvonne"):
        browser = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
        browser.force_login(learner(run, name))
        browsers.append(browser)
    one, other = browsers
    (mine,), (hers,) = (tokens(see(it, f"{COURSE}practice/")) for it in browsers)
    sent = {"done": "1", "csrfmiddlewaretoken": mine}
    assert other.post(f"{COURSE}practice/complete/", sent).status_code == 403
    assert one.post(f"{COURSE}practice/complete/", sent).status_code == 302
    sent["csrfmiddlewaretoken"] = hers
    assert other.post(f"{COURSE}practice/complete/", sent).status_code == 302


def test_a_message_is_for_who_caused_it(pair):
    one, other = pair
    one.post(f"{COURSE}practice/note/", {"note": NOTE})
    assert "Your note is saved." not in see(other, f"{COURSE}practice/")
    assert "Your note is saved." in see(one, f"{COURSE}practice/")
    assert "Your note is saved." not in see(one, f"{COURSE}practice/")


def test_the_french_and_the_english_do_not_share_a_page(run):
    english = signed_in(learner(run, "Xavier", language="en"))
    french = signed_in(learner(run, "Yvonne", language="fr"))
    for path in PATHS[1:]:
        assert '<html lang="en">' in see(english, path)
        assert '<html lang="fr">' in see(french, path)
        assert '<html lang="en">' in see(english, path)


def test_what_only_teachers_see_is_not_shown_to_the_next_learner(run, pair):
    teacher, manager = signed_in(claire(run)), signed_in(mina())
    for path in PATHS[1:]:
        for browser in (teacher, manager):
            see(browser, path)
        assert "/people/" not in see(pair[0], path)
    assert "/people/" in see(teacher)
    assert 'class="activity-actions" hidden' not in see(pair[0], f"{COURSE}practice/")
    assert f'data-watched-url="{COURSE}film/watched/"' in see(pair[0], f"{COURSE}film/")
    assert 'data-watched-url=""' in see(manager, f"{COURSE}film/")


def test_no_hole_is_left_in_any_page(pair):
    for path in PATHS:
        page = see(pair[0], path)
        assert "\ue0f0" not in page
        assert "\ue0f1" not in page


def test_a_new_name_is_shown_at_once(run):
    who = learner(run, "Xavier")
    browser = signed_in(who)
    see(browser)
    who.name = "Xavier <the second>"
    who.save()
    assert "Xavier &lt;the second&gt;" in see(browser)


def test_no_page_of_a_person_is_kept_by_anyone_between(pair):
    for path in PATHS:
        kept = pair[0].get(path)["Cache-Control"]
        assert "private" in kept
        assert "no-cache" in kept

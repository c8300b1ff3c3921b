"""The catalogue of many courses, 24 a page, and the cards on it."""

import pytest

from preau.learn.courses.models import Course
from tests.learn.courses.changing import replaced
from tests.learn.home.offers import DATED_RUN, OPEN_RUN, SOON_RUN, offered
from tests.learn.home.reading import catalogue, choices, counted, shown
from tests.learn.theme.html import read_page
from tests.people import imported, mina, signed_in, small_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def sixty(tmp_path):
    """Sixty courses, half of them about waves."""
    for number in range(60):
        title = "Waves & <strings>" if number % 2 else "Networks"
        offered(tmp_path, f"c{number:02}", OPEN_RUN, title=title)


def keys(*numbers):
    return [f"c{number:02}" for number in numbers]


def test_sixty_courses_stand_on_three_pages_each_once(sixty):
    pages = [catalogue(page=number) for number in (1, 2, 3)]
    assert [shown(page) for page in pages] == [
        keys(*range(24)),
        keys(*range(24, 48)),
        keys(*range(48, 60)),
    ]
    assert [counted(page) for page in pages] == [60, 60, 60]


def test_next_and_previous_walk_through_all_that_was_found(sixty):
    browser = signed_in(None)
    page = catalogue(browser, q="waves & strings", subject="physics", when=["open", "soon"])
    assert page.one("nav", "pagination").one("span").text == "Page 1 of 2"
    assert page.all("a", rel="prev") == []
    forward = page.one("a", rel="next")["href"]
    after = read_page(browser.get(f"/courses/{forward}"))
    assert after.one("nav", "pagination").one("span").text == "Page 2 of 2"
    assert shown(page) + shown(after) == keys(*range(1, 60, 2))
    assert after.all("a", rel="next") == []
    back = read_page(browser.get(f"/courses/{after.one('a', rel='prev')['href']}"))
    assert shown(back) == shown(page)


def test_choosing_a_filter_starts_again_on_the_first_page(sixty):
    page = catalogue(page=3)
    (physics,) = choices(page)["subject"]
    assert physics["href"] == "?subject=physics"


def test_an_odd_page_number_is_taken_for_the_nearest_page(sixty):
    wanted = {
        "0": 1, "4": 3, "999999999999999999999": 3, "-2": 1, "2.0": 1, "two": 1, "": 1, "²": 1,
        "٢": 2, " 2": 1, "2": 2, "02": 2,
    }  # fmt: skip
    found = {
        asked: catalogue(page=asked).one("nav", "pagination").one("span").text for asked in wanted
    }
    assert found == {asked: f"Page {number} of 3" for asked, number in wanted.items()}


def test_one_page_has_no_pagination(tmp_path):
    offered(tmp_path, "physics", OPEN_RUN)
    assert catalogue().all("nav", "pagination") == []


def test_the_page_counts_and_pages_in_french(sixty):
    page = catalogue(signed_in(None, "fr"), page=2)
    assert page.one("h2", "results-count").text == "60 cours"
    assert page.one("nav", "pagination").one("span").text == "Page 2 sur 3"
    assert [it.text for it in page.one("nav", "pagination").all("a")] == [
        "Page précédente",
        "Page suivante",
    ]


# Cards


def card(key, language="en", who=None):
    cards = catalogue(signed_in(who, language)).all("article", "course-card")
    (found,) = (it for it in cards if it.one("a")["href"] == f"/courses/{key}/")
    return found


def test_a_card_says_what_the_course_is_in_the_language_of_the_page(tmp_path):
    small_run(tmp_path / "small")
    english, french = card("small"), card("small", "fr")
    assert english.one("h3").text == "A small course"
    assert english.all("p", "meta")[0].text == "Waves and networks."
    assert english.one("p", "course-card-foot").text == "Open At your own pace · EN, FR"
    assert french.one("h3").text == "Un petit cours"
    assert french.one("p", "eyebrow").text == "Télécommunications"
    assert french.one("p", "course-card-foot").text == "Ouvert À votre rythme · EN, FR"


def test_a_card_shows_the_cover_to_everybody(tmp_path):
    small_run(tmp_path / "small")
    picture = signed_in(None).get(card("small").one("img")["src"])
    assert picture.status_code == 200
    assert picture["Content-Type"] == "image/svg+xml"


def test_a_course_without_a_cover_has_no_picture(tmp_path):
    offered(tmp_path, "physics", OPEN_RUN)
    assert card("physics").all("img") == []


def test_a_card_tells_when_the_session_starts(tmp_path):
    offered(tmp_path, "dated", DATED_RUN)
    offered(tmp_path, "soon", SOON_RUN)
    assert card("dated").one("p", "course-card-foot").text == "Open From Jan. 5, 2099 · EN"
    assert card("soon").one("p", "course-card-foot").text == "Soon From Jan. 5, 2099 · EN"
    assert "À partir du 5 janvier 2099" in card("soon", "fr").one("p", "course-card-foot").text


def test_the_day_of_the_start_is_that_of_the_sessions_own_clock(tmp_path):
    """Midnight in Paris is still the day before in New York, but the course begins on the 5th."""
    offered(tmp_path, "dated", DATED_RUN)
    who = mina()
    who.time_zone = "America/New_York"
    who.save()
    assert "From Jan. 5, 2099" in card("dated", who=who).text
    assert "From Jan. 5, 2099" in card("dated").text


def test_what_an_author_writes_is_text_on_the_card(tmp_path):
    evil = "<script>alert(1)</script> & {{ x }} \"'"
    offered(tmp_path, "evil", OPEN_RUN, title=evil, summary=evil)
    assert card("evil").one("h3").text == evil
    assert card("evil").all("p", "meta")[0].text == evil


def test_a_changed_course_has_a_changed_card_at_once(tmp_path):
    small_run(tmp_path / "small")
    assert card("small").one("h3").text == "A small course"
    replaced(tmp_path / "small", "course.yaml", "A small course", "A tiny course")
    replaced(tmp_path / "small", "runs.yaml", "key: small-now", "key: small-then")
    imported(tmp_path / "small")
    assert card("small").one("h3").text == "A tiny course"
    assert Course.objects.count() == 1


def test_a_changed_session_has_a_changed_card_at_once(tmp_path):
    offered(tmp_path, "dated", SOON_RUN)
    assert "Soon From Jan. 5, 2099" in card("dated").text
    offered(tmp_path, "dated", {**SOON_RUN, "starts": "2099-02-07"})
    assert "Soon From Feb. 7, 2099" in card("dated").text

"""The page of one activity: its place among the others."""

import re

import pytest

from tests.learn.courses.changing import replaced
from tests.learn.enrolments.doing import COURSE, complete_waves, read, see, tick
from tests.people import ada, imported, signed_in, small_folder

pytestmark = pytest.mark.django_db

ORDER = ("sine", "practice", "film", "packets", "table", "data", "rfc")


@pytest.fixture
def browser(run):
    """Ada's, to whom everything is open."""
    browser = signed_in(ada(run))
    complete_waves(browser)
    return browser


def neighbours(page: str) -> tuple[str | None, str | None]:
    """Where previous and next lead."""
    before = re.search(r'rel="prev" href="([^"]+)"', page)
    after = re.search(r'rel="next" href="([^"]+)"', page)
    return before and before[1], after and after[1]


def address(key: str | None) -> str | None:
    return key and f"{COURSE}{key}/"


@pytest.mark.parametrize(
    ("before", "key", "after"),
    list(zip((None, *ORDER[:-1]), ORDER, (*ORDER[1:], None), strict=True)),
)
def test_previous_and_next_walk_through_the_course(browser, before, key, after):
    """Labels are passed over, and the last page of a section leads to the next one."""
    page = see(browser, f"{COURSE}{key}/")
    assert neighbours(page) == (address(before), address(after))


def test_the_last_activity_leads_back_to_the_course(browser):
    page = see(browser, f"{COURSE}rfc/")
    assert f'<a class="activity-next" href="{COURSE}">' in page
    assert "Back to the course" in page


def test_neighbours_are_named_in_the_language_of_the_page(run):
    page = read(signed_in(ada(run), "fr"), f"{COURSE}practice/")
    assert "Précédent Le sinus" in page
    assert "Suivant Un film" in page


def test_the_sidebar_marks_where_one_is_and_what_is_done(browser):
    tick(browser, done="0")
    page = see(browser, f"{COURSE}practice/")
    current = re.findall(r'href="([^"]+)" aria-current="page"', page)
    assert current == [f"{COURSE}practice/"]
    sidebar = page.split("<aside")[1].split("</aside>")[0]
    assert sidebar.count("tick-check") == 2


def test_a_page_names_its_course_its_section_and_how_long_it_takes(browser):
    page = read(browser, f"{COURSE}sine/")
    assert "The sine · A small course · Préau" in page
    assert "Waves The sine Page · 5 min · Completed" in page


def test_a_link_to_another_activity_leads_to_it_in_the_same_run(browser):
    page = see(browser, f"{COURSE}packets/")
    assert re.search(rf'<a href="{COURSE}sine/"[^>]*>the sine</a>', page)


@pytest.mark.parametrize("key", ["welcome", "no-such-page"])
def test_what_has_no_page_is_not_found(browser, key):
    assert browser.get(f"{COURSE}{key}/").status_code == 404


def test_an_activity_of_another_course_is_not_found(browser, tmp_path):
    other = small_folder(tmp_path / "other", **{"runs.yaml": "runs: [{key: other, pace: self}]\n"})
    replaced(other, "course.yaml", "key: small", "key: other")
    replaced(other, "waves/section.yaml", "key: practice", "key: elsewhere")
    for language in ("en", "fr"):
        (other / f"waves/practice.{language}.md").rename(other / f"waves/elsewhere.{language}.md")
    imported(other)
    assert browser.get(f"{COURSE}elsewhere/").status_code == 404
    assert browser.get("/learn/other/elsewhere/").status_code == 403

"""An import changes what counts: everybody's progress is counted again."""

import pytest

from tests.learn.courses.changing import replaced, without_line, without_practice, without_section
from tests.learn.enrolments.doing import (
    COURSE,
    PEOPLE,
    bars,
    complete_everything,
    complete_waves,
    enrolled_at,
    read,
    see,
    tick,
    ticked,
    way_on,
)
from tests.people import ada, claire, imported, person, signed_in, small_folder, write

pytestmark = pytest.mark.django_db

FINISHED = "You have finished this course. Well done!"
MORE = "      - {key: extra, kind: page, title: {en: Extra, fr: Supplément}}\n"


@pytest.fixture
def browser(run):
    """Ada's, who has finished the course."""
    browser = signed_in(ada(run))
    complete_everything(browser)
    return browser


def with_extra(folder) -> None:
    section = folder / "networks/section.yaml"
    lines = section.read_text().splitlines(keepends=True)
    indent = len(lines[-1]) - len(lines[-1].lstrip())
    section.write_text("".join([*lines, " " * indent + MORE.lstrip()]))
    write(folder, {"networks/extra.en.md": "More.\n", "networks/extra.fr.md": "Encore.\n"})
    imported(folder)


def counted(browser, run) -> tuple[int, int]:
    """What the course page, the dashboard and the teacher's list agree upon."""
    on_course, on_dashboard = bars(see(browser))[0], bars(see(browser, "/dashboard/"))[0]
    teacher = signed_in(run.enrolments.get(role="teacher").person)
    in_list = bars(see(teacher, PEOPLE))[0]
    assert on_course == on_dashboard == in_list
    return on_course


def test_an_activity_more_opens_a_finished_course_again(run, folder, browser):
    claire(run)
    assert counted(browser, run) == (7, 7)
    with_extra(folder)
    assert counted(browser, run) == (7, 8)
    assert FINISHED not in read(browser)
    assert "87 %" in read(browser)
    assert way_on(see(browser)) == ("Continue : Extra", f"{COURSE}extra/")
    assert way_on(see(browser, "/dashboard/"))[0].startswith("Continue")
    browser.get(f"{COURSE}extra/")
    assert counted(browser, run) == (8, 8)
    assert FINISHED in read(browser)


def test_an_activity_less_counts_for_nobody_and_again_when_it_comes_back(run, folder, browser):
    claire(run)
    without_practice(folder)
    imported(folder)
    assert counted(browser, run) == (6, 6)
    assert ticked(see(browser))[:2] == ["The sine", "A film"]
    imported(small_folder(folder))
    assert counted(browser, run) == (7, 7)
    assert "Practice" in ticked(see(browser))


def test_a_section_less_counts_for_nobody(run, folder, browser):
    claire(run)
    without_section(folder, "networks")
    imported(folder)
    assert counted(browser, run) == (3, 3)


def test_what_no_longer_counts_is_not_counted(run, folder, browser):
    claire(run)
    replaced(folder, "waves/section.yaml", "completion: manual", "completion: none")
    imported(folder)
    assert counted(browser, run) == (6, 6)
    replaced(folder, "waves/section.yaml", "completion: none", "completion: manual")
    imported(folder)
    assert counted(browser, run) == (7, 7), "the tick was kept"


def test_everybody_is_counted_again_each_by_their_own_work(run, folder, browser):
    other = enrolled_at(person("Zoé"), run, run.enrolments.get().enrolled_at)
    tick(other)
    without_practice(folder)
    imported(folder)
    counts = dict(run.enrolments.values_list("person__name", "completed_count"))
    assert counts == {"Ada": 6, "Zoé": 0}


def test_other_courses_are_left_alone(run, folder, browser, tmp_path):
    other = small_folder(tmp_path / "other", **{"runs.yaml": "runs: [{key: other, pace: self}]\n"})
    replaced(other, "course.yaml", "key: small", "key: other")
    imported(other)
    without_practice(other)
    imported(other)
    assert run.enrolments.get().completed_count == 7


def test_who_did_all_but_what_left_the_course_has_finished_it(run, folder):
    """The last thing to do is taken out: nothing is left to do."""
    browser = signed_in(ada(run))
    complete_waves(browser)
    for key in ("packets", "table", "data"):
        browser.get(f"{COURSE}{key}/")
    assert FINISHED not in read(browser)
    without_line(folder, "networks/section.yaml", "- {key: rfc")
    imported(folder)
    assert FINISHED in read(browser)
    assert run.enrolments.get().finished_at is not None

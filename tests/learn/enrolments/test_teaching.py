"""What tutors and teachers see and do: people, roles, the enrolment key."""

import re

import pytest

from preau.learn.accounts.models import SiteRole
from preau.learn.courses.models import Run
from preau.learn.enrolments.actions import place_in_run
from preau.learn.enrolments.models import Enrolment, RunRole
from tests.learn.enrolments.doing import (
    COURSE,
    PEOPLE,
    ROLE,
    SETTINGS,
    bars,
    complete_waves,
    open_sections,
    read,
    said,
    see,
)
from tests.people import ada, claire, imported, mina, noah, person, signed_in, theo, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher(run):
    """Claire's browser."""
    return signed_in(claire(run))


def give(browser, enrolment: Enrolment, role: str):
    """Send the form of the people list."""
    return browser.post(ROLE, {"enrolment": enrolment.pk, "role": role})


def role_of(who) -> str:
    return Enrolment.objects.get(person=who, run__key="small-now").role


# People


def test_the_list_shows_who_is_there_and_how_far(run, teacher):
    complete_waves(signed_in(ada(run)))
    page = see(teacher, PEOPLE)
    assert re.findall(r'<th scope="row">([^<]+)<', page) == ["Claire", "Ada"]
    assert bars(page) == [(0, 7), (3, 7)]
    assert "3 / 7" in read(teacher, PEOPLE)
    assert 'aria-label="Progress of Ada"' in page


def test_a_tutor_reads_the_list_and_changes_nothing(run):
    learner = ada(run)
    browser = signed_in(theo(run))
    page = see(browser, PEOPLE)
    assert "Ada" in page
    assert "apprenant" in page
    assert f'action="{ROLE}"' not in page
    assert SETTINGS not in page
    assert give(browser, run.enrolments.get(person=learner), "teacher").status_code == 403
    assert browser.get(SETTINGS).status_code == 403
    assert browser.post(SETTINGS, {"key": "x"}).status_code == 403
    assert role_of(learner) == "learner"


def test_a_teacher_is_offered_roles_and_settings(run, teacher):
    ada(run)
    page = see(teacher, PEOPLE)
    assert page.count(f'action="{ROLE}"') == 2
    assert SETTINGS in page
    assert re.findall(r'<option value="(\w+)" selected>', page) == ["teacher", "learner"]
    assert set(re.findall(r'<option value="(\w+)"', page)) == {"learner", "tutor", "teacher"}


def test_a_learner_sees_no_list(run):
    browser = signed_in(ada(run))
    assert browser.get(PEOPLE).status_code == 403
    assert browser.get(SETTINGS).status_code == 403
    assert give(browser, run.enrolments.get(), "teacher").status_code == 403
    assert run.enrolments.get().role == "learner"


def test_who_changes_roles_sees_addresses_and_a_tutor_does_not(run, teacher):
    ada(run)
    assert "ada@example.org" in read(teacher, PEOPLE)
    assert "@" not in read(signed_in(theo(run)), PEOPLE)


def test_people_are_found_by_name_or_by_the_beginning_of_their_address(run, teacher):
    place_in_run(person("Adèle Blanc"), run)
    ada(run)

    def found(words):
        return re.findall(r'<th scope="row">([^<]+)<', see(teacher, PEOPLE, q=words))

    assert found("blanc") == ["Adèle Blanc"]
    assert found("ada@ex") == ["Ada"]
    assert found("example.org") == []
    assert "Nobody here has this name" in read(teacher, PEOPLE, q="example.org")


def test_after_a_change_the_list_is_where_it_was(run, teacher):
    enrolment = run.enrolments.get(person=ada(run))
    asked = {"enrolment": enrolment.pk, "role": "tutor", "after": "1", "q": "ad"}
    assert teacher.post(ROLE, asked)["Location"] == f"{PEOPLE}?after=1&q=ad"


def test_nobody_changes_their_own_role(run, teacher):
    """The last teacher of a run stays one."""
    own = run.enrolments.get(role="teacher")
    give(teacher, own, "learner")
    assert "for another teacher to change" in read(teacher, PEOPLE)
    own.refresh_from_db()
    assert own.role == "teacher"


def test_who_left_is_given_no_role(run, teacher):
    who = ada(run)
    signed_in(who).post("/runs/small-now/leave/")
    assert give(teacher, run.enrolments.get(person=who), "teacher").status_code == 404
    assert role_of(who) == "learner"


def test_the_list_comes_in_pages_of_fifty(run, teacher):
    for number in range(60):
        place_in_run(person(f"Number{number:02}"), run)
    first = see(teacher, PEOPLE)
    assert first.count('<th scope="row">') == 50
    assert "First page" not in first
    after = re.search(r'href="\?after=(\d+)&amp;q=" rel="next"', first)[1]
    second = see(teacher, PEOPLE, after=after)
    assert second.count('<th scope="row">') == 11
    assert "Number59" in second
    assert 'rel="next"' not in second
    assert "First page" in second
    names = re.findall(r'<th scope="row">([^<]+)<', first + second)
    assert len(set(names)) == 61


def test_people_of_another_run_are_not_listed(run, teacher):
    place_in_run(noah(), Run.objects.get(key="small-keyed"))
    assert "Noah" not in read(teacher, PEOPLE)


# Roles


@pytest.mark.parametrize("role", ["tutor", "teacher"])
def test_a_teacher_gives_a_role_and_takes_it_back(run, teacher, role):
    learner = ada(run)
    enrolment = run.enrolments.get(person=learner)
    browser = signed_in(learner)
    answer = give(teacher, enrolment, role)
    assert (answer.status_code, answer["Location"]) == (302, PEOPLE)
    assert f"Ada is now {role}." in read(teacher, PEOPLE)
    assert browser.get(PEOPLE).status_code == 200
    assert (browser.get(SETTINGS).status_code == 200) is (role == "teacher")
    assert open_sections(browser) == ["waves", "networks"]
    give(teacher, enrolment, "learner")
    assert browser.get(PEOPLE).status_code == 403
    assert open_sections(browser) == ["waves"]


def test_the_role_is_told_in_french(run):
    browser = signed_in(claire(run), "fr")
    learner = ada(run)
    give(browser, run.enrolments.get(person=learner), "tutor")
    assert "Ada est maintenant tuteur." in read(browser, PEOPLE)


@pytest.mark.parametrize("role", ["manager", "operator", "person", "visitor", "", "Teacher"])
def test_a_teacher_makes_nobody_anything_on_the_site(run, teacher, role):
    learner = ada(run)
    give(teacher, run.enrolments.get(person=learner), role)
    assert "Choose one of the roles in the list." in read(teacher, PEOPLE)
    assert role_of(learner) == "learner"
    learner.refresh_from_db()
    assert learner.site_role == SiteRole.PERSON


def test_a_teacher_does_not_raise_themselves_either(run, teacher):
    own = run.enrolments.get()
    give(teacher, own, "manager")
    own.refresh_from_db()
    assert own.role == "teacher"
    assert own.person.site_role == SiteRole.PERSON


def test_a_teacher_changes_nobody_of_another_run(run, teacher):
    other = Run.objects.get(key="small-keyed")
    enrolment, _news = place_in_run(noah(), other)
    assert give(teacher, enrolment, "tutor").status_code == 404
    answer = teacher.post(
        "/runs/small-keyed/people/role/", {"enrolment": enrolment.pk, "role": "tutor"}
    )
    assert answer.status_code == 403
    enrolment.refresh_from_db()
    assert enrolment.role == RunRole.LEARNER
    for path in ("people", "settings"):
        assert teacher.get(f"/runs/small-keyed/{path}/").status_code == 403


@pytest.mark.parametrize("number", ["", "0", "-1", "x", "9" * 18, "9" * 40, "1.5"])
def test_an_enrolment_that_is_not_there_is_changed_for_nobody(run, teacher, number):
    answer = teacher.post(ROLE, {"enrolment": number, "role": "tutor"})
    assert answer.status_code in {302, 404}
    assert list(run.enrolments.values_list("role", flat=True)) == ["teacher"]


def test_a_manager_gives_roles_in_any_run(run):
    learner = ada(run)
    browser = signed_in(mina())
    give(browser, run.enrolments.get(), "teacher")
    assert role_of(learner) == "teacher"


@pytest.mark.parametrize("role", [None, *RunRole])
def test_a_manager_may_do_everything_whatever_they_are_in_the_run(run, role):
    """Being enrolled never takes rights away."""
    manager = mina()
    if role is not None:
        place_in_run(manager, run, role)
    browser = signed_in(manager)
    assert browser.get(PEOPLE).status_code == 200
    assert browser.get(SETTINGS).status_code == 200
    assert open_sections(browser) == ["waves", "networks"]


def test_a_role_in_a_run_is_not_one_in_another(run, teacher):
    claire_ = run.enrolments.get().person
    place_in_run(claire_, Run.objects.get(key="small-keyed"))
    assert teacher.get("/runs/small-keyed/people/").status_code == 403
    assert open_sections(teacher, "/learn/small-keyed/") == ["waves"]


# The key


def test_a_teacher_sets_a_key_that_is_asked_from_then_on(run, teacher):
    answer = teacher.post(SETTINGS, {"key": "  antenna "}, follow=True)
    assert "The session's settings are saved." in said(answer).replace("’", "'")
    assert 'value="antenna"' in see(teacher, SETTINGS)
    browser = signed_in(noah())
    assert "This is not the key" in said(browser.post("/runs/small-now/enrol/", {"key": "x"}))
    assert browser.post("/runs/small-now/enrol/", {"key": "antenna"}).status_code == 302


def test_the_public_page_says_that_a_key_is_asked_as_soon_as_it_is_set(run, teacher):
    browser = signed_in(noah())
    assert see(browser, "/courses/small/").count("with a key") == 1  # the other run's
    teacher.post(SETTINGS, {"key": "antenna"})
    assert see(browser, "/courses/small/").count("with a key") == 2


def test_without_a_key_anyone_enrols_again(run, teacher):
    teacher.post(SETTINGS, {"key": "antenna"})
    teacher.post(SETTINGS, {"key": ""})
    assert signed_in(noah()).post("/runs/small-now/enrol/").status_code == 302


def test_a_key_never_closes_the_course_to_those_who_follow_it(run, teacher):
    browser = signed_in(ada(run))
    teacher.post(SETTINGS, {"key": "antenna"})
    assert browser.get(COURSE).status_code == 200


def test_a_key_too_long_is_refused_and_the_old_one_stays(run, teacher):
    teacher.post(SETTINGS, {"key": "antenna"})
    answer = teacher.post(SETTINGS, {"key": "x" * 101})
    assert "errorlist" in answer.content.decode()
    run.refresh_from_db()
    assert run.enrolment_key == "antenna"


def test_an_import_of_other_news_keeps_the_key_of_a_run_that_the_folder_calls_open(
    run, teacher, folder
):
    """The folder has not changed; what the teacher set on the site stays."""
    teacher.post(SETTINGS, {"key": "antenna"})
    imported(write(folder, {"waves/practice.en.md": "Draw two.\n"}))
    answer = signed_in(noah()).post("/runs/small-now/enrol/", {"key": ""})
    assert "This is not the key" in said(answer)

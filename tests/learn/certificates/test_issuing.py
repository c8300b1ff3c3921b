"""A certificate is given when the last thing that was missing is done, and only then."""

import pytest

from preau.learn.certificates.models import Certificate
from preau.learn.courses.models import Run
from preau.learn.enrolments.actions import place_in_run, unenrol
from preau.learn.enrolments.models import RunRole
from tests.learn.certificates.certified import (
    MINE,
    address_of,
    certificate_of,
    certified_run,
    events_of,
    finish,
    giving,
)
from tests.learn.enrolments.doing import (
    COURSE,
    complete_everything,
    complete_waves,
    course_with,
    read,
    tick,
    watch,
)
from tests.learn.quizzes.quiz_course import begin, hand_in, send
from tests.learn.quizzes.taking import choice, run_of
from tests.people import RUN, ada, imported, place, signed_in, small_folder, small_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path):
    return certified_run(tmp_path / "course")


def test_whoever_completes_everything_gets_one(run):
    who = ada(run)
    browser = finish(who)
    assert browser.get(MINE)["Location"] == address_of(who)
    said = read(browser, address_of(who))
    for words in ("Ada", "A small course", "Now", "4 hours of work", "Waves", "Networks", "Valid"):
        assert words in said


def test_whoever_lacks_one_activity_has_none_and_reads_which(run):
    who = ada(run)
    browser = signed_in(who)
    complete_waves(browser)
    for key in ("packets", "table", "data"):
        browser.get(f"{COURSE}{key}/")
    assert not Certificate.objects.exists()
    said = read(browser, MINE)
    assert "Activities completed 6 / 7" in said
    assert "The standard" in said
    assert "Packets" not in said
    browser.get(f"{COURSE}rfc/")
    assert Certificate.objects.count() == 1


def test_what_is_not_open_yet_is_counted_and_not_linked(run):
    said = read(signed_in(ada(run)), MINE)
    assert "4 activities that are not open yet" in said


def test_a_run_gives_none_unless_a_teacher_says_so(tmp_path):
    run = small_run(tmp_path / "course")
    browser = finish(ada(run))
    assert not Certificate.objects.exists()
    assert "gives no certificates" in read(browser, MINE)
    assert "Certificate" not in read(browser, COURSE)


def test_doing_the_last_thing_again_gives_no_second_one(run):
    who = ada(run)
    browser = finish(who)
    first = certificate_of(who)
    tick(browser, done="0")
    tick(browser)
    assert Certificate.objects.get() == first


def test_a_tick_that_was_taken_away_is_missed(tmp_path):
    run = giving(course_with(tmp_path / "course", networks="at once"))
    browser = signed_in(ada(run))
    tick(browser)
    tick(browser, done="0")
    watch(browser, (0, 20))
    for key in ("sine", "packets", "table", "data", "rfc"):
        browser.get(f"{COURSE}{key}/")
    assert not Certificate.objects.exists()
    tick(browser)
    assert Certificate.objects.count() == 1


def test_who_teaches_gets_none(run):
    who = ada(run)
    place_in_run(who, run, RunRole.TUTOR)
    browser = finish(who)
    assert not Certificate.objects.exists()
    assert "given to learners" in read(browser, MINE)


def test_whoever_comes_back_and_had_everything_gets_it(tmp_path):
    run = small_run(tmp_path / "course")
    who = ada(run)
    finish(who)
    unenrol(place(who).enrolment)
    run = giving(run)
    assert not Certificate.objects.exists()
    place_in_run(who, run)
    assert certificate_of(who).content["name"] == "Ada"


def test_whoever_lacked_only_what_the_course_drops_gets_it(run, tmp_path):
    who = ada(run)
    browser = signed_in(who)
    complete_waves(browser)
    assert not Certificate.objects.exists()
    folder = small_folder(tmp_path / "less", **{"networks/section.yaml": None})
    course = folder / "course.yaml"
    course.write_text(course.read_text().replace("[waves, networks]", "[waves]"))
    imported(folder)
    assert certificate_of(who).content["content"] == [{"en": "Waves", "fr": "Ondes"}]


def test_it_says_what_was_true_on_its_day(run, tmp_path):
    who = ada(run)
    browser = finish(who)
    said = read(browser, address_of(who))
    before = certificate_of(who).says
    who.name = "Ada Newname"
    who.save()
    folder = small_folder(tmp_path / "renamed")
    course = folder / "course.yaml"
    course.write_text(course.read_text().replace("A small course", "Another name"))
    imported(folder)
    assert "Another name" in read(browser, COURSE)
    assert certificate_of(who).says == before
    assert read(browser, address_of(who)).replace("Ada Newname", "Ada") == said


def test_the_days_of_the_run_are_in_it(tmp_path):
    dates = "{key: small-now, pace: scheduled, starts: 2026-01-05, ends: 2026-02-01}"
    folder = small_folder(tmp_path / "course", **{"runs.yaml": f"runs: [{dates}]\n"})
    imported(folder)
    run = giving(Run.objects.get(key=RUN))
    who = ada(run)
    said = read(finish(who), address_of(who))
    assert "from Jan. 5, 2026 to Feb. 1, 2026" in said


@pytest.mark.django_db(transaction=True)
def test_one_event_says_that_it_was_given(run, settings):
    who = ada(run)
    finish(who)
    (event,) = events_of(settings, "certified")
    assert event["person"] == who.pk
    assert (event["run"], event["role"]) == (run.pk, "learner")
    assert event["result"] == {"uuid": str(certificate_of(who).uuid)}


class TestMarks:
    """The small course with a quiz of two questions, one mark each."""

    @pytest.fixture
    def marked(self, tmp_path):
        questions = (choice("One"), choice("Two"))
        return run_of(tmp_path / "quizzes", *questions, completion="handed-in")

    def answer(self, browser, *right):
        address = begin(browser)
        for slot, it in enumerate(right, 1):
            send(browser, address, (slot, {"choice": ["0" if it else "1"]}, ""))
        hand_in(browser, address)

    def test_too_few_are_told_and_more_are_enough(self, marked):
        run = giving(marked, least=60, with_marks=True)
        who = ada(run)
        browser = signed_in(who)
        self.answer(browser, True, False)
        complete_everything(browser)
        assert not Certificate.objects.exists()
        assert "50 % of the 60 % asked" in read(browser, MINE)
        assert "you have 50 % of all marks, it asks for 60 %" in read(browser, COURSE)
        self.answer(browser, True, True)
        assert certificate_of(who).content["percent"] == 100
        assert "100 % of all marks" in read(browser, address_of(who))

    def test_exactly_the_least_is_enough(self, marked):
        run = giving(marked, least=50)
        who = ada(run)
        browser = signed_in(who)
        self.answer(browser, True, False)
        complete_everything(browser)
        assert "percent" not in certificate_of(who).content

    def test_what_was_not_begun_earns_nothing(self, tmp_path):
        run = giving(run_of(tmp_path / "q", choice("One"), completion="none"), least=1)
        browser = finish(ada(run))
        assert not Certificate.objects.exists()
        assert "0 % of the 1 % asked" in read(browser, MINE)

    def test_a_certificate_stays_when_the_mark_falls(self, marked):
        from preau.learn.grades.models import Grade

        run = giving(marked, least=50, with_marks=True)
        who = ada(run)
        browser = signed_in(who)
        self.answer(browser, True, True)
        complete_everything(browser)
        Grade.objects.update(mark=0)
        assert "100 % of all marks" in read(browser, address_of(who))

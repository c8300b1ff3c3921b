"""Erasing somebody: nothing of them is left anywhere but what the report names."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from preau.kit.errors import PreauError
from preau.learn.accounts.actions import grant_site_role
from preau.learn.accounts.models import Person, SiteRole
from preau.learn.accounts.photos import photo_path
from preau.learn.courses.storage import ANSWERS, content_path
from preau.learn.enrolments.actions import place_in_run, set_note
from preau.learn.enrolments.models import Enrolment, RunRole
from preau.learn.leaving import erasing
from preau.learn.leaving.journal import Erasure, erasure_of, erasures
from preau.learn.leaving.tasks import go_on_erasing
from preau.learn.quizzes.models import Attachment, Attempt, Response
from tests.learn.leaving.lives import (
    ADDRESS,
    SHARED,
    WORDS,
    ZELDA,
    days_before,
    deliver,
    live,
    new_day,
    rows,
    traces,
)
from tests.people import ada, claire, otto, person, place, signed_in

pytestmark = pytest.mark.django_db

ADA_WORDS = {name: words.replace("zelda", "hers") for name, words in WORDS.items()}


def erased(*words: str) -> dict:
    """What ``person_erase ADDRESS --json`` reports."""
    out = StringIO()
    call_command("person_erase", *(words or (ADDRESS,)), "--json", stdout=out)
    return json.loads(out.getvalue())


def said(*words: str) -> str:
    out = StringIO()
    call_command("person_erase", *words, stdout=out)
    return out.getvalue()


@pytest.fixture
def zelda(run, site):
    """A life of traces: rows, files, letters, events of today and of days before."""
    who = live(ZELDA, WORDS, "teal")
    days_before(site, who, WORDS["search"])
    deliver(site)
    return who


def reports(site) -> list[Erasure]:
    """All that were kept, the newest last."""
    files = sorted((site / "data" / "erasures").rglob("*.json"), key=lambda it: it.stat().st_mtime)
    return [erasure_of(it.stem) for it in files]


def counts(report: dict) -> dict[str, tuple[int, int]]:
    return {it["key"]: (it["count"], it["left"]) for it in report["gone"]}


def test_nothing_is_left_anywhere_but_what_the_report_names(zelda, site, settings):
    before = " ".join(traces(site))
    for place_of_trace in ("accounts_person", "enrolments_mark", "quizzes_response", "django_tasks",
                           "media/answers", "events/days", "events/", "mail/"):  # fmt: skip
        assert place_of_trace in before, place_of_trace
    settings.MAIL_TRANSPORT = "django.core.mail.backends.dummy.EmailBackend"
    report = erased()
    assert {left for _count, left in counts(report).values()} == {0}
    (today,) = [it for it in report["stays"] if it["key"] == "site.lines"]
    left = traces(site)
    assert {it.split(":")[0] for it in left} == {f"events/{name}" for name in today["names"]}
    new_day()
    go_on_erasing.call()
    assert traces(site) == []
    assert f'"person": {zelda.pk}' in next((site / "data" / "erasures").rglob("*.json")).read_text()


def test_the_report_says_how_many_of_each(zelda, site):
    found = {key: count for key, (count, _left) in counts(erased()).items() if count}
    assert found.pop("accounts.tries") > 0
    assert found.pop("leaving.events") > 10
    assert found == {
        "leaving.named": 1,
        "insights.presences": 1,
        "insights.facts": 1,
        "grades.grades": 1,
        "quizzes.attempts": 1,
        "quizzes.answers": 1,
        "quizzes.files": 2,
        "notifications.letters": 1,
        "notifications.letter-files": 1,
        "enrolments.enrolments": 1,
        "enrolments.completions": found["enrolments.completions"],
        "enrolments.videos": 1,
        "enrolments.marks": 2,
        "accounts.account": 1,
        "accounts.addresses": 1,
        "accounts.sessions": found["accounts.sessions"],
        "accounts.photo": 1,
    }


def test_another_learner_is_as_if_she_had_never_been_there(run, site, settings):
    settings.MAIL_TRANSPORT = "django.core.mail.backends.dummy.EmailBackend"
    other = live("Ada", ADA_WORDS, "red")
    deliver(site)
    before = rows()
    live(ZELDA, WORDS, "teal")
    deliver(site)
    erased()
    after = rows()
    assert set(before) == set(after)
    for table in before:
        assert after[table] == before[table], table
    assert photo_path(other.photo).exists()
    assert {it.name for it in Attachment.objects.all()} == {"shared.txt", "hers-file-content.txt"}
    for it in Attachment.objects.all():
        assert content_path(it.digest, ANSWERS).exists()
    (shared,) = Attachment.objects.filter(name="shared.txt")
    assert content_path(shared.digest, ANSWERS).read_bytes() == SHARED
    assert traces(site, tuple(ADA_WORDS.values()))


def files(site) -> dict[str, bytes]:
    """All files but the locks."""
    return {
        str(it): it.read_bytes()
        for it in site.rglob("*")
        if it.is_file() and not it.name.endswith(".lock")
    }


def test_a_dry_run_says_the_same_and_changes_nothing(zelda, site):
    before = rows(), files(site)
    dry = erased(ADDRESS, "--dry-run")
    text = said(ADDRESS, "--dry-run")
    assert (rows(), files(site)) == before
    assert "Nothing was changed." in text
    assert "private notes and bookmarks" in text
    real = erased()
    assert [(it["key"], it["count"]) for it in dry["gone"]] == [
        (it["key"], it["count"]) for it in real["gone"]
    ]


class Killed(BaseException):
    """As a process that is killed: nothing of ours catches it."""


def brief_life(run) -> Person:
    """Somebody with a place and a note."""
    who = person(ZELDA)
    place_in_run(who, run)
    mine = place(who)
    set_note(mine.enrolment, mine.outline.pages[0], WORDS["note"])
    return who


def killing_at(step, keep):
    """``Erasure.keep`` that dies before (even steps) or after (odd ones) it notes something."""
    number = iter(range(10**6))

    def killed(self):
        fatal = next(number) == step // 2
        if fatal and step % 2 == 0:
            raise Killed
        keep(self)
        if fatal:
            raise Killed

    return killed


def test_killed_at_any_step_it_goes_on_when_it_is_run_again(run, site, monkeypatch):
    """Each note in the journal is a step; it is killed just before, and just after each."""
    keep, step, ended = Erasure.keep, 0, False
    while not ended:
        brief_life(run)
        monkeypatch.setattr(Erasure, "keep", killing_at(step, keep))
        try:
            said(ADDRESS)
            ended = True
        except Killed:
            monkeypatch.setattr(Erasure, "keep", keep)
            closed = not Person.objects.filter(email=ADDRESS, is_active=True).exists()
            assert closed == (step > 1)  # before and after the very first note
            if _unfinished() or not closed:
                said(ADDRESS)
        _assert_over(site)
        step += 1
    assert step > 40


def _unfinished():
    return [it for it in erasures() if it.who is not None]


def _assert_over(site):
    assert _unfinished() == []
    assert not Person.objects.filter(email=ADDRESS).exists()
    last = reports(site)[-1]
    assert {part.erased for part in last.parts.values()} == {True}
    assert sum(sum(part.left.values()) for part in last.parts.values()) == 0


@pytest.mark.parametrize("app", sorted(erasing.everyone()))
@pytest.mark.parametrize("when", ["before", "after"])
def test_an_app_that_fails_is_tried_again_with_the_counts_of_the_first_time(
    zelda, site, monkeypatch, app, when
):
    module = erasing.everyone()[app]
    erase = module.erase

    def fails(who):
        if when == "after":
            erase(who)
        raise Killed

    monkeypatch.setattr(module, "erase", fails)
    with pytest.raises(Killed):
        said(ADDRESS)
    monkeypatch.setattr(module, "erase", erase)
    report = erased()
    found = counts(report)
    assert found["quizzes.files"] == (2, 0)
    assert found["accounts.account"] == (1, 0)
    assert found["notifications.letters"] == (1, 0)
    assert found["leaving.events"][0] > 10


def test_the_hourly_task_brings_to_its_end_what_was_killed(zelda, site, monkeypatch):
    monkeypatch.setattr(erasing, "_tell", _die)
    with pytest.raises(Killed):
        said(ADDRESS)
    monkeypatch.undo()
    assert go_on_erasing.call() == 1
    assert not Person.objects.filter(email=ADDRESS).exists()
    assert _unfinished() == []


def _die(*_any):
    raise Killed


def test_a_mail_server_that_is_away_is_asked_again_and_then_nothing_knows_the_address(
    zelda, site, settings, monkeypatch
):
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1
    report = erased()
    assert report["letter"] == "waiting"
    assert ADDRESS in next((site / "data" / "erasures").rglob("*.json")).read_text()
    monkeypatch.setattr("preau.learn.leaving.letter._TRIES", 2)
    go_on_erasing.call()
    (over,) = reports(site)
    assert (over.letter, over.who) == ("given up", None)


def test_a_new_account_of_that_address_is_not_taken_for_the_old_one(run, site, settings):
    """The first report still waits for the mail server when the second is asked for."""
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1
    person(ZELDA)
    first = erased()
    assert first["letter"] == "waiting"
    new = person(ZELDA)
    second = erased()
    assert second["person"] == new.pk
    assert counts(second)["accounts.account"] == (1, 0)
    assert not Person.objects.exists()
    settings.MAIL_TRANSPORT = "django.core.mail.backends.dummy.EmailBackend"
    go_on_erasing.call()
    assert list(erasures()) == []


def test_who_became_the_last_one_before_the_account_was_closed_stays(run, site, monkeypatch):
    monkeypatch.setattr(erasing, "_close", _die)
    otto()
    other = person("Second", site_role=SiteRole.OPERATOR)
    with pytest.raises(Killed):
        said("otto@example.org")
    monkeypatch.undo()
    grant_site_role(other, SiteRole.PERSON)
    go_on_erasing.call()
    assert Person.objects.filter(email="otto@example.org", is_active=True).exists()
    assert list(erasures()) == []


def test_the_letter_is_the_report_in_the_persons_language(run, site):
    person("Zelda", language="fr")
    said(ADDRESS)
    (letter,) = (site / "mail").glob("*.log")
    assert f"To: {ADDRESS}" in letter.read_text()


def test_the_last_of_a_role_stays_and_is_told_why(run):
    who = otto()
    with pytest.raises(PreauError) as refused:
        said("otto@example.org")
    assert str(refused.value) == (
        "Otto is the last operator of this site and can't leave it; first make somebody else one: "
        "preau role grant ADDRESS operator."
    )
    assert list(erasures()) == []
    assert Person.objects.get(pk=who.pk).is_active
    person("Second", site_role=SiteRole.OPERATOR)
    said("otto@example.org")
    assert not Person.objects.filter(pk=who.pk).exists()


def test_who_teaches_leaves_the_course_behind_and_the_marks_without_a_name(run, site):
    teacher, learner = claire(run), live("Ada", ADA_WORDS, "red")
    Response.objects.update(marked_by=teacher, comment="Well said.")
    report = erased("claire@example.org")
    stays = {it["key"]: (it["count"], it["names"]) for it in report["stays"]}
    assert stays["enrolments.taught"] == (1, ["small-now"])
    assert stays["enrolments.without-teacher"] == (1, ["small-now"])
    assert stays["quizzes.marked"][0] == 1
    row = Response.objects.get()
    assert (row.comment, row.marked_by) == ("Well said.", None)
    assert place(learner).run == run
    assert Attempt.objects.count() == 1


def test_the_number_of_learners_of_a_run_stays_true(run):
    ada(run)
    teacher = signed_in(claire(run))
    live(ZELDA, WORDS, "teal")
    assert ZELDA in teacher.get("/runs/small-now/people/").content.decode()
    said(ADDRESS)
    assert ZELDA not in teacher.get("/runs/small-now/people/").content.decode()
    assert Enrolment.objects.filter(run=run, role=RunRole.LEARNER).count() == 1


def test_the_address_may_sign_up_again_as_somebody_new(zelda, site):
    said(ADDRESS)
    new = person(ZELDA)
    assert new.pk != zelda.pk or new.uuid != zelda.uuid
    said(ADDRESS)
    assert len(reports(site)) == 2


@pytest.mark.parametrize("words", [("nobody@example.org",), ("nobody@example.org", "--dry-run")])
def test_an_unknown_address_is_one_sentence(run, words):
    with pytest.raises(PreauError, match="^Nobody has an account with the address nobody@"):
        said(*words)


def test_somebody_else_who_hands_in_the_same_file_at_that_moment_keeps_it(zelda, monkeypatch):
    """The rows of others are asked for once the content is aside: then theirs is there."""
    from preau.learn.courses import storage

    (shared,) = Attachment.objects.filter(name="shared.txt")
    forget = storage.forget_content

    def meanwhile(digest, area, needed):
        forget(digest, area, lambda: digest == shared.digest)

    monkeypatch.setattr("preau.learn.quizzes.personal.forget_content", meanwhile)
    said(ADDRESS)
    assert content_path(shared.digest, ANSWERS).read_bytes() == SHARED

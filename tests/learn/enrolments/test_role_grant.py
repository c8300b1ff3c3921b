"""``role_grant``: say what somebody is."""

import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from preau.kit.errors import PreauError
from preau.learn.accounts.models import Person, SiteRole
from preau.learn.enrolments.models import Enrolment
from tests.learn.enrolments.doing import COURSE, LEAVE, PEOPLE, complete_waves, see, ticked
from tests.people import ada, mina, noah, signed_in

pytestmark = pytest.mark.django_db


def granted(*arguments: str) -> str:
    """What the command says."""
    out = StringIO()
    call_command("role_grant", *arguments, stdout=out)
    return out.getvalue()


def refusal(*arguments: str) -> str:
    with pytest.raises(PreauError) as refused:
        granted(*arguments)
    return str(refused.value)


@pytest.mark.parametrize("role", ["manager", "operator"])
def test_it_gives_a_role_on_the_site(run, role):
    who = noah()
    browser = signed_in(who)
    assert browser.get(PEOPLE).status_code == 403
    assert granted("noah@example.org", role) == f"noah@example.org is now {role} of the site.\n"
    assert browser.get(PEOPLE).status_code == 200
    assert Person.objects.get().site_role == role


def test_it_makes_a_manager_an_ordinary_person_again(run):
    browser = signed_in(mina())
    granted("mina@example.org", "person")
    assert browser.get(COURSE).status_code == 403
    assert Person.objects.get().site_role == SiteRole.PERSON


@pytest.mark.parametrize("role", ["learner", "tutor", "teacher"])
def test_it_gives_a_role_in_a_run_and_enrols(run, role):
    browser = signed_in(noah())
    said = granted("noah@example.org", role, "--run", "small-now")
    assert said == f"noah@example.org is now {role} in small-now.\n"
    assert browser.get(COURSE).status_code == 200
    assert Enrolment.objects.get().role == role
    assert Person.objects.get().site_role == SiteRole.PERSON


def test_it_changes_the_role_of_who_is_there_and_keeps_the_work(run):
    browser = signed_in(ada(run))
    complete_waves(browser)
    granted("ada@example.org", "teacher", "--run", "small-now")
    granted("ada@example.org", "learner", "--run", "small-now")
    assert Enrolment.objects.get().role == "learner"
    assert ticked(see(browser)) == ["The sine", "Practice", "A film"]


def test_it_takes_back_who_had_left(run):
    browser = signed_in(ada(run))
    browser.post(LEAVE)
    granted("ada@example.org", "tutor", "--run", "small-now")
    assert browser.get(PEOPLE).status_code == 200
    assert Enrolment.objects.count() == 1


def test_it_may_be_said_twice(run):
    noah()
    for _again in range(2):
        granted("noah@example.org", "teacher", "--run", "small-now")
    assert Enrolment.objects.get().role == "teacher"


def test_an_address_is_taken_as_people_write_it(run):
    noah()
    assert (
        granted(" Noah@Example.ORG ", "manager") == "noah@example.org is now manager of the site.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ("nobody@example.org", "manager"),
            "Nobody has an account with the address nobody@example.org; sign up first.",
        ),
        (
            ("noah@example.org", "teacher"),
            (
                "“teacher” is not a role on the site (name a run with --run for others); "
                "choose one of person, manager, operator."
            ),
        ),
        (
            ("noah@example.org", "manager", "--run", "small-now"),
            "“manager” is not a role in a run; choose one of learner, tutor, teacher.",
        ),
        (
            ("noah@example.org", "", "--run", "small-now"),
            "“” is not a role in a run; choose one of learner, tutor, teacher.",
        ),
        (
            ("noah@example.org", "tutor", "--run", "no-such-run"),
            "There is no run “no-such-run” on this site. Known runs: small-keyed, small-now.",
        ),
    ],
)
def test_what_is_wrong_is_told_in_one_sentence_and_nothing_changes(run, arguments, sentence):
    who = noah()
    assert refusal(*arguments) == sentence
    assert not Enrolment.objects.exists()
    who.refresh_from_db()
    assert who.site_role == SiteRole.PERSON


def test_a_run_without_a_name_is_no_role_on_the_site(run):
    who = noah()
    with pytest.raises(PreauError):
        granted("noah@example.org", "manager", "--run", "")
    who.refresh_from_db()
    assert who.site_role == SiteRole.PERSON


@pytest.mark.parametrize("arguments", [(), ("noah@example.org",)])
def test_what_is_missing_is_named(run, arguments):
    with pytest.raises(CommandError, match="required: .*role"):
        granted(*arguments)


@pytest.mark.serving
def test_the_command_line_ends_with_one_line_and_a_code(tmp_path):
    for name in ("data", "media", "events", "mail", "run", "static"):
        (tmp_path / name).mkdir()
    (tmp_path / "preau.toml").write_text('[site]\nname = "S"\naddress = "http://testserver"\n')
    (tmp_path / "secrets.toml").touch(0o600)
    (tmp_path / "secrets.toml").write_text(f'[site]\nsecret_key = "{"0123456789" * 6}"\n')

    def ran(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "preau.learn", *arguments],
            env={"PATH": "/usr/bin:/bin", "PREAU_SITE": str(tmp_path), "NO_COLOR": "1"},
            capture_output=True,
            text=True,
            timeout=120,
        )

    assert ran("migrate", "-v0").returncode == 0
    answer = ran("role_grant", "nobody@example.org", "manager")
    assert answer.returncode != 0
    assert answer.stdout == ""
    assert answer.stderr == (
        "Error: Nobody has an account with the address nobody@example.org; sign up first.\n"
    )

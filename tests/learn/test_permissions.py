"""Every address of the site, as every role and as nobody: exactly what the table says."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from preau.learn.accounts.permissions import RUN_ROLES, TABLE, Role
from preau.learn.courses.models import Asset
from tests.people import ada, claire, mina, noah, otto, person, place, signed_in, small_run, theo

pytestmark = pytest.mark.django_db

ROLES = list(Role)


def names(resolver, prefix=""):
    """The names of all addresses, with their namespaces."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            space = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from names(entry, space)
        elif isinstance(entry, URLPattern):
            yield f"{prefix}{entry.name}"


ADDRESSES = sorted(set(names(get_resolver())))


@pytest.fixture
def run(tmp_path):
    return small_run(tmp_path / "course")


@pytest.fixture
def browsers(run):
    """One browser for each role; the person without a role follows another run."""
    outsider = noah()
    people = {
        Role.VISITOR: None,
        Role.PERSON: outsider,
        Role.LEARNER: ada(run),
        Role.TUTOR: theo(run),
        Role.TEACHER: claire(run),
        Role.MANAGER: mina(),
        Role.OPERATOR: otto(),
    }
    from preau.learn.courses.models import Run
    from preau.learn.enrolments.actions import place_in_run

    place_in_run(outsider, Run.objects.get(key="small-keyed"))
    return {role: signed_in(who) for role, who in people.items()}


@pytest.fixture
def address(run):
    """Makes the address of a name, with what its pattern asks for."""
    asset = Asset.objects.get(path="cover.svg")
    photo = person("Photographed")
    words = {
        "run_key": run.key,
        "key": "practice",
        "course_key": "small",
        "course_uuid": run.course.uuid,
        "digest": asset.digest,
        "name": "cover.svg",
        "uuid": photo.uuid,
        "code": "en",
        "uidb36": "abc",
        "number": 1,
        "version": 1,
        "attempt": 1,
        "attachment": 1,
        "slot": 1,
        "reference": "11111111-2222-4333-8444-555555555555",
        "question": 1,
        "thread": 1,
        "post": 1,
        "figure": "hours",
        "form": "csv",
    }

    def make(name):
        (pattern,) = (it for it in get_resolver_patterns() if it[0] == name)
        wanted = pattern[1]
        given = {word: words[word] for word in wanted}
        if name == "account_confirm_email":
            given["key"] = "no-such-key"
        return reverse(name, kwargs=given)

    return make


def get_resolver_patterns(resolver=None, prefix="", before=()):
    resolver = resolver or get_resolver()
    for entry in resolver.url_patterns:
        asked = (*before, *entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            space = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from get_resolver_patterns(entry, space, asked)
        else:
            yield f"{prefix}{entry.name}", asked


def test_every_address_has_its_row_and_every_row_its_address():
    assert set(ADDRESSES) == set(TABLE)
    assert "None" not in " ".join(ADDRESSES), "an address without a name can't stand in the table"


def refused(answer, visitor):
    if visitor:
        to_sign_in = answer.status_code == 302 and "/account/login/" in answer["Location"]
        return to_sign_in or answer.status_code == 401
    return answer.status_code == 403


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ADDRESSES)
def test_the_table_is_what_happens(browsers, address, name, method):
    url = address(name)
    for role, browser in browsers.items():
        if name == "enrolments:unenrol" and method == "post" and role in RUN_ROLES:
            continue  # leaving would take the place away that the others are tested with
        answer = getattr(browser, method)(url)
        expected = role in TABLE[name]
        assert refused(answer, role == Role.VISITOR) is not expected, (
            role,
            url,
            answer.status_code,
        )
        assert answer.status_code < 500


OF_A_RUN = [
    name
    for name in ADDRESSES
    if name.startswith(("enrolments:", "quizzes:", "forum:", "grades:", "certificates:"))
    and Role.PERSON not in TABLE.get(name, ())
]


@pytest.mark.parametrize("name", OF_A_RUN)
def test_a_learner_of_another_run_is_a_stranger(browsers, address, name):
    assert browsers[Role.PERSON].get(address(name)).status_code == 403


def test_an_address_without_a_row_is_refused_to_everybody(browsers, monkeypatch):
    monkeypatch.delitem(TABLE, "home:catalogue")
    assert browsers[Role.VISITOR].get("/courses/").status_code == 302
    assert browsers[Role.OPERATOR].get("/courses/").status_code == 403


def test_a_run_that_is_not_there_is_not_found(browsers):
    assert browsers[Role.LEARNER].get("/learn/no-such-run/").status_code == 404


def test_who_left_the_run_is_a_stranger_again(run):
    from preau.learn.enrolments.actions import unenrol

    who = ada(run)
    browser = signed_in(who)
    assert browser.get("/learn/small-now/").status_code == 200
    unenrol(place(who).enrolment)
    assert browser.get("/learn/small-now/").status_code == 403

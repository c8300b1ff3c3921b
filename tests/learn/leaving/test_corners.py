"""What is easily forgotten: what could not be read, what was refused, posts, certificates."""

import json
from datetime import UTC, datetime, timedelta
from io import StringIO

import duckdb
import pytest
from django.core.cache import cache
from django.core.management import call_command

from preau.learn.accounts.actions import create_verified_person
from preau.learn.accounts.models import Person
from preau.learn.certificates.models import Certificate, PublicKey
from preau.learn.courses.models import Activity
from preau.learn.courses.storage import ANSWERS, content_path
from preau.learn.forum.models import Post, Thread
from preau.learn.insights.gathering.now import gathering, yesterday
from preau.learn.insights.models import Presence
from preau.learn.leaving.journal import erasures
from preau.learn.leaving.tasks import go_on_erasing
from preau.learn.quizzes.actions import attaching
from preau.learn.quizzes.models import Attachment
from tests.learn.accounts.letters import Letters
from tests.learn.events.writing import event, line_file, moment
from tests.learn.leaving.lives import (
    ADDRESS,
    WORDS,
    ZELDA,
    days_before,
    live,
    new_day,
    traces,
)
from tests.learn.leaving.test_erasing import counts, erased, said
from tests.people import PASSWORD, ada, claire, person, place, signed_in

pytestmark = pytest.mark.django_db


def stays(report: dict) -> dict[str, dict]:
    return {it["key"]: it for it in report["stays"]}


def test_lines_and_days_that_could_not_be_read(site):
    who = person(ZELDA)
    day = datetime.now(UTC).date() - timedelta(days=3)
    line_file(site / "events", f"{day}.1-a", event(moment(day), person=who.pk), "torn " + ADDRESS + "\n",
              f'{{"person": {who.pk}, "verb"' + "\n", '{"person": 77, "torn\n')  # fmt: skip
    corrupt = site / "events" / "days" / f"{day - timedelta(days=1)}.parquet"
    corrupt.parent.mkdir()
    corrupt.write_bytes(b"PAR1 this is none")
    report = erased()
    assert counts(report)["leaving.events"] == (1, 0)
    assert stays(report)["leaving.unreadable"]["names"] == [corrupt.name]
    (aside,) = (site / "events" / "set-aside").glob("*.jsonl")
    assert aside.read_text() == '{"person": 77, "torn\n'


def test_statements_that_a_record_store_refused(site, settings):
    settings.XAPI_ENDPOINT = "https://lrs.example.org/xapi"
    who, other = person(ZELDA), person("Ada")
    path = site / "events" / "set-aside" / "xapi-refused.jsonl"
    path.parent.mkdir(parents=True)
    lines = [json.dumps({"why": "no", "statement": {"actor": str(it.uuid)}}) for it in (who, other)]
    path.write_text("\n".join(lines) + "\n")
    report = erased()
    assert counts(report)["bridges.refused"] == (1, 0)
    assert path.read_text() == lines[1] + "\n"
    assert stays(report)["bridges.statements"]["names"] == [settings.XAPI_ENDPOINT, str(who.uuid)]


def test_a_session_in_which_somebody_signs_up_with_the_address(run, site):
    # allauth writes numbers with letters, once they are large enough.
    Person.objects.create(pk=5000, email="last@example.org", name="Last")
    browser = signed_in(None)
    new = {"email": ADDRESS, "name": ZELDA, "password1": "a long and quiet sentence"}
    browser.post("/account/signup/", new)
    report = erased()
    assert counts(report)["accounts.sessions"] == (1, 0)
    assert counts(report)["notifications.letters"] == (1, 0)


def test_posts_stay_and_are_nobodys(run, site):
    who, other = person(ZELDA), ada(run)
    activity = Activity.objects.filter(course=run.course).first()
    thread = Thread.objects.create(run=run, activity=activity, author=who, title="Why?")
    for number, (author, text) in enumerate([(who, "I ask."), (other, "I answer.")], 1):
        Post.objects.create(
            thread=thread, number=number, author=author, text=text, role="learner", nonce=text
        )
    Post.objects.filter(author=other).update(hidden_by=who)
    report = erased()
    assert counts(report)["forum.author"] == (2, 0)
    assert counts(report)["forum.moderator"] == (1, 0)
    assert stays(report)["forum.posts"]["count"] == 1
    found = list(Post.objects.order_by("pk").values_list("text", "author", "hidden_by"))
    assert found == [("I ask.", None, None), ("I answer.", other.pk, None)]


def test_certificates_go_with_their_papers_and_the_name_of_who_revoked(run, site):
    who, learner = claire(run), ada(run)
    key = PublicKey.objects.create(fingerprint="f", pem="p")
    made = {"run": run, "key": key, "says": json.dumps({"name": "Ada"}), "signature": "s"}
    certificate = Certificate.objects.create(
        enrolment=place(learner).enrolment, issued_at=datetime.now(UTC), revoked_by=who, **made
    )
    assert counts(erased("claire@example.org"))["certificates.revoker"] == (1, 0)
    certificate.refresh_from_db()
    assert certificate.revoked_by is None
    paper = f"certificate:{certificate.uuid}:fr:True"
    cache.set(paper, b"a page with a name")
    report = erased("ada@example.org")
    assert counts(report)["certificates.certificates"] == (1, 0)
    assert counts(report)["certificates.papers"] == (1, 0)
    assert cache.get(paper) is None
    assert stays(report)["certificates.given"]["count"] == 1


def test_who_hands_in_a_file_that_is_erased_at_that_moment_keeps_it(run, monkeypatch):
    """The content is found there; before that is said in the database it goes, with another's."""
    tell = attaching._tell

    def meanwhile(*words):
        tell(*words)
        for it in Attachment.objects.all():
            content_path(it.digest, ANSWERS).unlink(missing_ok=True)

    monkeypatch.setattr(attaching, "_tell", meanwhile)
    live(ZELDA, WORDS, "teal")
    for it in Attachment.objects.all():
        assert content_path(it.digest, ANSWERS).exists(), it.name


def test_what_is_done_while_it_is_erased_goes_as_well(run, site, monkeypatch):
    """A request that was under way when the account was closed, and ends later."""
    who = live(ZELDA, WORDS, "teal")
    from preau.learn.events.record import recorder
    from preau.learn.leaving.everyone import everyone

    accounts = everyone()["accounts"]
    erase, late = accounts.erase, []

    def meanwhile(leaver):
        erase(leaver)
        if not late:
            late.append(leaver)
            recorder().append(event(moment(datetime.now(UTC).date()), person=who.pk, verb="noted"))

    monkeypatch.setattr(accounts, "erase", meanwhile)
    report = erased()
    assert {left for _count, left in counts(report).values()} == {0}
    new_day()
    go_on_erasing.call()
    assert list(erasures()) == []
    assert traces(site, (f'"person":{who.pk},',)) == []


def test_the_report_is_in_english_for_who_types_the_command(run, settings):
    settings.LANGUAGE_CODE = "fr"
    person(ZELDA, language="fr")
    out = StringIO()
    call_command("person_erase", ADDRESS, stdout=out)
    assert "What stays, and why" in out.getvalue()


def test_statistics_counted_again_do_not_bring_anybody_back(run, site):
    who = live(ZELDA, WORDS, "teal")
    days_before(site, who, WORDS["search"])
    said(ADDRESS)
    it = gathering(yesterday())
    assert list(it.run()), "the days whose events changed are counted anew"
    for path in (site / "events" / "facts").glob("*.parquet"):
        found = duckdb.sql(f"SELECT count(*) FROM '{path}' WHERE person_id = {who.pk}").fetchall()
        assert found == [(0,)]
    assert not [it for it in Presence.objects.all() if str(who.pk) in it.people]


@pytest.mark.parametrize(
    "other", ["bob.zelda@example.org", "zelda@example.org.uk", "x-zelda@example.org"]
)
def test_an_address_that_has_theirs_within_is_somebody_elses(run, site, other):
    person(ZELDA)
    create_verified_person(other, ZELDA, PASSWORD)
    for address in (ADDRESS, other):
        signed_in(None).post("/account/password/reset/", {"email": address})
    assert counts(erased())["notifications.letters"] == (1, 0)
    letters = [it["To"] for it in Letters(site / "mail").arrived()]
    assert sorted(letters) == sorted([ADDRESS, other])  # the report, and theirs as before

"""Letters: queued with the transaction that causes them, sent by the worker, never lost."""

import re
from datetime import UTC, timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives, send_mail
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from preau.learn.accounts.models import Person
from preau.learn.notifications.mail import PAUSES
from tests.learn.notifications.letters import let_time_pass, queued, work
from tests.people import noah, signed_in

# The worker closes a connection that it finds inside a transaction.
pytestmark = pytest.mark.django_db(transaction=True)

SUBJECT = "Ton inscription à « Réseaux », Zoé : c’est noté 🎉"
BODY = "Chère Zoé,\n\nà bientôt, cœur sur le réseau. 😀\n.\n. un point\nFrom Paris\n-- \nLe préau\n"


def write(subject=SUBJECT, body=BODY, to="zoe@example.org"):
    return send_mail(subject, body, "École <preau@example.org>", [to])


def content(letter):
    return letter.get_content().replace("\r\n", "\n")


def subject_of(letter):
    return str(letter["Subject"]).strip()  # Django folds a long one right after its name


# Queued


def test_a_letter_waits_in_the_queue_until_the_worker_runs(mail_server):
    assert write() == 1
    assert (len(queued()), mail_server.letters) == (1, [])
    work()
    assert len(mail_server.letters) == 1
    work()
    assert (queued(), len(mail_server.letters)) == ([], 1)


def test_a_letter_is_undone_with_the_transaction_that_caused_it(mail_server):
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert not DBTaskResult.objects.exists()
    work()
    assert mail_server.letters == []


def test_a_page_never_waits_for_the_mail_server(site_mail):
    """Nobody listens on the mail server's port; signing up works all the same."""
    form = {"email": "zoe@example.org", "name": "Zoé", "password1": "a long and quiet sentence"}
    answer = signed_in(None, "fr").post("/account/signup/", form)
    assert answer["Location"] == "/account/confirm-email/"
    assert Person.objects.get(email="zoe@example.org").name == "Zoé"
    assert len(queued()) == 1


# Sent


def test_subject_body_and_addresses_arrive_as_they_were_written(mail_server):
    write()
    work()
    (letter,) = mail_server.letters
    assert subject_of(letter) == SUBJECT
    assert content(letter) == BODY
    assert letter["From"].addresses[0].display_name == "École"
    assert letter["To"] == "zoe@example.org"
    assert abs(letter["Date"].datetime.replace(tzinfo=UTC) - timezone.now()) < timedelta(minutes=1)
    assert letter["Message-ID"]
    assert letter.defects == []
    assert mail_server.envelopes == [("preau@example.org", ["zoe@example.org"])]


def test_other_versions_files_and_hidden_recipients_arrive_too(mail_server):
    letter = EmailMultiAlternatives(
        "Bonjour", "Texte é", "preau@example.org", ["a@example.org"],
        bcc=["b@example.org"], cc=["c@example.org"], headers={"X-Preau": "oui"},
    )  # fmt: skip
    letter.attach_alternative("<p>Texte é</p>", "text/html")
    letter.attach("données.csv", "a;é\n", "text/csv")
    letter.send()
    work()
    (received,) = mail_server.letters
    assert content(received.get_body(("plain",))).strip() == "Texte é"
    assert content(received.get_body(("html",))).strip() == "<p>Texte é</p>"
    (file,) = received.iter_attachments()
    assert (file.get_filename(), content(file).strip()) == ("données.csv", "a;é")
    assert (received["Cc"], received["Bcc"], received["X-Preau"]) == ("c@example.org", None, "oui")
    assert sorted(mail_server.envelopes[0][1]) == [
        "a@example.org", "b@example.org", "c@example.org",
    ]  # fmt: skip


def test_several_letters_leave_each_on_its_own(mail_server):
    for number in range(3):
        write(subject=f"Nº {number}", to=f"p{number}@example.org")
    work()
    assert sorted(it["Subject"] for it in mail_server.letters) == ["Nº 0", "Nº 1", "Nº 2"]
    assert sorted(to for _sender, (to,) in mail_server.envelopes) == [
        "p0@example.org", "p1@example.org", "p2@example.org",
    ]  # fmt: skip


_PLAIN = st.characters(exclude_categories=("C", "Zl", "Zp"))


@examples(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    subject=st.text(_PLAIN, min_size=1, max_size=150),
    lines=st.lists(st.text(_PLAIN, max_size=1200) | st.sampled_from([".", "..", "From x", ""])),
)
def test_any_text_arrives_intact(mail_server, subject, lines):
    mail_server.letters.clear()
    body = "\n".join(lines)
    write(subject=subject, body=body)
    work()
    (letter,) = mail_server.letters
    assert str(letter["Subject"]).split() == subject.split()
    assert content(letter).rstrip("\n") == body.rstrip("\n")


def test_a_new_person_confirms_their_address_from_the_letter(mail_server):
    form = {"email": "zoe@example.org", "name": "Zoé", "password1": "a long and quiet sentence"}
    browser = signed_in(None, "fr")
    browser.post("/account/signup/", form)
    work()
    (letter,) = mail_server.letters
    assert str(letter["Subject"]).startswith("Préau: ")
    assert "à" in content(letter) or "é" in content(letter)
    (link,) = re.findall(r"http://testserver(/account/confirm-email/\S+/)", content(letter))
    browser.post(link)
    assert browser.get("/dashboard/").status_code == 200


def test_a_forgotten_password_is_set_anew_from_the_letter(mail_server):
    noah()
    browser = signed_in(None)
    browser.post("/account/password/reset/", {"email": "noah@example.org"})
    work()
    (link,) = re.findall(r"http://testserver(/account/password/reset/key/\S+)", content(mail_server.letters[0]))  # fmt: skip
    assert browser.get(link, follow=True).status_code == 200


def test_letters_may_be_kept_in_a_folder_instead(site_mail, tmp_path):
    site_mail.MAIL_TRANSPORT = "django.core.mail.backends.filebased.EmailBackend"
    write()
    work()
    (kept,) = (tmp_path / "mail").iterdir()
    assert "to: zoe@example.org" in kept.read_text().lower()


# Tried again


@pytest.mark.parametrize("answer", ["451 later, please", "550 no", "421 going down"])
def test_a_letter_that_is_refused_is_tried_again_after_a_pause(mail_server, answer):
    mail_server.answer = answer
    write()
    work()
    assert_waits(PAUSES[0])
    work()
    assert mail_server.letters == []  # it is not due yet
    mail_server.answer = "250 OK"
    let_time_pass()
    work()
    assert [subject_of(it) for it in mail_server.letters] == [SUBJECT]
    assert content(mail_server.letters[0]) == BODY
    assert queued() == []


def assert_waits(seconds):
    (waiting,) = queued()
    left = (waiting.run_after - timezone.now()).total_seconds()
    assert seconds - 10 < left <= seconds


def test_a_mail_server_that_is_away_is_tried_again_and_given_up_after_the_last_pause(
    site_mail, caplog
):
    write()
    for pause in PAUSES:
        work()
        assert_waits(pause)
        let_time_pass()
    assert "given up" not in caplog.text
    work()
    assert queued() == []
    assert f"A letter is given up after {len(PAUSES) + 1} tries" in caplog.text
    assert DBTaskResult.objects.filter(status="FAILED").count() == 1
    work()
    assert queued() == []


def test_the_pauses_grow_to_more_than_a_day_in_all():
    assert list(PAUSES) == sorted(set(PAUSES))
    assert sum(PAUSES) > 24 * 3600


def test_one_letter_that_is_refused_holds_up_no_other(mail_server):
    mail_server.answer = "451 later"
    write(subject="first")
    work()
    mail_server.answer = "250 OK"
    write(subject="second")
    work()
    assert [it["Subject"] for it in mail_server.letters] == ["second"]


def test_a_letter_whose_worker_was_killed_is_sent_by_the_next(mail_server):
    """The worker had taken the letter when the machine lost its power."""
    write()
    DBTaskResult.objects.get().claim("the worker that was killed")
    DBTaskResult.objects.update(started_at=timezone.now() - timedelta(days=1))
    let_time_pass()
    work()
    assert [subject_of(it) for it in mail_server.letters] == [SUBJECT]


def test_nothing_of_this_uses_djangos_outbox(site_mail):
    write()
    assert mail.outbox == []

"""A sign-up that is sent twice at once makes one account, sends one letter, answers twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, connection

from preau.learn.accounts.models import Person
from preau.learn.accounts.sign_up import PreparedSignUp
from tests.learn.accounts.doors import is_inside, sign_up
from tests.learn.accounts.letters import link
from tests.people import signed_in

ADA = "ada@example.org"


@pytest.fixture
def both_ready(monkeypatch):
    """Both forms are found to be right before either account is made."""
    start, prepare = Barrier(2, timeout=30), PreparedSignUp.prepare

    def prepare_and_wait(form, request):
        prepare(form, request)
        start.wait()

    monkeypatch.setattr(PreparedSignUp, "prepare", prepare_and_wait)


@pytest.mark.usefixtures("shared_database")
@pytest.mark.django_db(transaction=True)
def test_a_double_click(both_ready, letters):
    first = signed_in(None)
    second = signed_in(None)
    second.cookies = first.cookies

    def click(browser):
        try:
            return sign_up(browser, ADA)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(click, [first, second]))
    assert [it.status_code for it in answers] == [302, 302]
    assert [it["Location"] for it in answers] == ["/account/confirm-email/"] * 2
    assert Person.objects.get().email == ADA
    assert EmailAddress.objects.count() == 1
    elsewhere = signed_in(None)
    elsewhere.post(link(letters.only()))
    assert EmailAddress.objects.get().verified
    assert not is_inside(elsewhere)


@pytest.mark.django_db(transaction=True)
def test_an_account_without_its_letter_is_not_made(letters, monkeypatch):
    """What fails on the way leaves nothing: the same form can be sent again."""

    def broken(*_args):
        raise OSError("no queue")

    with monkeypatch.context() as patched:
        patched.setattr("preau.learn.notifications.mail.QueuedMail.send_messages", broken)
        with pytest.raises(OSError, match="no queue"):
            sign_up(signed_in(None), ADA)
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_a_conflict_that_is_not_the_addresss_is_a_bug(monkeypatch):
    def broken(_person, **_more):
        raise IntegrityError("something else")

    monkeypatch.setattr(Person, "save", broken)
    with pytest.raises(IntegrityError):
        sign_up(signed_in(None), ADA)

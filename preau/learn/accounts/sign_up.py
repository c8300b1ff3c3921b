"""Making an account: person, address and letter in one transaction, once however often sent."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import SignupForm
from allauth.account.models import EmailAddress
from allauth.account.utils import setup_user_email
from allauth.account.views import SignupView
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse

from preau.learn.accounts.models import Person


class PreparedSignUp(SignupForm):  # type: ignore[misc]  # allauth is untyped
    """The sign-up form, of which the slow part, hashing the password, can be done before."""

    person: Person | None = None

    def prepare(self, request: HttpRequest) -> None:
        """Make the person, not saved yet, unless the address has an account already."""
        if not self.account_already_exists:
            adapter = get_adapter()
            self.person = adapter.save_user(request, adapter.new_user(request), self, commit=False)

    def save(self, request: HttpRequest) -> Person:
        """Save the person and their address."""
        if self.person is None:
            self.prepare(request)
        person = self.person
        assert person is not None  # noqa: S101  (allauth saves no account that is there already)
        person.save()
        setup_user_email(request, person, [EmailAddress(email=person.email)])
        return person


class SignUp(SignupView):  # type: ignore[misc]  # allauth is untyped
    """allauth's sign-up, where a form sent twice at once makes one account and two answers.

    The letter is queued in the transaction that makes the account. So whoever finds the account
    there, a moment later or in the same one, finds the letter counted as sent, and sends none.
    """

    form_class = PreparedSignUp

    def form_valid(self, form: Any) -> HttpResponse:
        """Make the account, or answer as for one that is there already."""
        form.prepare(self.request)
        try:
            with transaction.atomic():
                answer: HttpResponse = super().form_valid(form)
        except IntegrityError:
            if not Person.objects.filter(email=form.person.email).exists():
                raise
            form.account_already_exists = True
            answer = super().form_valid(form)
        return answer


sign_up = SignUp.as_view()

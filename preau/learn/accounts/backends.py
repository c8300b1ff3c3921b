"""Signing in, and finding again who is signed in."""

from allauth.account.auth_backends import AuthenticationBackend

from preau.learn.accounts.models import Person
from preau.learn.accounts.sessions import loaded_person


class PersonBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth is untyped
    """allauth's sign-in by address; takes the person that the session brought along."""

    def get_user(self, user_id: int) -> Person | None:
        """The active person of that id. Django itself still checks the session's hash."""
        person = loaded_person.get()
        loaded_person.set(None)
        if person is None or person.pk != user_id:
            person = Person.objects.filter(pk=user_id).first()
        return person if person is not None and person.is_active else None

"""Sessions in the database that bring their person along: one query instead of two."""

from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.utils import timezone

from preau.learn.accounts.models import Person, Session
from preau.learn.prepared import Prepared

# The person whose session was read last in this thread; the sign-in backend takes it from here.
loaded_person: ContextVar[Person | None] = ContextVar("loaded_person", default=None)


_unexpired = Prepared(
    lambda key, now: Session.objects.select_related("person").filter(
        session_key=key, expire_date__gt=now
    ),
    str,
    datetime,
)


class SessionStore(DatabaseStore):
    """Django's database sessions with a column that says whose they are."""

    @classmethod
    def get_model_class(cls) -> type[AbstractBaseSession]:
        """The rows' model."""
        return Session

    def _get_session_from_db(self) -> Session | None:
        loaded_person.set(None)
        row = _unexpired.first(self.session_key or "", timezone.now())
        if row is None:
            self._session_key = None
            return None
        loaded_person.set(row.person)
        return row

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row to save, with its person."""
        row: Session = super().create_model_instance(data)  # type: ignore[assignment]
        signed_in = data.get(SESSION_KEY)
        row.person_id = int(signed_in) if signed_in else None
        return row

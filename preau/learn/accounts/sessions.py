"""Sessions in the database that bring their person along: one query instead of two."""

from contextvars import ContextVar
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.core import signing
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


class _Text:
    """A serializer that leaves the text as it is."""

    @staticmethod
    def dumps(obj: bytes) -> bytes:
        return obj

    @staticmethod
    def loads(data: bytes) -> bytes:
        return data


@lru_cache(maxsize=2000)
def _verified(session_data: bytes | str, salt: str, _secret: str) -> bytes:
    """The text in a session's row, once its signature is found to be good."""
    text: bytes = signing.loads(str(session_data), salt=salt, serializer=_Text)
    return text


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

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """What the row says; the signature of a text that was seen before is not checked again."""
        try:
            text = _verified(session_data, self.key_salt, str(settings.SECRET_KEY))
            found: dict[str, Any] = self.serializer().loads(text)
        except Exception:  # noqa: BLE001  (Django's own: it logs, and begins an empty session)
            return super().decode(session_data)
        return found

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row to save, with its person."""
        row: Session = super().create_model_instance(data)  # type: ignore[assignment]
        signed_in = data.get(SESSION_KEY)
        row.person_id = int(signed_in) if signed_in else None
        return row

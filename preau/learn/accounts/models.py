"""People and their sessions."""

import uuid
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SiteRole(models.TextChoices):
    """What a person is on the whole site, whatever the runs they follow."""

    PERSON = "person", _("person")
    MANAGER = "manager", _("manager")
    OPERATOR = "operator", _("operator")


class People(BaseUserManager["Person"]):
    """Makes people; addresses are kept in lower case, so one address is one account."""

    def create_user(self, email: str, password: str | None = None, **more: object) -> "Person":
        """A new person; without a password the account cannot sign in by password."""
        person = self.model(email=email.strip().lower(), **more)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        """The person of that address."""
        return self.get(email=(username or "").strip().lower())


class Person(AbstractBaseUser):
    """Someone with an account. The address is the sign-in name."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("language"), max_length=10, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    about = models.TextField(_("about me"), max_length=1000, blank=True)
    photo = models.CharField(max_length=200, blank=True, editable=False)
    site_role = models.CharField(max_length=16, choices=SiteRole.choices, default=SiteRole.PERSON)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The name shown to others."""
        return self.name

    def get_short_name(self) -> str:
        """The name shown to oneself."""
        return self.name or self.email.split("@")[0]

    @property
    def zone(self) -> ZoneInfo | None:
        """The person's own time zone, if they chose one."""
        return ZoneInfo(self.time_zone) if self.time_zone else None


class Session(AbstractBaseSession):
    """A browser that is, or may come to be, signed in; knows whose it is."""

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="sessions"
    )

    class Meta:
        verbose_name = "session"
        verbose_name_plural = "sessions"
        db_table = "accounts_session"

    @classmethod
    def get_session_store_class(cls) -> type:
        """The store that reads and writes these rows."""
        from preau.learn.accounts.sessions import SessionStore

        return SessionStore

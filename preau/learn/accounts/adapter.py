"""How allauth fits this site."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest
from django.utils.translation import get_language

from preau.learn.accounts import throttle
from preau.learn.accounts.models import Person


@dataclass(frozen=True)
class _Site:
    """What letters say of the site."""

    name: str
    domain: str


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped here
    """Sign-up rules, what a new account starts with, and how often one may try to sign in."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """The operator may close sign-up (``site.sign_up``)."""
        return bool(settings.SIGN_UP_OPEN)

    def clean_email(self, email: str) -> str:
        """Refuse an address longer than the database keeps."""
        MaxLengthValidator(Person._meta.get_field("email").max_length or 0)(email)
        return email

    def save_user(
        self, request: HttpRequest, user: Person, form: Any, commit: bool = True
    ) -> Person:
        """A new person starts with the name they gave and the language they read."""
        user.name = form.cleaned_data.get("name", "").strip()
        user.language = get_language() or ""
        saved: Person = super().save_user(request, user, form, commit=commit)
        return saved

    # Letters. The Host header is what the visitor writes, so nothing in them comes from it.

    def send_mail(self, template_prefix: str, email: str, context: Mapping[str, Any]) -> None:
        """Send a letter whose links and names are those of the settings."""
        ours = {
            name: _on_this_site(value) if name.endswith("_url") else value
            for name, value in context.items()
        }
        site = _Site(settings.SITE_NAME, urlsplit(settings.SITE_ADDRESS).netloc)
        super().send_mail(template_prefix, email, {**ours, "current_site": site})

    # Wrong passwords

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address the throttle counts; ``accounts.proxies`` has put the real one there."""
        return request.META.get("REMOTE_ADDR", "") or "unknown"

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """allauth's own name for the account has the Host header in it: each host, new tries."""
        return str(credentials.get("email", credentials.get("username", ""))).lower()

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse a network address or an account that must wait, before the password is tried."""
        if throttle.must_wait(request):
            raise ImmediateHttpResponse(respond_429(request))
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            self.authentication_failed(request, **credentials)
            raise

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Person | None:
        """The person whose password this is."""
        person: Person | None = super().authenticate(request, **credentials)
        if person is not None:
            account = self._get_login_attempts_cache_key(request, **credentials)
            throttle.forgive(request, account)
        return person

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count it against the network address."""
        account = self._get_login_attempts_cache_key(request, **credentials)
        throttle.count_failure(request, account)


def _on_this_site(url: str) -> str:
    site = urlsplit(settings.SITE_ADDRESS)
    return urlsplit(url)._replace(scheme=site.scheme, netloc=site.netloc).geturl()

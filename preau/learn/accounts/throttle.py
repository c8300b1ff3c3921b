"""Wrong passwords from one network address, where a whole campus may stand behind one.

Only wrong ones count, and those of an account are forgiven when it gets in from the same
address: so a lecture hall that signs in at once, typing errors included, is let in, while
whoever tries many accounts has to wait. (The limit for one account is allauth's own.)
"""

import time
from hashlib import sha256

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

_Failures = list[tuple[float, str]]  # when, and the hash of the account's address


def must_wait(request: HttpRequest) -> bool:
    """Whether the visitor's network address has had its share of wrong passwords."""
    amount: int = ratelimit.parse_rate(settings.SIGN_IN_PER_ADDRESS).amount
    return len(_recent(_key(request))) >= amount


def count_failure(request: HttpRequest, account: str) -> None:
    """One more from this address, for that account."""
    key = _key(request)
    with ratelimit.cache_lock(key):
        _keep(key, [*_recent(key), (time.time(), _hashed(account))])


def forgive(request: HttpRequest, account: str) -> None:
    """The account got in: what went wrong for it from this address were typing errors."""
    key, mine = _key(request), _hashed(account)
    if all(other != mine for _when, other in _recent(key)):
        return
    with ratelimit.cache_lock(key):
        _keep(key, [(when, other) for when, other in _recent(key) if other != mine])


def _key(request: HttpRequest) -> str:
    return f"accounts.throttle:{_hashed(ratelimit.get_ip(request))}"


def _hashed(name: str) -> str:
    return sha256(name.encode()).hexdigest()[:16]


def _recent(key: str) -> _Failures:
    since = time.time() - ratelimit.parse_rate(settings.SIGN_IN_PER_ADDRESS).duration
    kept: _Failures = cache.get(key, [])
    return [(when, account) for when, account in kept if when > since]


def _keep(key: str, failures: _Failures) -> None:
    cache.set(key, failures, ratelimit.parse_rate(settings.SIGN_IN_PER_ADDRESS).duration)

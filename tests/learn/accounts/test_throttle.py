"""Wrong passwords have to wait; a campus that signs in at once has not."""

import pytest
from django.test import Client

from tests.learn.accounts.doors import is_inside, seen, sign_in
from tests.people import noah, person

pytestmark = pytest.mark.django_db

WRONG = "not the right sentence"
CAMPUS = "192.0.2.1"


@pytest.fixture
def strict(settings):
    settings.SIGN_IN_PER_ADDRESS = "4/5m"


def at(address=CAMPUS):
    return Client(headers={"accept-language": "en"}, REMOTE_ADDR=address)


def test_right_passwords_are_never_too_many(strict):
    noah()
    for _learner in range(12):
        browser = at()
        sign_in(browser, "noah@example.org")
        assert is_inside(browser)


def test_typing_errors_of_people_who_get_in_keep_nobody_out(strict):
    """Each mistypes once, three in four of the campus's share at any time."""
    for number in range(6):
        who = person(f"Learner{number}")
        sign_in(at(), who.email, WRONG)
        browser = at()
        sign_in(browser, who.email)
        assert is_inside(browser), number


def test_whoever_tries_many_accounts_has_to_wait(strict):
    noah()
    for number in range(4):
        assert sign_in(at(), f"nobody{number}@example.org", WRONG).status_code == 200
    answer = sign_in(at(), "noah@example.org")
    assert answer.status_code == 429
    assert "Wait a few minutes" in seen(answer)
    assert sign_in(at("198.51.100.7"), "noah@example.org").status_code == 302


def test_ones_own_right_password_forgives_no_tries_at_others(strict):
    noah()
    for number in range(4):
        sign_in(at(), f"victim{number}@example.org", WRONG)
        if number < 3:
            assert sign_in(at(), "noah@example.org").status_code == 302
    assert sign_in(at(), "noah@example.org").status_code == 429


def test_tries_at_an_account_that_waits_count_as_well(strict, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "2/5m/key"}
    answers = [sign_in(at(), "nobody@example.org", WRONG).status_code for _nth in range(5)]
    assert answers == [200, 200, 200, 200, 429]


def test_the_wait_ends(settings, monkeypatch):
    settings.SIGN_IN_PER_ADDRESS = "1/5m"
    noah()
    sign_in(at(), "nobody@example.org", WRONG)
    assert sign_in(at(), "noah@example.org").status_code == 429
    from preau.learn.accounts import throttle

    now = throttle.time.time()
    monkeypatch.setattr(throttle.time, "time", lambda: now + 301)
    assert sign_in(at(), "noah@example.org").status_code == 302


@pytest.mark.parametrize("host", ["testserver:8001", "localhost", "127.0.0.1:1"])
def test_another_host_name_gives_no_new_tries(host):
    noah()
    for _nth in range(5):
        sign_in(at(), "noah@example.org", WRONG)
    answer = sign_in(at("198.51.100.7"), "noah@example.org", host=host)
    assert "Too many failed login attempts" in seen(answer)


def test_the_counts_outlive_the_start_of_a_course():
    """Django's file cache forgot a third of its entries at three hundred."""
    from django.core.cache import cache

    noah()
    for _nth in range(5):
        sign_in(at(), "noah@example.org", WRONG)
    for number in range(10_000):
        cache.set(f"somebody-{number}", [number], 300)
    assert "Too many failed" in seen(sign_in(at("198.51.100.7"), "noah@example.org"))

"""The visitor's real address: what a trusted proxy says, and nothing that anybody else says."""

import json

import pytest
from django.conf import settings as django_settings
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from preau.kit.client_address import client_address
from preau.learn.events.record import recorder
from tests.learn.accounts.doors import sign_in
from tests.people import PASSWORD, noah

PROXY, SECOND, VISITOR, STRANGER = "10.0.0.1", "10.0.0.2", "192.0.2.7", "198.51.100.9"
TRUSTED = frozenset({PROXY, SECOND})

addresses = st.one_of(
    st.ip_addresses(v=4).map(str), st.ip_addresses(v=6).map(str), st.sampled_from(sorted(TRUSTED))
)
padding = st.sampled_from(["", " ", "  ", "\t"])
headers = st.one_of(
    st.lists(st.tuples(padding, addresses, padding).map("".join)).map(",".join), st.text()
)


@given(peer=addresses.filter(lambda it: it not in TRUSTED), header=headers)
def test_a_peer_that_is_not_trusted_is_the_visitor_whatever_it_says(peer, header):
    assert client_address(peer, header, TRUSTED) == peer


@given(peer=st.sampled_from(sorted(TRUSTED)), header=headers)
def test_the_answer_is_the_peer_or_an_untrusted_hop_that_was_named(peer, header):
    found = client_address(peer, header, TRUSTED)
    hops = {hop.strip() for hop in header.split(",")}
    assert found == peer or (found in hops and found not in TRUSTED)
    assert found


@given(
    forged=headers,
    real=addresses.filter(lambda it: it not in TRUSTED),
    inner=st.lists(st.sampled_from(sorted(TRUSTED)), max_size=3),
    peer=st.sampled_from(sorted(TRUSTED)),
)
def test_what_the_visitor_put_before_does_not_count(forged, real, inner, peer):
    """Each proxy adds at the end who opened its connection; before that stands what was sent."""
    header = ", ".join([forged, real, *inner])
    assert client_address(peer, header, TRUSTED) == real


@pytest.mark.parametrize(
    ("peer", "header", "found"),
    [
        (PROXY, VISITOR, VISITOR),
        (PROXY, f"{STRANGER}, {VISITOR}", VISITOR),
        (PROXY, f"{STRANGER},{VISITOR},{SECOND}", VISITOR),
        (PROXY, f" {VISITOR} , ", VISITOR),
        (PROXY, "", PROXY),
        (PROXY, " , ,", PROXY),
        (PROXY, SECOND, PROXY),
        (PROXY, "2001:db8::7", "2001:db8::7"),
        (STRANGER, VISITOR, STRANGER),
        ("", VISITOR, ""),
    ],
)
def test_it_finds_the_last_hop_that_is_not_ours(peer, header, found):
    assert client_address(peer, header, TRUSTED) == found


def test_without_trusted_proxies_no_header_is_ever_believed():
    assert client_address(PROXY, VISITOR, frozenset()) == PROXY


# Through the whole site


@pytest.fixture
def behind(settings):
    """The site as ``server.trusted_proxies`` sets it up."""
    settings.TRUSTED_PROXIES = [PROXY, SECOND]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    place = "django.middleware.security.SecurityMiddleware"
    before = django_settings.MIDDLEWARE.index(place)
    ours = "preau.learn.accounts.proxies.behind_proxies"
    settings.MIDDLEWARE = [
        *django_settings.MIDDLEWARE[:before],
        ours,
        *django_settings.MIDDLEWARE[before:],
    ]


def recorded_address() -> str:
    """Where the last sign-in came from, as the record of events keeps it."""
    recorder().close()
    lines = [
        line
        for path in sorted(django_settings.EVENTS_FOLDER.rglob("*.jsonl"))
        for line in path.read_text().splitlines()
    ]
    return [it for it in map(json.loads, lines) if it["verb"] == "signed-in"][-1]["address"]


def sign_in_from(peer: str, **headers: str):
    noah()
    return sign_in(Client(REMOTE_ADDR=peer), "noah@example.org", PASSWORD, **headers)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("peer", "recorded"), [(PROXY, "192.0.2.0"), (STRANGER, "198.51.100.0"), (SECOND, "192.0.2.0")]
)
def test_the_record_of_events_names_the_real_network(behind, peer, recorded):
    assert sign_in_from(peer, **{"x-forwarded-for": VISITOR}).status_code == 302
    assert recorded_address() == recorded


@pytest.mark.django_db
def test_a_site_without_proxies_records_who_opened_the_connection():
    assert sign_in_from(STRANGER, **{"x-forwarded-for": VISITOR}).status_code == 302
    assert recorded_address() == "198.51.100.0"


@pytest.mark.django_db
def test_the_throttle_counts_people_behind_a_proxy_one_by_one(behind):
    noah()
    for nth in range(31):
        browser = Client(REMOTE_ADDR=PROXY)
        held = sign_in(
            browser, f"nobody{nth}@example.org", "wrong", **{"x-forwarded-for": STRANGER}
        )
    assert held.status_code == 429
    browser = Client(REMOTE_ADDR=PROXY)
    answer = sign_in(browser, "noah@example.org", PASSWORD, **{"x-forwarded-for": VISITOR})
    assert answer.status_code == 302


@pytest.mark.django_db
def test_the_throttle_is_not_got_around_by_adding_addresses_before_the_proxys(behind):
    for nth in range(31):
        browser = Client(REMOTE_ADDR=PROXY)
        forged = {"x-forwarded-for": f"203.0.113.{nth}, {STRANGER}"}
        held = sign_in(browser, f"nobody{nth}@example.org", "wrong", **forged)
    assert held.status_code == 429


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("peer", "followed"), [(PROXY, "/"), (STRANGER, "http://testserver/courses/")]
)
def test_the_scheme_is_believed_only_from_a_trusted_proxy(behind, peer, followed):
    """Who came by https is never led back to http."""
    browser = Client(REMOTE_ADDR=peer)
    answer = browser.get(
        "/language/en/",
        {"next": "http://testserver/courses/"},
        headers={"x-forwarded-proto": "https", "host": "testserver"},
    )
    assert answer["Location"] == followed


@pytest.mark.django_db
def test_letters_name_the_sites_own_address_whatever_a_proxy_says(behind, letters):
    browser = Client(REMOTE_ADDR=PROXY, headers={"accept-language": "en"})
    browser.post(
        "/account/signup/",
        {"email": "ada@example.org", "name": "Ada", "password1": PASSWORD},
        headers={"x-forwarded-proto": "https", "host": "testserver"},
    )
    link = letters.only().get_content().partition("go to ")[2]
    assert link.startswith("http://testserver/account/")

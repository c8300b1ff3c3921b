"""A site whose cache is Redis: what one worker counts, all of them know."""

import os

import pytest
import redis

from tests.journeys.person import Person
from tests.journeys.site import preau, served
from tests.run import REDIS, answers

pytestmark = [pytest.mark.serving, pytest.mark.xdist_group("redis")]


@pytest.fixture(scope="module")
def database():
    """The address of a Redis database that is nobody's, and a connection to it."""
    if not answers(REDIS):
        assert os.environ.get("CI") != "true", "Redis is missing"
        pytest.skip("no Redis; start one on 127.0.0.1:6379, or set PREAU_TEST_REDIS")
    for number in range(15, 0, -1):
        address = f"{REDIS}/{number}"
        with redis.Redis.from_url(address) as connection:
            if connection.dbsize() == 0 and connection.set("taken by tests", 1, nx=True, ex=900):
                yield address, connection
                connection.flushdb()
                return
    pytest.fail(f"no empty database 1 to 15 on {REDIS}; empty one: redis-cli -n 15 flushdb")


@pytest.fixture(scope="module")
def site(tmp_path_factory, database):
    address, _connection = database
    with served(tmp_path_factory.mktemp("redis") / "site", PREAU_CACHE_URL=address) as live:
        preau("manage", "demo_load", environ=live.environ)
        yield live


def test_wrong_passwords_are_counted_by_all_workers_together(site, database):
    known = Person(site, "noah@demo.example")
    known.post("/account/logout/", {})
    for _try in range(5):
        stranger = Person.visiting(site)
        status, page = stranger.sign_in("ada@demo.example", "not her password")
        assert (status, "not correct" in page) == (200, True), page
    refused = Person.visiting(site)
    status, page = refused.sign_in("ada@demo.example", "not her password")
    assert (status, "Too many" in page) == (200, True), page
    _address, connection = database
    assert connection.keys("*login_failed*"), "the counters lie in Redis"


def test_the_doctor_sees_the_cache(site):
    assert "cache" in preau("doctor", environ=site.environ)

"""Public pages show a session's days as they were written, wherever the reader is."""

import pytest

from tests.learn.home.offers import offered
from tests.learn.theme.html import read_page
from tests.people import mina, signed_in

pytestmark = pytest.mark.django_db
ZONES = ["America/Los_Angeles", "Europe/Paris", "Asia/Tokyo", "Pacific/Kiritimati", "Etc/GMT+12"]


@pytest.fixture(params=ZONES)
def reader(request):
    who = mina()
    who.time_zone = request.param
    who.save()
    return signed_in(who)


@pytest.mark.parametrize("zone", ZONES)
def test_the_days_are_those_of_the_sessions_own_zone(tmp_path, reader, zone):
    run = {"pace": "scheduled", "starts": "2099-01-05", "ends": "2099-02-21", "time_zone": zone}
    offered(tmp_path, "waves", run)
    for browser in (reader, signed_in(None)):
        offer = read_page(browser.get("/courses/waves/")).one("ul", "offers").one("li")
        assert "From Jan. 5, 2099 to Feb. 21, 2099" in offer.text
        for path in ("/courses/", "/"):
            card = read_page(browser.get(path)).one("p", "course-card-foot")
            assert "From Jan. 5, 2099" in card.text


def test_they_are_written_in_the_language_of_the_page(tmp_path):
    run = {"pace": "scheduled", "starts": "2099-01-05", "ends": "2099-02-21"}
    offered(tmp_path, "waves", run, languages=["fr"])
    french = signed_in(None, "fr")
    offer = read_page(french.get("/courses/waves/")).one("ul", "offers").one("p", "meta")
    assert offer.text == "Du 5 janvier 2099 au 21 février 2099"
    card = read_page(french.get("/courses/")).one("p", "course-card-foot")
    assert card.text == "Ouvert À partir du 5 janvier 2099 · FR"

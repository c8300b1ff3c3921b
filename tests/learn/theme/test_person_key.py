"""What a script keeps on a shared device, it keeps under the person's key."""

import pytest

from tests.learn.theme.html import read_page
from tests.people import ada, claire, signed_in, small_run

pytestmark = pytest.mark.django_db

PATHS = ("/dashboard/", "/learn/small-now/film/", "/runs/small-now/search/", "/account/profile/")


def key(browser, path):
    return read_page(browser.get(path)).one("body")["data-person"]


@pytest.mark.parametrize("path", PATHS)
def test_every_page_tells_scripts_whose_it_is(tmp_path, path):
    run = small_run(tmp_path / "course")
    for who in (ada(run), claire(run)):
        assert key(signed_in(who), path) == who.uuid.hex


@pytest.mark.parametrize("path", ["/", "/courses/", "/account/login/"])
def test_a_visitors_page_is_nobodys(path):
    assert key(signed_in(None), path) == ""

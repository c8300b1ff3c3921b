"""What other sites show of a page that somebody shares: absolute addresses, plain words."""

import pytest

from tests.learn.home.offers import OPEN_RUN, offered
from tests.learn.theme.html import read_page
from tests.people import signed_in, small_run

pytestmark = pytest.mark.django_db

ADDRESS = "https://mooc.example"


@pytest.fixture(autouse=True)
def _address(settings):
    settings.SITE_ADDRESS = ADDRESS


def preview(path, language="en"):
    """The page's description and its Open Graph properties."""
    head = read_page(signed_in(None, language).get(path)).one("head")
    tags = {it["property"]: it["content"] for it in head.all("meta") if it["property"]}
    return {**tags, "description": head.one("meta", name="description")["content"]}


def test_a_course_is_shared_with_its_title_and_its_words(tmp_path):
    small_run(tmp_path / "small")
    assert preview("/courses/small/") == {
        "og:title": "A small course",
        "og:type": "article",
        "og:description": "Waves and networks.",
        "og:url": f"{ADDRESS}/courses/small/",
        "description": "Waves and networks.",
    }


def test_it_is_shared_in_the_language_of_the_page(tmp_path):
    small_run(tmp_path / "small")
    assert preview("/courses/small/", "fr")["og:title"] == "Un petit cours"


def test_the_shared_address_is_the_sites_own_whatever_was_asked_for(tmp_path, settings):
    settings.ALLOWED_HOSTS = ["*"]
    small_run(tmp_path / "small")
    answer = signed_in(None).get("/courses/small/?utm=1", headers={"host": "other.example"})
    assert read_page(answer).one("meta", property="og:url")["content"] == (
        f"{ADDRESS}/courses/small/"
    )
    assert "other.example" not in answer.content.decode()


def test_a_course_without_a_picture_shares_none_and_its_quotes_do_no_harm(tmp_path):
    offered(tmp_path, "physics", OPEN_RUN, title='"Physics" <b>', summary="'A' & \"B\"")
    shared = preview("/courses/physics/")
    assert "og:image" not in shared
    assert (shared["og:title"], shared["description"]) == ('"Physics" <b>', "'A' & \"B\"")


def test_the_front_page_is_shared_with_the_sites_name(settings):
    settings.SITE_NAME = "École & co"
    shared = preview("/")
    assert shared["og:title"] == "École & co"
    assert shared["og:type"] == "website"
    assert shared["og:description"] == shared["description"]
